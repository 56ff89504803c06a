import { epochToMs, readIsoStamp, readSyslogStamp, type Clock } from '../time.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?:Z|[+-]\d\d:?\d\d) /;
/** journalctl's `short-full` and `with-unit`, `short-unix`, `short-monotonic`. */
const FULL = /^[A-Z][a-z]{2} (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? [A-Z]{1,5}) /;
const UNIX = /^(\d{9,11}\.\d{6}) /;
const MONOTONIC = /^\[ {0,8}\d{1,8}\.\d{6}\] /;

/** The time at the start of a line of syslog or journalctl. */
export interface SyslogTime {
  readonly instant?: number;
  /** With the blank behind it. */
  readonly length: number;
  /** Other logs begin like this as well, so that host and pid must follow. */
  readonly isCommon: boolean;
}

/** Reads the time of a syslog line in any of its dresses; undefined when there is none. */
export function readSyslogTime(text: string, clock: Clock): SyslogTime | undefined {
  const classic = readSyslogStamp(text, clock);
  if (classic !== undefined) return { instant: classic.instant, length: classic.length + 1, isCommon: false };
  const iso = ISO.test(text) ? readIsoStamp(text, clock) : undefined;
  if (iso !== undefined) return { instant: iso.instant, length: iso.length + 1, isCommon: true };
  return readJournalStamp(text, clock);
}

function readJournalStamp(text: string, clock: Clock): SyslogTime | undefined {
  const monotonic = MONOTONIC.exec(text);
  if (monotonic !== null) return { length: monotonic[0].length, isCommon: true };
  const found = FULL.exec(text) ?? UNIX.exec(text);
  if (found === null) return undefined;
  const [whole, stamp = ''] = found;
  const instant = stamp.includes('-') ? readIsoStamp(stamp, clock)?.instant : epochToMs(Number(stamp));
  return instant === undefined ? undefined : { instant, length: whole.length, isCommon: true };
}
