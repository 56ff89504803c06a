import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf } from './json-record.ts';
import { severityOfPinoLevel } from './levels.ts';
import type { Clock } from './time.ts';

/**
 * bunyan's newline-delimited JSON: `name`, `hostname`, `pid`, numeric `level`, ISO `time` and the version `v` of its core
 * fields.
 * @see https://github.com/trentm/node-bunyan#core-fields
 */
export const bunyan: LogFormat = {
  id: 'bunyan',
  title: 'bunyan (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"name":"renovate","hostname":"renovate-gitlab-67c4bcb5-9ggbv","pid":7,"level":20,"logContext":"qjifsaDDI","repository":"webgui/custom-icons-transformer","msg":"Found gitlabci-include package files","time":"2023-03-24T14:26:16.243Z","v":0}',
      origin: 'tstack/lnav:test/logfile_bunyan.0',
      time: '2023-03-24T14:26:16.243Z',
      severityNumber: 5,
      body: 'Found gitlabci-include package files',
      attributes: { 'service.name': 'renovate', 'process.pid': 7, 'host.name': 'renovate-gitlab-67c4bcb5-9ggbv' },
    },
    {
      text: '{"name":"shop","hostname":"vm","pid":23316,"level":50,"err":{"errno":-111,"code":"ECONNREFUSED","syscall":"connect","address":"127.0.0.1","port":5432},"msg":"query failed","time":"2026-11-21T02:58:40.990Z","v":0}',
      origin: 'bunyan 2.0.5',
      time: '2026-11-21T02:58:40.990Z',
      severityNumber: 17,
      body: 'query failed',
      attributes: { 'error.code': 'ECONNREFUSED', 'err.port': 5432 },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined) return undefined;
  const { v, level, name, time, msg } = object;
  if (typeof v !== 'number' || typeof level !== 'number' || typeof name !== 'string') return undefined;
  const severityNumber = severityOfPinoLevel(level);
  const timestamp = timeOf(time, clock);
  if (severityNumber === undefined || timestamp === undefined) return undefined;
  return jsonRecord(object, {
    timestamp,
    level: { severityNumber, severityText: String(level) },
    body: firstText(msg),
    known: ['v', 'level', 'time', 'msg'],
    extra: [['service.name', name]],
  });
}
