import type { LogFormat } from './format.ts';
import { numberOf, textLine } from './text-line.ts';
import { readDayFirstStamp } from './time.ts';

const REST =
  /^\] (ALERT|ERROR|WARNING|NOTICE|DEBUG): (?:pid (\d+), (\w+)\(\), line \d+: )?(?:\[pool ([\w.-]{1,80})\] )?/;

/** An entry of the slow log: which script, and where it stood, on the lines below. */
const SLOW = /^\] {2}\[pool ([\w.-]{1,80})\] (pid (\d+))$/;

/**
 * The logs of PHP-FPM: `[30-Oct-2025 16:20:47] WARNING: [pool www] message`.
 * @see https://www.php.net/manual/en/install.fpm.configuration.php
 */
export const phpFpm: LogFormat = {
  id: 'php-fpm',
  title: 'PHP-FPM',
  technology: 'php-fpm',
  firstCharacters: '[',
  continuation: 'text',
  parse(line, clock) {
    const stamp = readDayFirstStamp(line.slice(1), clock);
    if (stamp === undefined) return undefined;
    const rest = line.slice(1 + stamp.length);
    const slow = SLOW.exec(rest);
    if (slow !== null) {
      const [, slowPool, body = '', slowPid] = slow;
      return textLine({
        stamp,
        severityNumber: 13,
        body,
        attributes: [
          ['php.fpm.pool', slowPool],
          ['process.pid', numberOf(slowPid)],
        ],
      });
    }
    const found = REST.exec(rest);
    if (found === null) return undefined;
    const [head, level, pid, code, pool] = found;
    return textLine({
      stamp,
      level,
      body: rest.slice(head.length),
      attributes: [
        ['php.fpm.pool', pool],
        ['process.pid', numberOf(pid)],
        ['code.function.name', code],
      ],
    });
  },
  samples: [
    {
      text: '[30-Oct-2025 16:20:47] WARNING: [pool www] server reached pm.max_children setting (100), consider raising it',
      origin: 'public file index id 18361875665',
      time: '2025-10-30T16:20:47Z',
      severityNumber: 13,
      body: 'server reached pm.max_children setting (100), consider raising it',
      attributes: { 'php.fpm.pool': 'www' },
    },
    {
      text: '[21-Nov-2026 02:57:11.481694] DEBUG: pid 22059, fpm_got_signal(), line 96: received SIGTERM',
      origin: 'generated here, PHP-FPM 8.2.35 with log_level = debug',
      time: '2026-11-21T02:57:11.481694Z',
      severityNumber: 5,
      body: 'received SIGTERM',
      attributes: { 'process.pid': 22059 },
    },
    {
      text: '[21-Nov-2026 03:11:33]  [pool www] pid 23175\nscript_filename = /srv/orders/php/index.php\n[0x00007f3e280150b0] sleep() /srv/orders/php/index.php:6',
      origin: 'generated here, PHP-FPM 8.2.35 with request_slowlog_timeout',
      time: '2026-11-21T03:11:33Z',
      severityNumber: 13,
      body: 'pid 23175\nscript_filename = /srv/orders/php/index.php\n[0x00007f3e280150b0] sleep() /srv/orders/php/index.php:6',
      attributes: { 'php.fpm.pool': 'www' },
    },
  ],
};
