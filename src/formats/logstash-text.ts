import { readElasticLine } from './elastic-line.ts';
import type { LogFormat } from './format.ts';

/**
 * Logstash's plain text log: `[time][LEVEL][logstash.x.y][pipeline][plugin] message`.
 * @see https://www.elastic.co/guide/en/logstash/current/logging.html
 */
export const logstashText: LogFormat = {
  id: 'logstash-text',
  title: 'Logstash (text)',
  technology: 'logstash',
  firstCharacters: '[',
  continuation: 'text',
  parse(line, clock) {
    const read = readElasticLine(line, clock);
    return read !== undefined && /^(?:org\.)?logstash\./.test(read.logger) ? read.line : undefined;
  },
  samples: [
    {
      text: '[2019-11-13T11:40:34,073][INFO ][logstash.agent           ] Successfully started Logstash API endpoint {:port=>9600}',
      origin: 'public file index id 37320833217',
      time: '2019-11-13T11:40:34.073Z',
      severityNumber: 9,
      body: 'Successfully started Logstash API endpoint {:port=>9600}',
      attributes: { 'log.logger': 'logstash.agent' },
    },
  ],
};
