import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * Cassandra's system.log: `LEVEL [thread] time,ms Class.java:123 - message`.
 * @see https://github.com/apache/cassandra/blob/cassandra-4.1/conf/logback.xml
 */
export const cassandra: LogFormat = {
  id: 'cassandra',
  title: 'Apache Cassandra',
  technology: 'cassandra',
  firstCharacters: 'TDIWE',
  continuation: 'text',
  parse,
  samples: [
    {
      text: 'ERROR [main] 2017-08-22 23:19:11,055 CassandraDaemon.java:706 - Exception encountered during startup\njava.lang.UnsupportedOperationException: Other bootstrapping/leaving/moving nodes detected, cannot bootstrap while cassandra.consistent.rangemovement is true',
      origin: 'public file index id 2451534174',
      time: '2017-08-22T23:19:11.055Z',
      severityNumber: 17,
      body: 'Exception encountered during startup\njava.lang.UnsupportedOperationException: Other bootstrapping/leaving/moving nodes detected, cannot bootstrap while cassandra.consistent.rangemovement is true',
      attributes: { 'thread.name': 'main', 'log.logger': 'CassandraDaemon' },
    },
    {
      text: 'ERROR [main] 2018-11-27 00:00:38,141  CassandraDaemon.java:818 - Fatal configuration error',
      origin: 'public file index id 52478596990',
      time: '2018-11-27T00:00:38.141Z',
      severityNumber: 17,
      body: 'Fatal configuration error',
    },
  ],
};

const HEAD =
  /^(TRACE|DEBUG|INFO|WARN|ERROR) {1,2}\[([^\n]{1,200}?)\] (\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d,\d{3}) {1,2}([\w$]{1,128})\.java:\d{1,6} - /;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, level = '', thread = '', stamp = '', logger = ''] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = severityOfWord(level);
  if (instant === undefined || severityNumber === undefined) return undefined;
  return {
    timestamp: instant,
    severityNumber,
    severityText: level,
    body: line.slice(head.length),
    attributes: new Map([
      ['thread.name', thread],
      ['log.logger', logger],
    ]),
  };
}
