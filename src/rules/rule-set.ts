import { SEVERITY_NUMBER, type Captures, type LogRecord, type Match, type Rule } from '../model/index.ts';
import type { Literal } from '../scan/index.ts';
import { parseLiteral } from './attribute-literals.ts';
import { compileMatch, type Matcher } from './matcher.ts';
import { recordText } from './record-text.ts';

interface CompiledRule {
  readonly rule: Rule;
  readonly matcher: Matcher;
  readonly vetoes: readonly Matcher[];
}

/**
 * Literals that nearly every record of error level holds, however it is written; they make a record a candidate for the
 * unexplained errors. Five bytes at least, like every literal of the scan.
 */
const ERROR_LEVEL_LITERALS = [
  // The word as a level: behind or before what sets levels off, in text, logfmt and JSON.
  'error:', 'error]', '[error', ' error ', '=error', ':"error"', ': "error"', 'error|', 'error\t', 'error/', 'error -', 'error>',
  'fatal', 'panic', 'critical', ' crit ', '[crit]', ':crit]', '"crit"', 'severe:', ' severe ', ' severe]', 'emerg]', 'alert]',
  ' err] ', '[err] ', '[ftl] ', 'level=err', ' err ', ' fail: ', 'fail: ', ':"err"', '"s":"e"', '"s":"f"', '"level":50', '"level":60',
  // What failures begin with that have no level.
  'exception:', 'exception in ', 'traceback (', 'unhandled', 'uncaught', 'error) ', 'err! ',
] as const;

/** The rules of a run, ready to be tried on records. */
export class RuleSet {
  readonly rules: readonly Rule[];
  /** What the scan looks for; indexes are those of its hits. */
  readonly literals: readonly Literal[];
  /** False when a rule has to be tried on every line because nothing can be required of it. */
  readonly isSelective: boolean;
  readonly #compiled: readonly CompiledRule[];
  readonly #rulesOfLiteral: readonly (readonly number[])[];
  readonly #always: readonly number[];

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
    this.#compiled = rules.map((rule) => ({ rule, matcher: compileMatch(rule.match), vetoes: rule.not.map(compileMatch) }));
    const owners = ownersOfLiterals(rules);
    this.literals = [...owners.keys()].map(parseLiteral);
    this.#rulesOfLiteral = [...owners.values()];
    this.#always = rules.flatMap((rule, index) => (rule.literals === undefined ? [index] : []));
    this.isSelective = this.#always.length === 0;
  }

  /**
   * All rules that match a record which holds these literals, in the order of the rules; without those that another one
   * of them stands over.
   */
  match(record: LogRecord, literals: ReadonlySet<number>): Match[] {
    const candidates = this.#candidates(literals);
    if (candidates.length === 0) return [];
    const text = recordText(record);
    const isTriedAgain = speaksOfRetry(record);
    const matches: Match[] = [];
    for (const index of candidates) {
      const compiled = this.#compiled[index];
      if (compiled === undefined || isBelow(record, compiled.rule, isTriedAgain)) continue;
      const match = tryRule(compiled, record, text);
      if (match !== undefined) matches.push(match);
    }
    return withoutOverruled(matches);
  }

  #candidates(literals: ReadonlySet<number>): readonly number[] {
    const indexes = new Set(this.#always);
    for (const literal of literals) for (const index of this.#rulesOfLiteral[literal] ?? []) indexes.add(index);
    return [...indexes].sort((a, b) => a - b);
  }
}

function ownersOfLiterals(rules: readonly Rule[]): ReadonlyMap<string, number[]> {
  const owners = new Map<string, number[]>(ERROR_LEVEL_LITERALS.map((literal) => [literal, []]));
  for (const [index, rule] of rules.entries()) {
    for (const literal of rule.literals ?? []) {
      const list = owners.get(literal);
      if (list === undefined) owners.set(literal, [index]);
      else list.push(index);
    }
  }
  return owners;
}

function withoutOverruled(matches: Match[]): Match[] {
  const overruled = new Set(matches.flatMap(({ rule }) => rule.over));
  return overruled.size === 0 ? matches : matches.filter(({ rule }) => !overruled.has(rule.id));
}

function tryRule({ rule, matcher, vetoes }: CompiledRule, record: LogRecord, text: string): Match | undefined {
  const found = matcher(record, text);
  if (found === undefined || vetoes.some((veto) => veto(record, text) !== undefined)) return undefined;
  return { rule, record, offset: found.offset, captures: complete(found.captures, record) };
}

/**
 * A record known to be less than what the rule asks for is no failure: it only speaks of one. A level that stands in the
 * text (`INFO …` in a layout that no format knows) is known like that of a field; a record that tells none is tried.
 */
function isBelow({ severityNumber }: LogRecord, rule: Rule, isTriedAgain: boolean): boolean {
  if (severityNumber === undefined) return false;
  const least = rule.minSeverity ?? (rule.isFallback ? 'warning' : 'info');
  return severityNumber < SEVERITY_NUMBER[least] || (rule.minSeverity === undefined && isTriedAgain);
}

/** At info a failure that is tried again is none yet. */
const TRIED_AGAIN = /\b(?:retr(?:y|ies|ied|ying)|try(?:ing)? again|tried again|re-?attempt|attempt \d|reconnecting|backing off)\b/i;

function speaksOfRetry({ severityNumber = SEVERITY_NUMBER.warning, body }: LogRecord): boolean {
  return severityNumber < SEVERITY_NUMBER.warning && TRIED_AGAIN.test(body.slice(0, 2_000));
}

/** Adds what the record itself knows, and `peer` from host and port. */
function complete(captures: Captures, record: LogRecord): Captures {
  const all: Record<string, string> = { ...captures };
  const { host, port } = all;
  if (all['peer'] === undefined && host !== undefined) all['peer'] = port === undefined ? host : `${host}:${port}`;
  for (const [capture, attribute] of RECORD_CAPTURES) {
    const value = record.attributes.get(attribute);
    if (all[capture] === undefined && value !== undefined) all[capture] = String(value);
  }
  return all;
}

const RECORD_CAPTURES = [
  ['service', 'service.name'],
  ['container', 'container.name'],
  ['pod', 'k8s.pod.name'],
  ['request', 'request.id'],
  ['code', 'error.code'],
  ['durationMs', 'duration_ms'],
  ['status', 'http.response.status_code'],
  ['path', 'url.path'],
  ['method', 'http.request.method'],
  ['route', 'http.route'],
  ['statement', 'db.query.text'],
] as const;
