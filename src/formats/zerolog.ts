import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, wordLevel } from './json-record.ts';
import type { Clock } from './time.ts';

const LEVEL = /^(?:trace|debug|info|warn|error|fatal|panic)$/;

/**
 * zerolog's JSON: `time` (epoch or RFC 3339), `level` in lower case, `message` (may be absent), `error`.
 * @see https://github.com/rs/zerolog#readme
 */
export const zerolog: LogFormat = {
  id: 'zerolog',
  title: 'zerolog (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"time":1516134303,"level":"debug","message":"hello world"}',
      origin: 'rs/zerolog README',
      time: '2018-01-16T20:25:03Z',
      severityNumber: 5,
      body: 'hello world',
    },
    {
      text: '{"level":"warn","this-version":"v1.30.0","latest-released-version":"v1.44.2","time":"2025-06-08T02:45:45Z","message":"this version of SpiceDB is out of date. See: https://github.com/authzed/spicedb/releases/tag/v1.44.2"}',
      origin: 'prequel-dev/cre:rules/cre-2025-0105/test.log',
      time: '2025-06-08T02:45:45Z',
      severityNumber: 13,
      body: 'this version of SpiceDB is out of date. See: https://github.com/authzed/spicedb/releases/tag/v1.44.2',
      attributes: { 'this-version': 'v1.30.0' },
    },
    {
      text: '{"level":"fatal","error":"A repo man spends his life getting into tense situations","service":"myservice","time":1516133263,"message":"Cannot start myservice"}',
      origin: 'rs/zerolog README',
      time: '2018-01-16T20:07:43Z',
      severityNumber: 21,
      body: 'Cannot start myservice',
      attributes: {
        'exception.message': 'A repo man spends his life getting into tense situations',
        'service.name': 'myservice',
      },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || object['msg'] !== undefined) return undefined;
  const { message, error } = object;
  if (typeof message !== 'string' && (message !== undefined || typeof error !== 'string')) return undefined;
  const level = wordLevel(object['level']);
  const timestamp = timeOf(object['time'], clock);
  if (timestamp === undefined || level === undefined || !LEVEL.test(level.severityText)) return undefined;
  return jsonRecord(object, { timestamp, level, body: firstText(message, error), known: ['time', 'level', 'message'] });
}
