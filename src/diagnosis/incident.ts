import type { Captures, Impact } from '../model/index.ts';
import { worstImpact } from '../model/index.ts';
import type { GrowingFinding } from './finding-store.ts';
import { extendTime, OTHER_SUBJECTS } from './finding-store.ts';

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

/** What the findings of a trouble have in common. */
export const SUBJECT_CAPTURES: readonly string[] = [...IDENTIFYING, 'host', 'port'];

/** Troubles are compared with each other, so there may not be many more than this; a condition keeps four apart at least. */
const MAX_TROUBLES = 400;
const MIN_APART = 4;

/** Groups findings by condition and by what they are about; where there are very many, the rarest of a condition together. */
export function groupFindings(findings: readonly GrowingFinding[]): readonly Trouble[] {
  const byCondition = new Map<string, GrowingFinding[]>();
  for (const finding of findings) {
    const { condition } = finding.rule;
    const list = byCondition.get(condition);
    if (list === undefined) byCondition.set(condition, [finding]);
    else list.push(finding);
  }
  const limit = Math.max(MIN_APART, Math.floor(MAX_TROUBLES / byCondition.size));
  return [...byCondition.values()].flatMap((list) => groupCondition(list, limit)).sort((a, b) => a.order - b.order);
}

function groupCondition(findings: readonly GrowingFinding[], limit: number): readonly Trouble[] {
  const byCount = findings.toSorted((a, b) => b.count - a.count || a.order - b.order);
  const kept = byCount.slice(0, limit);
  const rest = byCount.slice(limit);
  const groups: GrowingFinding[][] = [];
  for (const finding of kept.toSorted((a, b) => identityCount(b) - identityCount(a) || a.order - b.order)) {
    const group = groups.find((members) => members.every((member) => isSameTrouble(member, finding)));
    if (group === undefined) groups.push([finding]);
    else group.push(finding);
  }
  const troubles = groups.map((group) => toTrouble(group));
  return rest.length === 0 ? troubles : [...troubles, { ...toTrouble(rest), captures: {} }];
}

function identityCount(finding: GrowingFinding): number {
  return IDENTIFYING.filter((name) => identityOf(finding, name) !== undefined).length;
}

/** What a capture says of the subject; undefined where the rule's own `identity` leaves the capture out. */
function identityOf({ rule, captures }: GrowingFinding, name: string): string | undefined {
  const isOwn =
    rule.identity === undefined || rule.identity.includes(name) || (name === 'peer' && rule.identity.includes('host'));
  return isOwn ? captures[name] : undefined;
}

/** The same condition, and no identifying capture that both have differs. */
function isSameTrouble(a: GrowingFinding, b: GrowingFinding): boolean {
  if (a.rule.condition !== b.rule.condition) return false;
  if ((a.subject === OTHER_SUBJECTS) !== (b.subject === OTHER_SUBJECTS)) return false;
  return IDENTIFYING.every((name) => {
    const [left, right] = [identityOf(a, name), identityOf(b, name)];
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
  const span: { firstSeen: number | undefined; lastSeen: number | undefined } = {
    firstSeen: undefined,
    lastSeen: undefined,
  };
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
