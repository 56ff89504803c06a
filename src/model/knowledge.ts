import type { Impact, LevelName } from './severity.ts';

export type Risk = 'safe' | 'disruptive' | 'destructive';

export interface RecoveryStep {
  /** What to do, in words; may hold `{{templates}}`. */
  readonly step: string;
  /** A command, shown and never run. */
  readonly run?: string;
  readonly risk?: Risk;
  /** How to see that it worked. */
  readonly verify?: string;
  readonly code?: { readonly language: string; readonly text: string };
}

/** Where an entry of the knowledge comes from. */
export interface Seed {
  readonly document: string;
  readonly section: string;
  readonly entry: string;
}

/** A failure class, whatever the stack. */
export interface Condition {
  readonly id: string;
  readonly domain: string;
  readonly title: string;
  readonly severity: Impact;
  readonly rootCause: string;
  readonly solution: string;
  readonly recovery: readonly RecoveryStep[];
  readonly checklist: readonly string[];
  /** Least severity of a record whose severity is known, for rules that name none themselves; info when absent. */
  readonly minSeverity?: LevelName;
  /** Captures that tell one subject from another, for rules that name none themselves. */
  readonly identity?: readonly string[];
  /** Ids of the conditions that this one causes. */
  readonly leadsTo: readonly string[];
  readonly references: readonly string[];
  readonly seeds: readonly Seed[];
}

export interface AttributeTest {
  readonly equals?: string | number | boolean;
  readonly regex?: string;
  readonly gte?: number;
  readonly lte?: number;
  readonly exists?: boolean;
}

/** The match of a rule, a tree. */
export type MatchNode =
  | { readonly kind: 'contains'; readonly texts: readonly string[] }
  | { readonly kind: 'regex'; readonly source: string; readonly ignoreCase: boolean }
  | { readonly kind: 'attribute'; readonly tests: readonly (readonly [name: string, test: AttributeTest])[] }
  | { readonly kind: 'severity'; readonly atLeast: LevelName }
  | { readonly kind: 'any'; readonly nodes: readonly MatchNode[] }
  | { readonly kind: 'all'; readonly nodes: readonly MatchNode[] }
  | { readonly kind: 'not'; readonly node: MatchNode };

/** The rule fires only when `count` matching records with the same key fall within `withinMs`. */
export interface Threshold {
  readonly count: number;
  readonly withinMs: number;
  readonly by: readonly string[];
}

export interface RuleExample {
  readonly text: string;
  readonly captures?: Readonly<Record<string, string>>;
}

/** How one technology words one condition. */
export interface Rule {
  readonly id: string;
  readonly technology: string;
  readonly condition: string;
  readonly title: string;
  readonly severity?: Impact;
  /**
   * Records whose severity is known to be below this make no finding. When absent it is info (warning for a fallback),
   * since programs log real failures at info, too; but what a program took for less than a warning is no more than one.
   */
  readonly minSeverity?: LevelName;
  readonly match: MatchNode;
  readonly not: readonly MatchNode[];
  /** Ids of rules that say less of the same record: where this rule matches, they do not count. */
  readonly over: readonly string[];
  /** Words that any program may repeat: they count where nothing else tells why a record failed. */
  readonly isFallback: boolean;
  /** Captures that tell one subject from another; the usual ones when absent. */
  readonly identity?: readonly string[];
  readonly threshold?: Threshold;
  readonly rootCause?: string;
  readonly solution?: string;
  readonly recovery: readonly RecoveryStep[];
  readonly checklist: readonly string[];
  readonly references: readonly string[];
  readonly examples: { readonly match: readonly RuleExample[]; readonly noMatch: readonly RuleExample[] };
  /**
   * Literals (lower case) of which at least one stands in every line set that can match; undefined where none could be
   * derived, and then every line is a candidate for the rule.
   */
  readonly literals?: readonly string[];
  /** File that it was read from, for messages. */
  readonly origin: string;
}

export interface Knowledge {
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly rules: readonly Rule[];
}
