import type { LogFormat } from './format.ts';
import { numberOf, textLine } from './text-line.ts';
import { readIsoStamp } from './time.ts';
import { readLocaleStamp } from './time-of-locale.ts';

const HEAD = /^\[([\w .-]{1,60})\] (\d+) {2}- /;
const REST = /^ +(LOG|ERROR|WARN|DEBUG|VERBOSE|FATAL) (?:\[([^\]\n]{1,120})\] )?(.*)$/;

/**
 * NestJS's ConsoleLogger: `[Nest] PID  - 11/21/2026, 1:30:59 AM   ERROR [Context] message`.
 * @see https://docs.nestjs.com/techniques/logger
 */
export const nestjs: LogFormat = {
  id: 'nestjs',
  title: 'NestJS',
  technology: 'nestjs',
  firstCharacters: '[',
  continuation: 'text',
  parse(line, clock) {
    const head = HEAD.exec(line);
    if (head === null) return undefined;
    const text = line.slice(head[0].length);
    const stamp = readLocaleStamp(text, clock) ?? readIsoStamp(text, clock);
    const found = stamp === undefined ? null : REST.exec(text.slice(stamp.length));
    if (stamp === undefined || found === null) return undefined;
    const [, level, context, body = ''] = found;
    return textLine({
      stamp,
      level,
      body,
      attributes: [
        ['process.pid', numberOf(head[2])],
        ['log.logger', context],
        ['service.name', head[1] === 'Nest' ? undefined : head[1]],
      ],
    });
  },
  samples: [
    {
      text: '[Nest] 31539  - 11/21/2026, 3:00:49 AM   ERROR [ExceptionsHandler] Error: connect ECONNREFUSED 127.0.0.1:5432\n    at A.x (/srv/orders/npm/n.js:3:21)',
      origin: 'generated here, NestJS 12.5.1',
      time: '2026-11-21T03:00:49Z',
      severityNumber: 17,
      body: 'Error: connect ECONNREFUSED 127.0.0.1:5432\n    at A.x (/srv/orders/npm/n.js:3:21)',
      attributes: { 'process.pid': 31539, 'log.logger': 'ExceptionsHandler' },
    },
    {
      text: '[Nest] 31569  - 21.11.2026, 03:00:49     LOG [NestFactory] Starting Nest application...',
      origin: 'generated here, NestJS 12.5.1 with LANG=de_DE.UTF-8',
      time: '2026-11-21T03:00:49Z',
      severityNumber: 9,
      body: 'Starting Nest application...',
    },
    {
      text: '[Nest] 31539  - 11/21/2026, 3:00:49 AM   ERROR no context',
      origin: 'generated here, NestJS 12.5.1',
      time: '2026-11-21T03:00:49Z',
      severityNumber: 17,
      body: 'no context',
    },
  ],
};
