import type { MatchNode, Rule } from '../model/index.ts';

/** A regular expression as it is compiled. */
export interface Expression {
  readonly source: string;
  readonly flags: string;
}

/** All expressions that a rule tries on log text. */
export function expressionsOf({ match, not }: Pick<Rule, 'match' | 'not'>): readonly Expression[] {
  return [match, ...not].flatMap(expressionsIn);
}

function expressionsIn(node: MatchNode): readonly Expression[] {
  switch (node.kind) {
    case 'regex':
      return [{ source: node.source, flags: flagsOf(node) }];
    case 'attribute':
      return node.tests.flatMap(([, { regex }]) => (regex === undefined ? [] : [{ source: regex, flags: flagsOf({}) }]));
    case 'any':
    case 'all':
      return node.nodes.flatMap(expressionsIn);
    case 'not':
      return expressionsIn(node.node);
    case 'contains':
    case 'severity':
      return [];
  }
}

/** `^` and `$` are bounds of lines, and a character is a code point. */
export function flagsOf({ ignoreCase = false }: { readonly ignoreCase?: boolean }): string {
  return ignoreCase ? 'imu' : 'mu';
}
