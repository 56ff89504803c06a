/**
 * Times of logs. `Date.parse` reads zoneless stamps as local time, puts yearless ones into 2001 and refuses many real
 * ones, so every format reads its own stamp into fields and this file turns fields into an instant.
 */

/** What a stamp says. Months and days are 1-based. */
export interface StampFields {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Milliseconds with a fraction. */
  readonly millisecond?: number;
  /** Minutes east of UTC; undefined when the stamp names no zone. */
  readonly offsetMinutes?: number;
}

/** What is needed to place a stamp that leaves out its zone, year or date. */
export interface Clock {
  /** Milliseconds since the epoch near which the log was written: the file's modification time, or now. */
  readonly reference: number;
  /** Minutes east of UTC of a local time (given as if it were UTC); 0 when logs without a zone count as UTC. */
  offsetMinutesAt(localMs: number): number;
}

const DAY_MS = 86_400_000;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** The month of `Jan` … `Dec` (any case), 1 to 12; undefined for anything else. */
export function monthNumber(name: string): number | undefined {
  if (name.length < 3) return undefined;
  const index = MONTHS.toLowerCase().indexOf(name.slice(0, 3).toLowerCase());
  return index >= 0 && index % 3 === 0 ? index / 3 + 1 : undefined;
}

/** A clock for logs of one zone. */
export function fixedClock(reference: number, offsetMinutes = 0): Clock {
  return { reference, offsetMinutesAt: () => offsetMinutes };
}

/** The same zone, but stamps without a year or a date lie near another time: that of the wrapper around them. */
export function clockNear(clock: Clock, reference: number): Clock {
  return { reference, offsetMinutesAt: (localMs) => clock.offsetMinutesAt(localMs) };
}

/** Milliseconds since the epoch; undefined when the fields are no real date or time. */
export function toInstant(fields: StampFields, clock: Clock): number | undefined {
  if (!isTimeOfDay(fields)) return undefined;
  const local = toLocal(fields, clock);
  if (local === undefined) return undefined;
  const offset = fields.offsetMinutes ?? clock.offsetMinutesAt(local);
  return local - offset * 60_000;
}

function isTimeOfDay({ hour, minute, second }: StampFields): boolean {
  return hour < 24 && minute < 60 && second < 61;
}

function toLocal(fields: StampFields, clock: Clock): number | undefined {
  const timeOfDay = ((fields.hour * 60 + fields.minute) * 60 + fields.second) * 1000 + (fields.millisecond ?? 0);
  if (fields.month === undefined || fields.day === undefined) return nearestDay(timeOfDay, fields, clock);
  if (fields.year === undefined) return nearestYear(fields.month, fields.day, timeOfDay, clock);
  return dateMs(fields.year, fields.month, fields.day, timeOfDay);
}

function dateMs(year: number, month: number, day: number, timeOfDay: number): number | undefined {
  const midnight = Date.UTC(year, month - 1, day);
  const back = new Date(midnight);
  if (back.getUTCFullYear() !== year || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return undefined;
  return midnight + timeOfDay;
}

/** A stamp without a year lies within the year before its reference (a day of grace for clocks that run ahead). */
function nearestYear(month: number, day: number, timeOfDay: number, clock: Clock): number | undefined {
  const year = new Date(clock.reference).getUTCFullYear();
  for (const candidate of [year + 1, year, year - 1, year - 2, year - 3, year - 4]) {
    const instant = dateMs(candidate, month, day, timeOfDay);
    if (instant !== undefined && instant <= clock.reference + DAY_MS) return instant;
  }
  return undefined;
}

/** A stamp without a date lies within the day before its reference (an hour of grace). */
function nearestDay(timeOfDay: number, fields: StampFields, clock: Clock): number {
  const offset = fields.offsetMinutes ?? clock.offsetMinutesAt(clock.reference);
  const localReference = clock.reference + offset * 60_000;
  const midnight = Math.floor(localReference / DAY_MS) * DAY_MS;
  const today = midnight + timeOfDay;
  return today <= localReference + 3_600_000 ? today : today - DAY_MS;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|GMT|WES?T|EES?T|CES?T|MSK|BST|[ECMP][SD]T|[JK]ST|HKT|SGT|AE[SD]T|NZ[SD]T|[+-]\d\d(?::?\d\d)?)(?![A-Za-z]))?/;

/** A stamp at the start of a text and how long it is. */
export interface ReadStamp {
  readonly instant: number;
  readonly length: number;
}

/**
 * Reads an ISO 8601 / RFC 3339 stamp at the start of a text: `T` or a blank between date and time, fraction after a dot
 * or comma, `Z`, `UTC` or an offset, or none.
 * @see https://www.rfc-editor.org/rfc/rfc3339
 */
export function readIsoStamp(text: string, clock: Clock): ReadStamp | undefined {
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [whole, year, month, day, hour, minute, second, fraction, zone] = found;
  const instant = toInstant(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second ?? 0),
      ...(fraction === undefined ? {} : { millisecond: fractionToMs(fraction) }),
      ...(zone === undefined ? {} : { offsetMinutes: zoneOffsetMinutes(zone) ?? 0 }),
    },
    clock,
  );
  return instant === undefined ? undefined : { instant, length: whole.trimEnd().length };
}

const SYSLOG = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?= |$)/;

/**
 * Reads syslog's stamp at the start of a text: `Nov  1 02:13:05`, without a year, with a fraction by `short-precise`.
 * @see https://www.rfc-editor.org/rfc/rfc3164#section-4.1.2
 */
export function readSyslogStamp(text: string, clock: Clock): ReadStamp | undefined {
  const found = SYSLOG.exec(text);
  if (found === null) return undefined;
  const [whole, name = '', day, hour, minute, second, fraction] = found;
  const month = monthNumber(name);
  if (month === undefined) return undefined;
  const instant = toInstant(
    {
      month,
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      ...(fraction === undefined ? {} : { millisecond: fractionToMs(fraction) }),
    },
    clock,
  );
  return instant === undefined ? undefined : { instant, length: whole.length };
}

const DAY_FIRST =
  /^(\d{1,2})[-/ ]([A-Za-z]{3})(?:[-/ ](\d{4}))?(?:::|[: ])(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?![A-Za-z]))?/;

/**
 * Reads a stamp that begins with the day and names the month: `20/Jul/2009:22:59:26 +0000` (Common Log Format),
 * `25-Mar-2018 23:32:33.756` (Tomcat, PHP), `14 Nov 07:01:22.119` (Redis), `21-Jul-2016::19:21:26` (Erlang).
 * @see https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats
 */
export function readDayFirstStamp(text: string, clock: Clock): ReadStamp | undefined {
  const found = DAY_FIRST.exec(text);
  if (found === null) return undefined;
  const [whole, day, month = '', year, hour, minute, second, fraction, zone] = found;
  return fromParts({ whole, year, month: monthNumber(month), day, hour, minute, second, fraction, zone }, clock);
}

const SLASH = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?/;

/** Reads a stamp with slashes: `2023/07/15 16:44:53` (nginx, Go's `log`, NATS, Squid). */
export function readSlashStamp(text: string, clock: Clock): ReadStamp | undefined {
  const found = SLASH.exec(text);
  if (found === null) return undefined;
  const [whole, year, month, day, hour, minute, second, fraction] = found;
  return fromParts({ whole, year, month: Number(month), day, hour, minute, second, fraction }, clock);
}

const CTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]?\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: (\d{4}))?/;

/**
 * Reads a stamp as C's `ctime` writes it: `Sun Dec 04 04:47:44 2005`, with a fraction in Apache 2.4, without a year in
 * old MongoDB logs.
 */
export function readCtimeStamp(text: string, clock: Clock): ReadStamp | undefined {
  const found = CTIME.exec(text);
  if (found === null) return undefined;
  const [whole, month = '', day, hour, minute, second, fraction, year] = found;
  return fromParts({ whole, year, month: monthNumber(month), day, hour, minute, second, fraction }, clock);
}

interface StampParts {
  readonly whole: string;
  readonly year?: string | undefined;
  readonly month: number | undefined;
  readonly day: string | undefined;
  readonly hour: string | undefined;
  readonly minute: string | undefined;
  readonly second: string | undefined;
  readonly fraction?: string | undefined;
  readonly zone?: string | undefined;
}

function fromParts(parts: StampParts, clock: Clock): ReadStamp | undefined {
  const { whole, year, month, day, hour, minute, second, fraction, zone } = parts;
  if (month === undefined) return undefined;
  const offsetMinutes = zone === undefined ? undefined : zoneOffsetMinutes(zone);
  const instant = toInstant(
    {
      ...(year === undefined ? {} : { year: Number(year) }),
      month,
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      ...(fraction === undefined ? {} : { millisecond: fractionToMs(fraction) }),
      ...(offsetMinutes === undefined ? {} : { offsetMinutes }),
    },
    clock,
  );
  return instant === undefined ? undefined : { instant, length: whole.length };
}

/** `123456789` after the dot → 123.457: milliseconds with a fraction down to the microsecond. */
export function fractionToMs(digits: string): number {
  return Math.round(Number(`0.${digits}`) * 1e6) / 1e3;
}

/** Zone abbreviations that are unambiguous enough in server logs, minutes east of UTC. */
const ZONES: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  UCT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  BST: 60,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  JST: 540,
  KST: 540,
  HKT: 480,
  SGT: 480,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
};

/** `Z`, `UTC`, `+0200`, `+02:00`, `+02`, `CEST` → minutes east of UTC; undefined when not known. */
export function zoneOffsetMinutes(zone: string): number | undefined {
  const found = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (found === null) return Object.hasOwn(ZONES, zone) ? ZONES[zone] : undefined;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return found[1] === '-' ? -minutes : minutes;
}

/** An epoch in seconds, milliseconds, microseconds or nanoseconds, told apart by its size → milliseconds. */
export function epochToMs(value: number): number | undefined {
  if (!Number.isFinite(value) || value < 1e8) return undefined;
  if (value < 1e11) return Math.round(value * 1e6) / 1e3;
  if (value < 1e14) return value;
  if (value < 1e17) return value / 1e3;
  return Math.round(value / 1e3) / 1e3;
}

/** Zones change at full quarters of an hour alone, so that one look at Intl does for all lines of a quarter. */
const QUARTER_MS = 900_000;
const MAX_KNOWN_QUARTERS = 4_096;

/**
 * A clock for logs written in a zone, by its IANA name (`Europe/Berlin`) or offset (`+02:00`).
 * @throws {RangeError} when the zone is not known.
 */
export function zonedClock(reference: number, zone: string): Clock {
  const fixed = zoneOffsetMinutes(zone);
  if (fixed !== undefined) return fixedClock(reference, fixed);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const read = (instant: number): number => {
    const parts = new Map(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
    const local = Date.UTC(
      parts.get('year') ?? 0,
      (parts.get('month') ?? 1) - 1,
      parts.get('day') ?? 1,
      parts.get('hour') ?? 0,
      parts.get('minute') ?? 0,
      parts.get('second') ?? 0,
    );
    return Math.round((local - instant) / 60_000);
  };
  const known = new Map<number, number>();
  const offsetAtInstant = (instant: number): number => {
    const quarter = Math.floor(instant / QUARTER_MS);
    const offset = known.get(quarter) ?? read(quarter * QUARTER_MS);
    if (known.size >= MAX_KNOWN_QUARTERS) known.clear();
    known.set(quarter, offset);
    return offset;
  };
  return {
    reference,
    offsetMinutesAt: (localMs) => offsetAtInstant(localMs - offsetAtInstant(localMs) * 60_000),
  };
}
