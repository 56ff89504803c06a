import type { Attributes } from '../model/index.ts';
import type { ParsedLine } from './format.ts';
import { addStandardNames, flattenFields, traceContext, type JsonObject } from './json-fields.ts';
import { severityOfWord } from './levels.ts';
import { epochToMs, readDayFirstStamp, readIsoStamp, type Clock } from './time.ts';

/** A level as a field states it. */
export interface StatedLevel {
  readonly severityNumber: number;
  readonly severityText: string;
}

/** What a JSON format read of its own fields; the rest of the object becomes attributes. */
export interface JsonReading {
  readonly timestamp?: number | undefined;
  readonly level?: StatedLevel | undefined;
  readonly body: string;
  /** Paths that are not repeated as attributes. */
  readonly known: readonly string[];
  /** Objects whose fields also stand under their own names (`fields.error` as `error`). */
  readonly promoted?: readonly unknown[];
  readonly extra?: readonly (readonly [name: string, value: string | number | undefined])[];
}

/** The line as a record: every field under its dotted path, the standard names beside them. */
export function jsonRecord(object: JsonObject, reading: JsonReading): ParsedLine {
  const { timestamp, level } = reading;
  const attributes = attributesOf(object, reading);
  return {
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(level === undefined ? {} : level),
    body: reading.body,
    attributes,
    ...traceContext(attributes),
  };
}

const MESSAGES: ReadonlySet<string> = new Set(['msg', 'message', 'Message', 'RenderedMessage']);

function attributesOf(object: JsonObject, { body, known, promoted = [], extra = [] }: JsonReading): Attributes {
  // Of two messages one becomes the body; the other one must not be lost.
  const isBody = (name: string): boolean =>
    !MESSAGES.has(name) || typeof object[name] !== 'string' || object[name] === body;
  const attributes = flattenFields(object, known.filter(isBody));
  for (const inner of promoted) {
    if (!isObject(inner)) continue;
    for (const [name, value] of flattenFields(inner)) if (!attributes.has(name)) attributes.set(name, value);
  }
  for (const [name, value] of extra) if (value !== undefined) attributes.set(name, value);
  addStandardNames(attributes);
  return attributes;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A level word, also with the colours that winston's `colorize` leaves in it. */
export function wordLevel(value: unknown): StatedLevel | undefined {
  if (typeof value !== 'string') return undefined;
  const severityText = value.replace(/\x1b\[[\d;]{0,16}m/g, '').trim();
  const severityNumber = severityOfWord(severityText);
  return severityNumber === undefined ? undefined : { severityNumber, severityText };
}

/** A time as a field states it: an epoch in any unit (also as text), ISO 8601, or the Common Log Format. */
export function timeOf(value: unknown, clock: Clock): number | undefined {
  if (typeof value === 'number') return epochToMs(value);
  if (typeof value !== 'string') return undefined;
  if (/^\d{9,19}(?:\.\d{1,9})?$/.test(value)) return epochToMs(Number(value));
  return (readIsoStamp(value, clock) ?? readDayFirstStamp(value, clock))?.instant;
}

/** The first of some values that is text and not empty; '' when none is. */
export function firstText(...values: readonly unknown[]): string {
  for (const value of values) if (typeof value === 'string' && value !== '') return value;
  return '';
}
