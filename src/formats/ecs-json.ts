import type { LogFormat, ParsedLine } from './format.ts';
import { field, parseJsonObject, stringField } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, wordLevel } from './json-record.ts';
import type { Clock } from './time.ts';

/**
 * JSON in the Elastic Common Schema, nested or with dotted names: `@timestamp`, `log.level`, `message`, `ecs.version`.
 * @see https://www.elastic.co/guide/en/ecs-logging/overview/current/intro.html
 */
export const ecsJson: LogFormat = {
  id: 'ecs-json',
  title: 'Elastic Common Schema (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"@timestamp":"2025-01-13T09:58:13.631Z","log.level":"debug","message":"this is a debug message num=39","ecs.version":"1.6.0","log":{"logger":"app","origin":{"file":{"line":42,"name":"es_logger.py"},"function":"main"},"original":"this is a debug message num=39"},"process":{"name":"MainProcess","pid":9159,"thread":{"id":140631176265728,"name":"MainThread"}}}',
      origin: 'tstack/lnav:test/logfile_ecs_log.json',
      time: '2025-01-13T09:58:13.631Z',
      severityNumber: 5,
      body: 'this is a debug message num=39',
      attributes: { 'log.logger': 'app', 'process.pid': 9159, 'thread.name': 'MainThread' },
    },
    {
      text: '{"log.level":"error","@timestamp":"2026-11-21T02:58:41.034Z","process.pid":23316,"host.hostname":"vm","ecs.version":"8.10.0","error":{"type":"Error","message":"connect ECONNREFUSED 127.0.0.1:5432","stack_trace":"Error: connect ECONNREFUSED 127.0.0.1:5432\\n    at Object.<anonymous> (/srv/shop/server.js:2:27)\\n    at Module._compile (node:internal/modules/cjs/loader:1521:14)"},"message":"query failed"}',
      origin: '@elastic/ecs-pino-format 1.5.0, path of the script shortened',
      time: '2026-11-21T02:58:41.034Z',
      severityNumber: 17,
      body: 'query failed',
      attributes: {
        'exception.type': 'Error',
        'exception.message': 'connect ECONNREFUSED 127.0.0.1:5432',
        'host.name': 'vm',
      },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || object['@timestamp'] === undefined) return undefined;
  const level = wordLevel(field(object, 'log.level'));
  if (level === undefined && field(object, 'ecs.version') === undefined) return undefined;
  return jsonRecord(object, {
    timestamp: timeOf(object['@timestamp'], clock),
    level,
    body: firstText(object['message'], stringField(object, 'error.message', 'event.original')),
    known: ['@timestamp', 'log.level', 'message', 'ecs.version'],
  });
}
