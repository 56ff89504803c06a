import type { LogFormat } from './format.ts';
import { textLine } from './text-line.ts';
import { readIsoStamp } from './time.ts';

/** The time is often taken off as a prefix before. */
const REST = /^(?:: )?PM2 (log|warn|error): (.*)$/;

/**
 * The log of PM2's daemon: `TIME: PM2 log: message`.
 * @see https://pm2.keymetrics.io/docs/usage/log-management/
 */
export const pm2Daemon: LogFormat = {
  id: 'pm2-daemon',
  title: 'PM2 daemon',
  technology: 'pm2',
  firstCharacters: 'P0123456789',
  continuation: 'trace',
  parse(line, clock) {
    const stamp = readIsoStamp(line, clock);
    const found = REST.exec(line.slice(stamp?.length ?? 0));
    return found === null ? undefined : textLine({ stamp, level: found[1], body: found[2] ?? '' });
  },
  samples: [
    {
      text: '2026-11-21T02:56:26: PM2 log: App [orders:0] starting in -fork mode-',
      origin: 'generated here, PM2 6.0.13',
      time: '2026-11-21T02:56:26Z',
      severityNumber: 9,
      body: 'App [orders:0] starting in -fork mode-',
    },
  ],
};
