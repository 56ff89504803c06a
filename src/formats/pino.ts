import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject, stringField, type JsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, wordLevel, type StatedLevel } from './json-record.ts';
import { severityOfPinoLevel } from './levels.ts';
import type { Clock } from './time.ts';

/**
 * pino's newline-delimited JSON: `level` (number, or a label by option) and `time` (epoch ms, or ISO by option).
 * @see https://getpino.io/#/docs/api
 */
export const pino: LogFormat = {
  id: 'pino',
  title: 'pino (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"level":30,"time":1531171074631,"msg":"hello world","pid":657,"hostname":"Davids-MBP-3.fritz.box"}',
      origin: 'pinojs/pino:README.md',
      time: '2018-07-09T21:17:54.631Z',
      severityNumber: 9,
      body: 'hello world',
      attributes: { 'process.pid': 657, 'host.name': 'Davids-MBP-3.fritz.box' },
    },
    {
      text: '{"level":"info","time":1745532517537,"pid":17,"hostname":"7d82d3f28bad","trace_id":"c759f29f5f1e2162be56f32dd1e77fce","span_id":"17c4a60ca4297cf1","trace_flags":"01","service.name":"payment","msg":"Charge request received."}',
      origin: 'tstack/lnav:test/logfile_pino.0, request field taken out',
      time: '2025-04-24T22:08:37.537Z',
      severityNumber: 9,
      body: 'Charge request received.',
      attributes: { 'service.name': 'payment' },
    },
    {
      text: '{"level":50,"time":1795229920975,"pid":23316,"hostname":"vm","err":{"type":"Error","message":"connect ECONNREFUSED 127.0.0.1:5432","stack":"Error: connect ECONNREFUSED 127.0.0.1:5432\\n    at Object.<anonymous> (/srv/shop/server.js:2:27)\\n    at Module._compile (node:internal/modules/cjs/loader:1521:14)","errno":-111,"code":"ECONNREFUSED","syscall":"connect","address":"127.0.0.1","port":5432},"msg":"query failed"}',
      origin: 'pino 10.4.0, path of the script shortened',
      time: '2026-11-21T02:58:40.975Z',
      severityNumber: 17,
      body: 'query failed',
      attributes: {
        'exception.type': 'Error',
        'exception.message': 'connect ECONNREFUSED 127.0.0.1:5432',
        'error.code': 'ECONNREFUSED',
        'err.port': 5432,
      },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || object['v'] !== undefined) return undefined;
  const { level, time } = object;
  const timestamp = timeOf(time, clock);
  const stated = typeof level === 'number' ? numberLevel(level) : wordLevel(level);
  if (timestamp === undefined || stated === undefined) return undefined;
  if (typeof level === 'string' && !isSignedByPino(object)) return undefined;
  return jsonRecord(object, {
    timestamp,
    level: stated,
    body: firstText(object['msg'], object['message'], stringField(object, 'err.message')),
    known: ['level', 'time', 'msg', 'message'],
  });
}

function numberLevel(level: number): StatedLevel | undefined {
  // Smaller numbers are the levels of others: 0–4 of Nextcloud, 0–7 of syslog.
  const severityNumber = level < 10 ? undefined : severityOfPinoLevel(level);
  return severityNumber === undefined ? undefined : { severityNumber, severityText: String(level) };
}

/** With a label as level, logrus, slog and zerolog write the same: pino has its epoch in ms, or process and host. */
function isSignedByPino(object: JsonObject): boolean {
  if (typeof object['msg'] !== 'string') return false;
  return (typeof object['time'] === 'number' && object['time'] > 1e11) || typeof object['pid'] === 'number';
}
