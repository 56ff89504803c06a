import type { Attributes, AttributeValue } from '../model/index.ts';
import type { ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readDayFirstStamp, readIsoStamp, readSlashStamp, type Clock, type ReadStamp } from './time.ts';

const ZERO = 0x30;
const NINE = 0x39;

/** What a text logger's line says, as far as it says it. */
export interface TextParts {
  readonly stamp?: ReadStamp | undefined;
  /** The level's word; its severity is looked up. */
  readonly level?: string | undefined;
  /** Instead of the word's own. */
  readonly severityNumber?: number | undefined;
  readonly body: string;
  readonly attributes?: readonly (readonly [name: string, value: AttributeValue | undefined])[];
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
}

/** A parsed line of what a text logger's line says. */
export function textLine({ stamp, level, severityNumber, body, attributes, traceId, spanId }: TextParts): ParsedLine {
  const severity = severityNumber ?? (level === undefined ? undefined : severityOfWord(level));
  return {
    ...(stamp === undefined ? {} : { timestamp: stamp.instant }),
    ...(severity === undefined ? {} : { severityNumber: severity }),
    ...(level === undefined ? {} : { severityText: level }),
    body,
    ...(attributes === undefined ? {} : { attributes: known(attributes) }),
    ...(traceId === undefined ? {} : { traceId }),
    ...(spanId === undefined ? {} : { spanId }),
  };
}

function known(pairs: readonly (readonly [string, AttributeValue | undefined])[]): Attributes {
  const attributes: Attributes = new Map();
  for (const [name, value] of pairs) if (value !== undefined && value !== '') attributes.set(name, value);
  return attributes;
}

/** A stamp in whichever of the usual notations stands at the start of a line, and what comes after it. */
export interface StampedText {
  readonly stamp: ReadStamp;
  readonly rest: string;
}

interface LastRead {
  readonly line: string;
  readonly clock: Clock;
  readonly answer: StampedText | undefined;
}

let last: LastRead | undefined;

/**
 * Reads a stamp and the text after it: ISO 8601, with slashes, or day first. Formats ask one after the other for the same
 * line, so the last answer is kept.
 */
export function readStamped(line: string, clock: Clock): StampedText | undefined {
  if (last?.line === line && last.clock === clock) return last.answer;
  const answer = stampedText(line, clock);
  last = { line, clock, answer };
  return answer;
}

function stampedText(line: string, clock: Clock): StampedText | undefined {
  const first = line.charCodeAt(0);
  if (!(first >= ZERO && first <= NINE)) return undefined;
  const stamp = readIsoStamp(line, clock) ?? readSlashStamp(line, clock) ?? readDayFirstStamp(line, clock);
  return stamp === undefined ? undefined : { stamp, rest: line.slice(stamp.length) };
}

/** Reads a stamp in brackets at the start of a line: `[2026-11-21 01:30:48 +0000]`. */
export function readBracketed(line: string, clock: Clock): StampedText | undefined {
  if (!line.startsWith('[')) return undefined;
  const found = readStamped(line.slice(1), clock);
  if (found === undefined || !found.rest.startsWith(']')) return undefined;
  return { stamp: found.stamp, rest: found.rest.slice(1) };
}

/** The number that digits say; undefined for none. */
export function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined || digits === '' || !Number.isFinite(Number(digits)) ? undefined : Number(digits);
}
