import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, wordLevel } from './json-record.ts';
import type { Clock } from './time.ts';

const LEVEL = /^(?:DEBUG|INFO|WARN|ERROR)(?:[+-]\d{1,2})?$/;

/**
 * Go's log/slog with JSONHandler: `time`, `level` in capitals (also `ERROR+2`), `msg`.
 * @see https://pkg.go.dev/log/slog#JSONHandler
 */
export const slogJson: LogFormat = {
  id: 'slog-json',
  title: 'Go log/slog (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"time":"2022-11-08T15:28:26.000000000-05:00","level":"INFO","msg":"hello","count":3}',
      origin: 'pkg.go.dev/log/slog, overview',
      time: '2022-11-08T20:28:26Z',
      severityNumber: 9,
      body: 'hello',
      attributes: { count: 3 },
    },
    {
      text: '{"time":"2024-03-18T11:29:23.00000000+00:00","level":"ERROR","msg":"listen tcp :4000: bind: address already in use"}',
      origin: 'public file index id 27361675496',
      time: '2024-03-18T11:29:23Z',
      severityNumber: 17,
      body: 'listen tcp :4000: bind: address already in use',
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || typeof object['time'] !== 'string' || typeof object['msg'] !== 'string') return undefined;
  const level = wordLevel(object['level']);
  if (level === undefined || !LEVEL.test(level.severityText)) return undefined;
  return jsonRecord(object, {
    timestamp: timeOf(object['time'], clock),
    level,
    body: firstText(object['msg']),
    known: ['time', 'level', 'msg'],
    extra: [['duration_ms', nanosecondsToMs(object['duration'])]],
  });
}

/** slog writes durations in nanoseconds. */
function nanosecondsToMs(duration: unknown): number | undefined {
  return typeof duration === 'number' ? duration / 1e6 : undefined;
}
