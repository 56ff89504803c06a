import type { LogFormat, ParsedLine } from './format.ts';
import { numberField, parseJsonObject, stringField, type JsonObject } from './json-fields.ts';
import { jsonRecord, timeOf, type StatedLevel } from './json-record.ts';
import { severityOfSyslog } from './levels.ts';
import type { Clock } from './time.ts';

/**
 * Graylog Extended Log Format: `short_message`, `host`, syslog's `level`, seconds as `timestamp`, further fields with an
 * underscore before their names.
 * @see https://go2docs.graylog.org/current/getting_in_log_data/gelf.html
 */
export const gelf: LogFormat = {
  id: 'gelf',
  title: 'Graylog (GELF)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"version":"1.1","host":"example.org","short_message":"A short message that helps you identify what is going on","full_message":"Backtrace here\\n\\nmore stuff","timestamp":1385053862.3072,"level":1,"_user_id":9001,"_some_info":"foo","_some_env_var":"bar"}',
      origin: 'go2docs.graylog.org, GELF payload specification, example payload',
      time: '2013-11-21T17:11:02.3072Z',
      severityNumber: 19,
      body: 'A short message that helps you identify what is going on',
      attributes: { 'host.name': 'example.org', user_id: 9001, full_message: 'Backtrace here\n\nmore stuff' },
    },
    {
      text: '{"version":"1.1","short_message":"query failed","timestamp":1795231199.146,"host":"vm","level":3,"_service":"shop","_error_message":"connect ECONNREFUSED 127.0.0.1:5599","_error_stack":"Error: connect ECONNREFUSED 127.0.0.1:5599\\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)"}',
      origin: 'gelf-pro 1.4.0',
      time: '2026-11-21T03:19:59.146Z',
      severityNumber: 17,
      body: 'query failed',
      attributes: {
        'service.name': 'shop',
        'exception.type': 'Error',
        'exception.message': 'connect ECONNREFUSED 127.0.0.1:5599',
      },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  const body = object === undefined ? undefined : stringField(object, 'short_message');
  if (object === undefined || body === undefined) return undefined;
  return jsonRecord(object, {
    timestamp: timeOf(object['timestamp'], clock),
    level: levelOf(object),
    body,
    known: ['version', 'timestamp', 'level', 'short_message'],
    promoted: [withoutUnderscores(object)],
  });
}

function levelOf(object: JsonObject): StatedLevel | undefined {
  const level = numberField(object, 'level');
  const severityNumber = level === undefined || level < 0 || level > 7 ? undefined : severityOfSyslog(level);
  return severityNumber === undefined ? undefined : { severityNumber, severityText: String(level) };
}

function withoutUnderscores(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([name]) => name.startsWith('_'))
      .map(([name, value]) => [name.slice(1), value]),
  );
}
