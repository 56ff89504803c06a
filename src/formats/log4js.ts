import type { LogFormat } from './format.ts';
import { readBracketed, textLine } from './text-line.ts';

const REST = /^ \[(TRACE|DEBUG|INFO|WARN|ERROR|FATAL|MARK)\] (\S{1,120}) - (.*)$/;

/**
 * log4js's basic layout: `[TIME] [LEVEL] category - message`.
 * @see https://log4js-node.github.io/log4js-node/layouts.html
 */
export const log4js: LogFormat = {
  id: 'log4js',
  title: 'log4js',
  firstCharacters: '[',
  continuation: 'text',
  parse(line, clock) {
    const stamped = readBracketed(line, clock);
    const found = stamped === undefined ? null : REST.exec(stamped.rest);
    if (stamped === undefined || found === null) return undefined;
    const [, level, category, body = ''] = found;
    return textLine({ stamp: stamped.stamp, level, body, attributes: [['log.logger', category]] });
  },
  samples: [
    {
      text: '[2026-11-21T03:00:48.672] [ERROR] db - query failed Error: boom\n    at Object.<anonymous> (/srv/orders/npm/w.js:6:56)',
      origin: 'generated here, log4js 6.9.1',
      time: '2026-11-21T03:00:48.672Z',
      severityNumber: 17,
      body: 'query failed Error: boom\n    at Object.<anonymous> (/srv/orders/npm/w.js:6:56)',
      attributes: { 'log.logger': 'db' },
    },
  ],
};
