import type { LogFormat } from './format.ts';
import { textLine } from './text-line.ts';
import { readDayFirstStamp, zonedClock, type Clock, type ReadStamp } from './time.ts';

const STAMP =
  /^\[(\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d)(?:\.\d{1,6})? ([A-Z][A-Za-z_]{1,30}(?:\/[\w+/-]{1,50})?|[+-]\d\d:\d\d)\] /;
const LEVEL =
  /^PHP ((?:Fatal|Parse|Core|Compile|Recoverable fatal) error|Startup error|(?:Core |Compile )?[Ww]arning|Notice|Deprecated|Strict Standards): {1,2}/;

/**
 * PHP's `error_log`: `[21-Nov-2026 01:31:02 UTC] PHP Fatal error:  message`, without the time on standard error.
 * @see https://www.php.net/manual/en/errorfunc.configuration.php#ini.error-log
 */
export const phpErrorLog: LogFormat = {
  id: 'php-error-log',
  title: 'PHP error_log',
  technology: 'php',
  firstCharacters: '[P',
  continuation: 'text',
  parse(line, clock) {
    const stamp = STAMP.exec(line);
    const rest = line.slice(stamp?.[0].length ?? 0);
    const level = LEVEL.exec(rest);
    if (stamp === null && level === null) return undefined;
    return textLine({
      stamp: stamp === null ? undefined : readZoned(stamp[1] ?? '', stamp[2] ?? '', clock),
      ...(level === null ? {} : { level: level[1], severityNumber: severityOf(level[1] ?? '') }),
      body: rest,
    });
  },
  samples: [
    {
      text: '[21-Nov-2026 01:31:02 UTC] PHP Fatal error:  Uncaught LogicException: inner in Command line code:1',
      origin: 'generated here, PHP 8.2.35',
      time: '2026-11-21T01:31:02Z',
      severityNumber: 21,
      body: 'PHP Fatal error:  Uncaught LogicException: inner in Command line code:1',
    },
    {
      text: 'PHP Warning:  Undefined variable $undefined in /srv/orders/traces/a.php on line 5',
      origin: 'generated here, PHP 8.2.35 with log_errors on standard error',
      severityNumber: 13,
      body: 'PHP Warning:  Undefined variable $undefined in /srv/orders/traces/a.php on line 5',
    },
    {
      text: '[21-Nov-2026 02:48:35 UTC] PDOException: first\nsecond line in /srv/orders/traces/a.php:2\nStack trace:\n#0 /srv/orders/traces/a.php(2): q()\n#1 {main}',
      origin: 'generated here, PHP 8.2.35, error_log() of an exception',
      time: '2026-11-21T02:48:35Z',
      body: 'PDOException: first\nsecond line in /srv/orders/traces/a.php:2\nStack trace:\n#0 /srv/orders/traces/a.php(2): q()\n#1 {main}',
    },
  ],
};

/** A PHP warning leaves the script running; a fatal error ends it. */
function severityOf(level: string): number {
  const word = level.toLowerCase();
  if (word.endsWith('error')) return word.startsWith('recoverable') ? 17 : 21;
  return word.endsWith('warning') ? 13 : 10;
}

const clocks = new Map<string, Clock | undefined>();
const MAX_CLOCKS = 16;

/** PHP names the zone by its IANA name: `Europe/Berlin`. */
function readZoned(time: string, zone: string, clock: Clock): ReadStamp | undefined {
  if (!clocks.has(zone) && clocks.size < MAX_CLOCKS) clocks.set(zone, clockOf(zone, clock));
  return readDayFirstStamp(time, clocks.get(zone) ?? clock);
}

function clockOf(zone: string, { reference }: Clock): Clock | undefined {
  try {
    return zonedClock(reference, zone);
  } catch {
    return undefined;
  }
}
