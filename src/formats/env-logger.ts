import type { LogFormat } from './format.ts';
import { textLine } from './text-line.ts';
import { readIsoStamp } from './time.ts';

const REST = /^ ?(ERROR|WARN|INFO|DEBUG|TRACE) {1,2}([A-Za-z_][\w-]{0,80}(?:::[\w-]{1,80}){0,20})\] (.*)$/;

/**
 * Rust's env_logger: `[TIME LEVEL module] message`.
 * @see https://docs.rs/env_logger
 */
export const envLogger: LogFormat = {
  id: 'env-logger',
  title: 'Rust env_logger',
  firstCharacters: '[',
  continuation: 'trace',
  parse(line, clock) {
    const text = line.slice(1);
    const stamp = readIsoStamp(text, clock);
    const found = REST.exec(stamp === undefined ? text : text.slice(stamp.length));
    if (found === null) return undefined;
    const [, level, target, body = ''] = found;
    return textLine({ stamp, level, body, attributes: [['log.logger', target]] });
  },
  samples: [
    {
      text: '[2017-11-09T02:12:24Z ERROR main] this is printed by default',
      origin: 'tstack/lnav:src/formats/env_logger_log.json',
      time: '2017-11-09T02:12:24Z',
      severityNumber: 17,
      body: 'this is printed by default',
      attributes: { 'log.logger': 'main' },
    },
    {
      text: '[2026-11-21T03:00:48Z WARN  orders::db] slow: 3',
      origin: 'generated here, env_logger 0.9.3',
      time: '2026-11-21T03:00:48Z',
      severityNumber: 13,
      body: 'slow: 3',
      attributes: { 'log.logger': 'orders::db' },
    },
    {
      text: '[ERROR orders] this is printed',
      origin: 'generated here, env_logger 0.9.3 without time',
      severityNumber: 17,
      body: 'this is printed',
    },
  ],
};
