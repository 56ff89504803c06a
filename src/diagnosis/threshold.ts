import type { Match, Threshold } from '../model/index.ts';

const MAX_KEYS = 10_000;
/** A key that has been silent for this long starts anew, whatever its window. */
const MAX_TIMES = 10_000;

interface Window {
  /** Times of the matches that still count, in order of arrival. */
  readonly times: number[];
  /** Set while the count stays at or above the threshold, so that one burst fires once and then counts on. */
  isOver: boolean;
}

/**
 * Holds back the matches of rules with a threshold until enough of them with the same key fall within its window. Time is
 * that of the log; records without one count as simultaneous, so that only their number decides.
 */
export class ThresholdGate {
  readonly #windows = new Map<string, Window>();
  droppedKeys = 0;

  /** True when the match is to be counted. */
  passes(match: Match): boolean {
    const { threshold } = match.rule;
    if (threshold === undefined) return true;
    const window = this.#windowOf(keyOf(match, threshold));
    const now = match.record.timestamp ?? 0;
    window.times.push(now);
    while (window.times.length > 0 && (window.times[0] ?? now) < now - threshold.withinMs) window.times.shift();
    if (window.times.length > MAX_TIMES) window.times.shift();
    window.isOver = window.times.length >= threshold.count;
    return window.isOver;
  }

  #windowOf(key: string): Window {
    const known = this.#windows.get(key);
    if (known !== undefined) {
      this.#windows.delete(key);
      this.#windows.set(key, known);
      return known;
    }
    if (this.#windows.size >= MAX_KEYS) this.#forgetOldest();
    const window = { times: [], isOver: false };
    this.#windows.set(key, window);
    return window;
  }

  #forgetOldest(): void {
    const oldest = this.#windows.keys().next();
    if (oldest.done === true) return;
    this.#windows.delete(oldest.value);
    this.droppedKeys++;
  }
}

function keyOf(match: Match, { by }: Threshold): string {
  return [match.rule.id, ...by.map((name) => keyPart(match, name))].join('\u0000');
}

function keyPart({ record, captures }: Match, name: string): string {
  if (name === 'request') return requestOf(record);
  if (name === 'source') return record.location.source;
  const value = captures[name] ?? String(record.attributes.get(name) ?? '');
  return name === 'statement' ? normaliseStatement(value) : value;
}

/** The request or trace; else the process and thread that did the work, within its source and stream. */
function requestOf(record: Match['record']): string {
  const request = record.traceId ?? record.attributes.get('request.id');
  if (request !== undefined) return String(request);
  const { location, stream, attributes } = record;
  return [location.source, stream, attributes.get('process.pid') ?? '', attributes.get('thread.name') ?? ''].join('|');
}

/** A statement without its literals, so that the same query for another row is the same statement. */
export function normaliseStatement(statement: string): string {
  return statement
    .replaceAll(/'(?:[^']|'')*'/g, '?')
    .replaceAll(/\$\d+|:\w+|@\w+|%s/g, '?')
    .replaceAll(/\b\d+(?:\.\d+)?\b/g, '?')
    .replaceAll(/\((?:\s*\?\s*,?)+\)/g, '(?)')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
