import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, type StatedLevel } from './json-record.ts';
import type { Clock } from './time.ts';

const ACTIONS: ReadonlySet<unknown> = new Set([
  'start',
  'run',
  'pause',
  'cont',
  'pass',
  'bench',
  'fail',
  'output',
  'skip',
]);
/** What the test runner and a test's own log say, as against what the program under test prints. */
const OF_THE_TEST = /^\s*(?:=== |--- (?:PASS|SKIP)|\S+_test\.go:\d+: )/;
const INFO = { severityNumber: 9, severityText: 'info' };
const ERROR = { severityNumber: 17, severityText: 'fail' };

/**
 * `go test -json`: one event a line. What tests log is what they expect, so it is no error; a test that fails is one.
 * @see https://pkg.go.dev/cmd/test2json
 */
export const goTestJson: LogFormat = {
  id: 'go-test-json',
  title: 'go test -json',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"Time":"2026-11-21T06:34:58.206687925Z","Action":"output","Package":"example.com/client","Test":"TestRetry/connection_refused","Output":"    client_test.go:13: attempt 1: connect: connection refused\\n"}',
      origin: 'generated here, go 1.19',
      time: '2026-11-21T06:34:58.206688Z',
      severityNumber: 9,
      body: '    client_test.go:13: attempt 1: connect: connection refused',
    },
    {
      text: '{"Time":"2026-11-21T06:34:58.206379141Z","Action":"fail","Package":"example.com/client","Test":"TestRetry","Elapsed":0.01}',
      origin: 'generated here, go 1.19',
      time: '2026-11-21T06:34:58.206379Z',
      severityNumber: 17,
      body: 'fail TestRetry',
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || !ACTIONS.has(object['Action']) || typeof object['Package'] !== 'string') return undefined;
  const timestamp = timeOf(object['Time'], clock);
  const output = typeof object['Output'] === 'string' ? object['Output'].replace(/\n$/, '') : undefined;
  const subject = firstText(object['Test'], object['Package']) ?? '';
  return jsonRecord(object, {
    timestamp,
    level: levelOf(String(object['Action']), output),
    body: output ?? `${String(object['Action'])} ${subject}`,
    known: ['Time', 'Action', 'Output', 'Test', 'Elapsed'],
  });
}

function levelOf(action: string, output: string | undefined): StatedLevel | undefined {
  if (action === 'fail') return ERROR;
  return output === undefined || OF_THE_TEST.test(output) ? INFO : undefined;
}
