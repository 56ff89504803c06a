import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, wordLevel } from './json-record.ts';
import type { Clock } from './time.ts';

/** npm, cli and syslog levels of winston, in lower case. */
const LEVELS = /^(?:error|warn|warning|info|http|verbose|debug|silly|help|data|prompt|input|notice|crit|alert|emerg)$/;

/**
 * winston's `format.json()`: `level` and `message` in lower case, `timestamp` only with `format.timestamp()`, `stack` with
 * `format.errors({stack: true})`.
 * @see https://github.com/winstonjs/winston#formats
 */
export const winstonJson: LogFormat = {
  id: 'winston-json',
  title: 'winston (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"level":"error","message":"ECONNREFUSED 127.0.0.1:5432","stack":"Error: ECONNREFUSED 127.0.0.1:5432\\n    at ...","timestamp":"2026-11-21T01:27:14.698Z"}',
      origin: 'winston 3',
      time: '2026-11-21T01:27:14.698Z',
      severityNumber: 17,
      body: 'ECONNREFUSED 127.0.0.1:5432',
      attributes: { 'exception.stacktrace': 'Error: ECONNREFUSED 127.0.0.1:5432\n    at ...' },
    },
    {
      text: '{"address":"127.0.0.1","code":"ECONNREFUSED","errno":-111,"level":"error","message":"connect ECONNREFUSED 127.0.0.1:5432","port":5432,"stack":"Error: connect ECONNREFUSED 127.0.0.1:5432\\n    at Object.<anonymous> (/srv/shop/server.js:2:27)\\n    at Module._compile (node:internal/modules/cjs/loader:1521:14)","syscall":"connect","timestamp":"2026-11-21T02:58:41.029Z"}',
      origin: 'winston 3.19.0, path of the script shortened',
      time: '2026-11-21T02:58:41.029Z',
      severityNumber: 17,
      body: 'connect ECONNREFUSED 127.0.0.1:5432',
      attributes: { 'error.code': 'ECONNREFUSED', port: 5432 },
    },
    {
      text: '{"level":"info","message":"started","port":3000}',
      origin: 'winston 3.19.0, default format',
      severityNumber: 9,
      body: 'started',
      attributes: { port: 3000 },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || object['time'] !== undefined || object['ts'] !== undefined) return undefined;
  const { message, timestamp } = object;
  const level = wordLevel(object['level']);
  if (level === undefined || !LEVELS.test(level.severityText) || typeof message !== 'string') return undefined;
  return jsonRecord(object, {
    timestamp: timeOf(timestamp, clock),
    level,
    body: firstText(message, object['stack']),
    known: ['level', 'message', 'timestamp'],
  });
}
