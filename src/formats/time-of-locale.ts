import { monthNumber, toInstant, type Clock, type ReadStamp, type StampFields } from './time.ts';

/** JDK 20 and ICU 72 put a narrow no-break space before AM and PM. */
const BLANK = '[ \\u202f\\u00a0]';
const MONTH_FIRST = new RegExp(
  `^([A-Z][a-z]{2})\\.? (\\d{1,2}), (\\d{4}),? (\\d{1,2}):(\\d\\d):(\\d\\d)${BLANK}([AP]M)`,
);
const NUMERIC_US = new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4}), (\\d{1,2}):(\\d\\d):(\\d\\d)${BLANK}([AP]M)`);
const NUMERIC_DAY_FIRST = /^(\d{1,2})[./](\d{1,2})[./](\d{4}),? (\d\d):(\d\d):(\d\d)/;

/**
 * Reads a stamp as a locale writes it: `Nov 21, 2026 1:30:59 AM` (java.util.logging), `11/21/2026, 1:30:59 AM` (NestJS in
 * en-US), `21.11.2026, 01:30:59` (NestJS in other locales, day first).
 */
export function readLocaleStamp(text: string, clock: Clock): ReadStamp | undefined {
  const found = monthFirst(text) ?? numericUs(text) ?? numericDayFirst(text);
  if (found === undefined) return undefined;
  const instant = toInstant(found.fields, clock);
  return instant === undefined ? undefined : { instant, length: found.length };
}

interface Found {
  readonly fields: StampFields;
  readonly length: number;
}

function monthFirst(text: string): Found | undefined {
  const found = MONTH_FIRST.exec(text);
  if (found === null) return undefined;
  const [whole, name = '', day, year, hour, minute, second, half] = found;
  const month = monthNumber(name);
  if (month === undefined) return undefined;
  return { fields: fieldsOf([year, month, day, hour24(hour, half), minute, second]), length: whole.length };
}

function numericUs(text: string): Found | undefined {
  const found = NUMERIC_US.exec(text);
  if (found === null) return undefined;
  const [whole, month, day, year, hour, minute, second, half] = found;
  return { fields: fieldsOf([year, month, day, hour24(hour, half), minute, second]), length: whole.length };
}

function numericDayFirst(text: string): Found | undefined {
  const found = NUMERIC_DAY_FIRST.exec(text);
  if (found === null) return undefined;
  const [whole, day, month, year, hour, minute, second] = found;
  return { fields: fieldsOf([year, month, day, hour, minute, second]), length: whole.length };
}

function hour24(hour: string | undefined, half: string | undefined): number {
  return (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
}

function fieldsOf(parts: readonly (string | number | undefined)[]): StampFields {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return { year, month, day, hour, minute, second };
}
