import { zonedClock, FORMATS, readIsoStamp } from '../formats/index.ts';
import {
  DoctorError,
  IMPACTS,
  LEVEL_NAMES,
  type Impact,
  type LevelName,
  type Problem,
  suggest,
} from '../model/index.ts';
import { OUTPUTS } from '../outputs/index.ts';
import { parseDurationMs } from '../rules/index.ts';
import type { Io } from './io.ts';
import type { OutputTarget } from './target-list.ts';

/** Options as commander collects them. */
export interface RawOptions {
  readonly follow?: boolean;
  readonly targets?: readonly OutputTarget[];
  readonly logFormat?: string;
  readonly rules?: readonly string[];
  readonly builtinRules: boolean;
  readonly only?: readonly string[];
  readonly disable?: readonly string[];
  readonly technology?: readonly string[];
  readonly failOn?: string;
  readonly since?: string;
  readonly until?: string;
  readonly timezone?: string;
  readonly minSeverity?: string;
  readonly top?: string;
  readonly width?: string;
  readonly progress: boolean;
}

function refuse(code: Problem['code'], message: string, hint?: string): never {
  throw new DoctorError([{ code, message, ...(hint === undefined ? {} : { hint }) }]);
}

/** One of a list of names; refuses others with the one that was probably meant. */
function oneOf<T extends string>(value: string, names: readonly T[], option: string): T {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  const close = suggest(value, names);
  return refuse(
    'usage',
    `${option}: unknown value "${value}"`,
    close === undefined ? `one of: ${names.join(', ')}` : `did you mean "${close}"?`,
  );
}

export function outputId(value: string): string {
  return oneOf(
    value,
    OUTPUTS.map(({ id }) => id),
    '--format',
  );
}

export function logFormatId(value: string): string {
  return oneOf(
    value,
    FORMATS.map(({ id }) => id),
    '--log-format',
  );
}

const LEVEL_SYNONYMS: Readonly<Record<string, LevelName>> = { warn: 'warning', critical: 'fatal' };

export function level(value: string): LevelName {
  return oneOf(LEVEL_SYNONYMS[value] ?? value, LEVEL_NAMES, '--min-severity');
}

/** What makes the run fail: a severity and all above it, or one condition. */
export type FailOn = { readonly impact: Impact } | { readonly condition: string };

export function failOn(value: string, conditions: ReadonlyMap<string, unknown>): FailOn {
  const name = value === 'warn' ? 'warning' : value;
  const impact = IMPACTS.find((known) => known === name);
  if (impact !== undefined) return { impact };
  if (conditions.has(value)) return { condition: value };
  const close = suggest(value, [...IMPACTS, ...conditions.keys()]);
  return refuse(
    'usage',
    `--fail-on: neither a severity nor a condition: "${value}"`,
    close === undefined ? `severities: ${IMPACTS.join(', ')}` : `did you mean "${close}"?`,
  );
}

/** Offsets go from -12:00 to +14:00. */
const OFFSET = /^[+-](?:0\d|1[0-4])(?::?[0-5]\d)?$/;

/** @throws {DoctorError} when the zone is not known. */
export function timezone(value: string): string {
  try {
    if (/^[+-]/.test(value) && !OFFSET.test(value)) throw new RangeError('no offset is that large');
    zonedClock(0, value);
    return value;
  } catch {
    const close = suggest(value, Intl.supportedValuesOf('timeZone'));
    const hint = 'an IANA name such as Europe/Berlin, or an offset such as +02:00';
    return refuse(
      'bad-time',
      `--timezone: unknown zone "${value}"`,
      close === undefined ? hint : `did you mean "${close}"?`,
    );
  }
}

/**
 * The first and the last instant that are wanted.
 * @throws {DoctorError} for times that are not understood, and when nothing can lie between them.
 */
export function timeRange(raw: RawOptions, now: number, zone: string | undefined): { since?: number; until?: number } {
  const since = raw.since === undefined ? undefined : instant(raw.since, '--since', now, zone);
  const until = raw.until === undefined ? undefined : instant(raw.until, '--until', now, zone);
  if (since !== undefined && until !== undefined && since > until) {
    refuse('bad-time', '--since is later than --until, so that no record lies between them');
  }
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
}

/** An RFC 3339 time, a date, or a span before now (`15m`, `2h`). */
function instant(value: string, option: string, now: number, zone: string | undefined): number {
  const spanMs = parseDurationMs(value);
  if (spanMs !== undefined) return now - spanMs;
  const clock = zonedClock(now, zone ?? 'UTC');
  const text = /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00` : value;
  const stamp = readIsoStamp(text, clock);
  if (stamp !== undefined && stamp.length === text.length) return stamp.instant;
  return refuse(
    'bad-time',
    `${option}: not a time: "${value}"`,
    'for instance 2026-11-21T14:02:00Z, 2026-11-21, or a span before now such as 15m or 2h',
  );
}

/** A whole number within bounds. */
export function wholeNumber(value: string, option: string, least: number, most: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  return refuse('usage', `${option}: not a number from ${least} to ${most}: "${value}"`);
}

/** Columns of prose and tables: what `--width` says, else the terminal's as far as lines stay readable. */
export function textColumns(width: string | undefined, { stdout }: Io): number {
  return width === undefined ? Math.min(stdout.columns, 120) : wholeNumber(width, '--width', 40, 500);
}
