import type { Captures, Impact } from '../model/index.ts';
import { worstImpact } from '../model/index.ts';
import type { GrowingFinding } from './finding-store.ts';
import { extendTime } from './finding-store.ts';

/** Findings of one condition that are about the same thing, whichever technology reported them. */
export interface Trouble {
  readonly condition: string;
  readonly findings: GrowingFinding[];
  readonly captures: Captures;
  readonly severity: Impact;
  readonly count: number;
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
  readonly order: number;
}

/** What must not differ between two findings of one condition for them to be one trouble. */
const IDENTIFYING = ['peer', 'database', 'table', 'column', 'constraint', 'queue', 'topic', 'file', 'module', 'image'];

/** Groups findings by condition and by what they are about. */
export function groupFindings(findings: readonly GrowingFinding[]): readonly Trouble[] {
  const groups: GrowingFinding[][] = [];
  const ordered = [...findings].sort((a, b) => identityCount(b) - identityCount(a) || a.order - b.order);
  for (const finding of ordered) {
    const group = groups.find((members) => members.every((member) => isSameTrouble(member, finding)));
    if (group === undefined) groups.push([finding]);
    else group.push(finding);
  }
  return groups.map(toTrouble).sort((a, b) => a.order - b.order);
}

function identityCount({ captures }: GrowingFinding): number {
  return IDENTIFYING.filter((name) => captures[name] !== undefined).length;
}

/** The same condition, and no identifying capture that both have differs. */
function isSameTrouble(a: GrowingFinding, b: GrowingFinding): boolean {
  if (a.rule.condition !== b.rule.condition) return false;
  return IDENTIFYING.every((name) => {
    const [left, right] = [a.captures[name], b.captures[name]];
    return left === undefined || right === undefined || sameValue(left, right);
  });
}

/** `localhost:5432`, `127.0.0.1:5432` and `::1:5432` are the same address. */
export function sameValue(a: string, b: string): boolean {
  return a === b || localName(a) === localName(b);
}

function localName(value: string): string {
  return value.replace(/^(?:127\.0\.0\.1|\[?::1\]?|0\.0\.0\.0|\[::ffff:127\.0\.0\.1\])(?=:|$)/, 'localhost');
}

function toTrouble(findings: GrowingFinding[]): Trouble {
  findings.sort((a, b) => b.count - a.count || a.order - b.order);
  const span: { firstSeen: number | undefined; lastSeen: number | undefined } = { firstSeen: undefined, lastSeen: undefined };
  for (const { firstSeen, lastSeen } of findings) {
    extendTime(span, firstSeen);
    extendTime(span, lastSeen);
  }
  return {
    condition: findings[0]?.rule.condition ?? '',
    findings,
    captures: Object.assign({}, ...findings.map(({ captures }) => captures).reverse()) as Captures,
    severity: worstImpact(findings.map(({ severity }) => severity)) ?? 'info',
    count: findings.reduce((sum, { count }) => sum + count, 0),
    ...span,
    order: Math.min(...findings.map(({ order }) => order)),
  };
}
