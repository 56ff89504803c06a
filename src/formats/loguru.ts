import type { LogFormat } from './format.ts';
import { numberOf, readStamped, textLine } from './text-line.ts';

const REST = /^ \| ([A-Z]{4,10}) *\| ([\w.<>]{1,200}):([\w<>]{1,200}):(\d+) - (.*)$/;

/**
 * Loguru's default: `TIME | LEVEL    | module:function:line - message`.
 * @see https://loguru.readthedocs.io/en/stable/api/logger.html
 */
export const loguru: LogFormat = {
  id: 'loguru',
  title: 'Loguru',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse(line, clock) {
    const stamped = readStamped(line, clock);
    const found = stamped === undefined ? null : REST.exec(stamped.rest);
    if (stamped === undefined || found === null) return undefined;
    const [, level, logger, code, lineNumber, body = ''] = found;
    return textLine({
      stamp: stamped.stamp,
      level,
      body,
      attributes: [
        ['log.logger', logger],
        ['code.function.name', code],
        ['code.line.number', numberOf(lineNumber)],
      ],
    });
  },
  samples: [
    {
      text: '2026-11-21 03:01:32.259 | ERROR    | __main__:<module>:5 - query failed\nTraceback (most recent call last):',
      origin: 'generated here, loguru 0.6.0, trace clipped',
      time: '2026-11-21T03:01:32.259Z',
      severityNumber: 17,
      body: 'query failed\nTraceback (most recent call last):',
      attributes: { 'log.logger': '__main__', 'code.line.number': 5 },
    },
    {
      text: '2026-11-21 03:01:32.259 | SUCCESS  | __main__:<module>:3 - done',
      origin: 'generated here, loguru 0.6.0',
      time: '2026-11-21T03:01:32.259Z',
      severityNumber: 10,
      body: 'done',
    },
  ],
};
