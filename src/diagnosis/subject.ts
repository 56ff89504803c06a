import type { Captures, Rule } from '../model/index.ts';

/** Captures that say what a failure is about, when a rule does not name its own. */
const USUAL_IDENTITY = [
  'peer',
  'host',
  'port',
  'database',
  'table',
  'column',
  'constraint',
  'index',
  'user',
  'queue',
  'topic',
  'exchange',
  'group',
  'file',
  'container',
  'pod',
  'image',
  'module',
  'node',
];

const MAX_LENGTH = 200;

/** What a match is about, in one line: `127.0.0.1:5432`, `orders email`; '' when nothing identifies it. */
export function subjectOf(rule: Rule, captures: Captures): string {
  const names = rule.identity ?? USUAL_IDENTITY;
  const hasPeer = captures['peer'] !== undefined && names.includes('peer');
  const parts: string[] = [];
  for (const name of names) {
    if (hasPeer && (name === 'host' || name === 'port')) continue;
    if (rule.identity === undefined && name === 'container' && !isOwn(rule, name)) continue;
    if (rule.identity === undefined && name === 'pod' && !isOwn(rule, name)) continue;
    const value = captures[name];
    if (value !== undefined && !parts.includes(value)) parts.push(value);
  }
  return parts.join(' ').slice(0, MAX_LENGTH);
}

const ownCaptures = new WeakMap<Rule, string>();

/** Where a record comes from identifies a failure only for rules that capture it themselves. */
function isOwn(rule: Rule, name: string): boolean {
  const match = ownCaptures.get(rule) ?? JSON.stringify(rule.match);
  ownCaptures.set(rule, match);
  return match.includes(`(?<${name}>`);
}
