import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, wordLevel } from './json-record.ts';
import type { Clock } from './time.ts';

/**
 * Logstash's JSON, as logstash-logback-encoder and its like write it: `@timestamp`, `@version`, `logger_name`, `level`,
 * `stack_trace`.
 * @see https://github.com/logfellow/logstash-logback-encoder#standard-fields
 */
export const logstashJson: LogFormat = {
  id: 'logstash-json',
  title: 'Logstash (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"@timestamp":"2018-10-11T23:48:57.217+00:00","@version":1,"message":"Sample ERROR Message","logger_name":"com.example.demo.LoggingExample","thread_name":"http-nio-8080-exec-1","level":"ERROR","level_value":40000}',
      origin: 'public file index id 2468167242',
      time: '2018-10-11T23:48:57.217Z',
      severityNumber: 17,
      body: 'Sample ERROR Message',
      attributes: { 'log.logger': 'com.example.demo.LoggingExample', 'thread.name': 'http-nio-8080-exec-1' },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined || object['@timestamp'] === undefined) return undefined;
  if (object['@version'] === undefined && object['level_value'] === undefined) return undefined;
  return jsonRecord(object, {
    timestamp: timeOf(object['@timestamp'], clock),
    level: wordLevel(object['level']),
    body: firstText(object['message']),
    known: ['@timestamp', '@version', 'level', 'level_value', 'message'],
  });
}
