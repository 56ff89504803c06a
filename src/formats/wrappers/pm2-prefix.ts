import { readIsoStamp, type Clock } from '../time.ts';
import type { PeeledLine, Wrapper } from '../wrapper.ts';

/** `pm2 logs`: id, name padded with blanks; `--timestamp` puts a time before it. */
const NAMED = /^(?:(\d{4}-\d\d-\d\d)[-T ](\d\d:\d\d:\d\d) )?(?:(\d{1,5})\|([\w.@/-]{1,64})|PM2) +\| ?/;
/** `pm2 start --time` puts the time before each line of the log files. Mosquitto can be told to write the same stamp. */
const TIMED =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d): (?!PM2 |mosquitto version|Config loaded|Opening |New c|Client |Error: Unable|Warning: |Starting in local|Create a configuration|For more details|Socket error|Saving in-memory|Bad socket|No will|Will message|Sending |Received |Bridge |Connecting bridge|Using default|TLS)/;

/**
 * PM2: `0|app  | line`, and the times that its options add.
 * @see https://pm2.keymetrics.io/docs/usage/log-management/
 */
export const pm2Prefix: Wrapper = {
  id: 'pm2-prefix',
  title: 'PM2 prefix',
  firstCharacters: 'P0123456789',
  peel(line, clock) {
    return peelNamed(line, clock) ?? peelTimed(line, clock);
  },
  samples: [
    {
      template: '0|app  | {}',
      origin: 'PM2 7.0.4, pm2 logs',
      attributes: { 'service.name': 'app' },
    },
    {
      template: '1|shop | 2026-11-21T02:55:49: {}',
      origin: 'PM2 7.0.4, pm2 logs of an app started with --time',
      time: '2026-11-21T02:55:49Z',
      attributes: { 'service.name': 'shop' },
    },
    {
      template: '\x1b[2m\x1b[90m2026-11-21-02:55:56 \x1b[39m\x1b[22m\x1b[32m0|app  | \x1b[39m{}',
      origin: 'PM2 7.0.4, pm2 logs --timestamp',
      time: '2026-11-21T02:55:56Z',
      attributes: { 'service.name': 'app' },
    },
    {
      template: '2026-11-21T02:55:49: {}',
      origin: 'PM2 7.0.4, .pm2/logs/shop-out.log of an app started with --time',
      time: '2026-11-21T02:55:49Z',
    },
  ],
};

function peelNamed(line: string, clock: Clock): PeeledLine | undefined {
  const found = NAMED.exec(line);
  if (found === null) return undefined;
  const [prefix, date, time, id, name = 'PM2'] = found;
  const inner = line.slice(prefix.length);
  const own = date === undefined ? undefined : readIsoStamp(`${date}T${time ?? ''}`, clock);
  return {
    ...(own === undefined ? {} : { timestamp: own.instant }),
    ...(peelTimed(inner, clock) ?? { inner }),
    attributes: [['service.name', name]],
    stream: id === undefined ? name : `${id}|${name}`,
  };
}

function peelTimed(line: string, clock: Clock): PeeledLine | undefined {
  const found = TIMED.exec(line);
  if (found === null) return undefined;
  const timestamp = readIsoStamp(found[1] ?? '', clock)?.instant;
  return timestamp === undefined ? undefined : { inner: line.slice(found[0].length), timestamp };
}
