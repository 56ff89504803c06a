import type { Match } from '../model/index.ts';
import { recordBodyOrder } from './cause-order.ts';
import { genericity, isEnding, type CauseGraph } from './cause-graph.ts';

/** What a record says: its innermost cause, and what else it names as consequences of it. */
export interface RecordVerdict {
  readonly cause: Match;
  readonly consequences: readonly Match[];
}

/**
 * Orders the matches of one record. Of several rules for one condition the most telling one counts; a specific condition
 * stands before a generic one; between specific ones `leadsTo` decides, and where it is silent the order in which the
 * text nests its causes.
 */
export function judgeRecord(matches: readonly Match[], graph: CauseGraph): RecordVerdict | undefined {
  const distinct = mostTelling(withoutFallbacks(matches));
  const [first] = distinct;
  if (first === undefined) return undefined;
  if (distinct.length === 1) return { cause: first, consequences: [] };
  const depth = recordBodyOrder(first.record);
  const [cause = first, ...consequences] = [...distinct].sort(
    (a, b) =>
      genericity(a.rule.condition) - genericity(b.rule.condition) ||
      byCausation(a, b, graph) ||
      depth(b) - depth(a) ||
      a.rule.id.localeCompare(b.rule.id),
  );
  return { cause, consequences };
}

/**
 * The matches that claim the same record as this one for another condition, while nothing but their place in the text
 * tells which of the two is the cause: neither is more generic and neither leads to the other.
 */
export function rivalsOf(match: Match, matches: readonly Match[], graph: CauseGraph): readonly Match[] {
  const { condition } = match.rule;
  return matches.filter(
    (other) =>
      other.rule.condition !== condition &&
      !other.rule.isFallback &&
      genericity(other.rule.condition) === genericity(condition) &&
      byCausation(match, other, graph) === 0,
  );
}

function byCausation(a: Match, b: Match, graph: CauseGraph): number {
  const forward = graph.distance(a.rule.condition, b.rule.condition);
  const backward = graph.distance(b.rule.condition, a.rule.condition);
  if (forward === backward) return 0;
  return (forward ?? Infinity) < (backward ?? Infinity) ? -1 : 1;
}

/** What any program may repeat counts where nothing else tells why. */
function withoutFallbacks(matches: readonly Match[]): readonly Match[] {
  const telling = matches.filter(({ rule }) => !rule.isFallback);
  return telling.some(({ rule }) => !isEnding(rule.condition)) ? telling : matches;
}

/** One match a condition: the one that captures most; its captures are filled up from the others. */
function mostTelling(matches: readonly Match[]): readonly Match[] {
  const byCondition = new Map<string, Match>();
  for (const match of matches) {
    const known = byCondition.get(match.rule.condition);
    byCondition.set(match.rule.condition, known === undefined ? match : merge(known, match));
  }
  return [...byCondition.values()];
}

function merge(a: Match, b: Match): Match {
  const [kept, other] = telling(b) > telling(a) ? [b, a] : [a, b];
  return { ...kept, captures: { ...other.captures, ...kept.captures } };
}

function telling({ captures }: Match): number {
  return Object.keys(captures).length;
}
