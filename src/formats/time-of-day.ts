import { fractionToMs, toInstant, type Clock, type ReadStamp } from './time.ts';

const TIME_OF_DAY = /^(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?![\d:])/;

/** Reads a time without a date at the start of a text: `16:09:12.465` (Logback's default, Elixir, Serilog, pino-pretty). */
export function readTimeOfDay(text: string, clock: Clock): ReadStamp | undefined {
  const found = TIME_OF_DAY.exec(text);
  if (found === null) return undefined;
  const [whole, hour, minute, second, fraction] = found;
  const instant = toInstant(
    {
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      ...(fraction === undefined ? {} : { millisecond: fractionToMs(fraction) }),
    },
    clock,
  );
  return instant === undefined ? undefined : { instant, length: whole.length };
}
