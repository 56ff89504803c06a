import type {
  AttributeTest,
  Condition,
  Impact,
  LevelName,
  MatchNode,
  RecoveryStep,
  Rule,
  RuleExample,
  Seed,
  Threshold,
} from '../model/index.ts';
import { parseDurationMs } from './duration.ts';
import { requiredLiterals } from './literals.ts';

/**
 * Turns entries that fit the schemas into the model. The shapes below are what the schemas promise.
 */
interface ConditionEntry {
  readonly id: string;
  readonly title: string;
  readonly severity: Impact;
  readonly rootCause: string;
  readonly solution: string;
  readonly recovery?: readonly RecoveryStep[];
  readonly checklist?: readonly string[];
  readonly minSeverity?: LevelName;
  readonly identity?: readonly string[];
  readonly leadsTo?: readonly string[];
  readonly references?: readonly string[];
  readonly seeds?: readonly Seed[];
}

export function toCondition(entry: unknown, domain: string): Condition {
  const { recovery = [], checklist = [], leadsTo = [], references = [], seeds = [], ...rest } = entry as ConditionEntry;
  return { ...rest, domain, recovery, checklist, leadsTo, references, seeds };
}

type NodeEntry = Readonly<Record<string, unknown>>;
type ExampleEntry = string | RuleExample;

interface RuleEntry {
  readonly id: string;
  readonly condition: string;
  readonly title: string;
  readonly severity?: Impact;
  readonly minSeverity?: LevelName;
  readonly match: NodeEntry;
  readonly not?: readonly NodeEntry[];
  readonly over?: readonly string[];
  readonly fallback?: boolean;
  readonly identity?: readonly string[];
  readonly literals?: 'none' | readonly string[];
  readonly threshold?: { readonly count: number; readonly within: string; readonly by?: readonly string[] };
  readonly rootCause?: string;
  readonly solution?: string;
  readonly recovery?: readonly RecoveryStep[];
  readonly checklist?: readonly string[];
  readonly references?: readonly string[];
  readonly examples?: { readonly match?: readonly ExampleEntry[]; readonly noMatch?: readonly ExampleEntry[] };
}

/**
 * A rule, with what its condition says for rules that do not say it themselves.
 * @throws {SyntaxError} when a regular expression does not compile.
 */
export function toRule(data: unknown, origin: string, conditions: ReadonlyMap<string, Condition>): Rule {
  const entry = data as RuleEntry;
  const match = toNode(entry.match);
  const literals = literalsOf(entry, match);
  const { id, title, severity, rootCause, solution, threshold } = entry;
  const condition = conditions.get(entry.condition);
  const identity = entry.identity ?? condition?.identity;
  const minSeverity = entry.minSeverity ?? condition?.minSeverity;
  return {
    id,
    technology: id.split('/')[0] ?? id,
    condition: entry.condition,
    title,
    ...(severity === undefined ? {} : { severity }),
    ...(minSeverity === undefined ? {} : { minSeverity }),
    match,
    not: (entry.not ?? []).map(toNode),
    over: entry.over ?? [],
    isFallback: entry.fallback ?? false,
    ...(identity === undefined ? {} : { identity }),
    ...(threshold === undefined ? {} : { threshold: toThreshold(threshold) }),
    ...(rootCause === undefined ? {} : { rootCause }),
    ...(solution === undefined ? {} : { solution }),
    recovery: entry.recovery ?? [],
    checklist: entry.checklist ?? [],
    references: entry.references ?? [],
    examples: {
      match: (entry.examples?.match ?? []).map(toExample),
      noMatch: (entry.examples?.noMatch ?? []).map(toExample),
    },
    ...(literals === undefined ? {} : { literals }),
    origin,
  };
}

function literalsOf({ literals }: RuleEntry, match: MatchNode): readonly string[] | undefined {
  if (literals === 'none') return undefined;
  return literals?.map((literal) => literal.toLowerCase()) ?? requiredLiterals(match);
}

function toThreshold({ count, within, by = [] }: NonNullable<RuleEntry['threshold']>): Threshold {
  return { count, withinMs: parseDurationMs(within) ?? 0, by };
}

function toExample(example: ExampleEntry): RuleExample {
  return typeof example === 'string' ? { text: example } : example;
}

/** Several keys in one node must all hold. */
function toNode(entry: NodeEntry): MatchNode {
  const nodes: MatchNode[] = [];
  const { contains, regex, ignoreCase, attribute, severity, any, all, not } = entry;
  if (contains !== undefined) nodes.push({ kind: 'contains', texts: [contains].flat() as string[] });
  if (typeof regex === 'string') {
    compileCheck(regex);
    nodes.push({ kind: 'regex', source: regex, ignoreCase: ignoreCase === true });
  }
  if (attribute !== undefined) nodes.push({ kind: 'attribute', tests: toTests(attribute as NodeEntry) });
  if (severity !== undefined) nodes.push({ kind: 'severity', atLeast: (severity as { atLeast: LevelName }).atLeast });
  if (any !== undefined) nodes.push({ kind: 'any', nodes: (any as NodeEntry[]).map(toNode) });
  if (all !== undefined) nodes.push({ kind: 'all', nodes: (all as NodeEntry[]).map(toNode) });
  if (not !== undefined) nodes.push({ kind: 'not', node: toNode(not as NodeEntry) });
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { kind: 'all', nodes };
}

function toTests(attribute: NodeEntry): (readonly [string, AttributeTest])[] {
  return Object.entries(attribute).map(([name, test]) => {
    if (typeof test !== 'object' || test === null) return [name, { equals: test as string | number | boolean }];
    const { regex } = test as AttributeTest;
    if (regex !== undefined) compileCheck(regex);
    return [name, test];
  });
}

function compileCheck(source: string): void {
  void new RegExp(source, 'mu');
}
