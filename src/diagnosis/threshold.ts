import type { LogRecord, Match, Threshold } from '../model/index.ts';

const MAX_KEYS = 10_000;
/** Matches that are held back for one key at most; a threshold's count bounds them as well. */
const MAX_HELD = 10_000;

interface Window {
  /** Matches that still count, in order of arrival; emptied when they are let through. */
  held: Match[];
  /** Times of the matches of a burst that was let through: it goes on while they come close enough. */
  burstLast: number | undefined;
}

/**
 * Holds back the matches of rules with a threshold until enough of them with the same key fall within its window, and
 * then lets them through, all of them. Time is that of the log; records without one count as simultaneous.
 */
export class ThresholdGate {
  readonly #windows = new Map<string, Window>();
  /** For work that no request id marks: the last key of each session. A run is over when another statement comes. */
  readonly #runs = new Map<string, string>();
  droppedKeys = 0;

  /** The matches that now count: none, the given one, or with it those that were held back. */
  take(match: Match): readonly Match[] {
    const { threshold } = match.rule;
    if (threshold === undefined) return [match];
    const key = keyOf(match, threshold);
    this.#endOtherRun(match, threshold, key);
    const window = this.#windowOf(key);
    const now = match.record.timestamp ?? 0;
    if (window.burstLast !== undefined && now - window.burstLast <= threshold.withinMs) {
      window.burstLast = now;
      return [match];
    }
    window.burstLast = undefined;
    window.held = [
      ...window.held.filter(({ record }) => (record.timestamp ?? 0) >= now - threshold.withinMs),
      match,
    ].slice(-MAX_HELD);
    if (window.held.length < threshold.count) return [];
    window.burstLast = now;
    return window.held.splice(0);
  }

  /** Without a request id only an unbroken run of one statement in one session counts: a busy session is no loop. */
  #endOtherRun(match: Match, { by }: Threshold, key: string): void {
    if (!by.includes('request') || requestIdOf(match.record) !== undefined) return;
    const session = `${match.rule.id}\u0000${sessionOf(match.record)}`;
    const last = this.#runs.get(session);
    if (last !== undefined && last !== key) this.#windows.delete(last);
    if (this.#runs.size >= MAX_KEYS && last === undefined) this.#runs.clear();
    this.#runs.set(session, key);
  }

  #windowOf(key: string): Window {
    const known = this.#windows.get(key);
    if (known !== undefined) {
      this.#windows.delete(key);
      this.#windows.set(key, known);
      return known;
    }
    if (this.#windows.size >= MAX_KEYS) this.#forgetOldest();
    const window: Window = { held: [], burstLast: undefined };
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
  if (name === 'request') return requestIdOf(record) ?? sessionOf(record);
  if (name === 'source') return record.location.source;
  const value = captures[name] ?? String(record.attributes.get(name) ?? '');
  return name === 'statement' ? normaliseStatement(value) : value;
}

function requestIdOf({ traceId, attributes }: LogRecord): string | undefined {
  const request = traceId ?? attributes.get('request.id');
  return request === undefined ? undefined : String(request);
}

/** The process and thread that did the work, within its source and stream. */
function sessionOf({ location, stream, attributes }: LogRecord): string {
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
