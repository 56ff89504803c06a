import type { Rule } from '../model/index.ts';

export interface RuleSelection {
  /** Ids or globs (`postgresql/*`) of rules or conditions; only these are used when there are any. */
  readonly only?: readonly string[];
  readonly disable?: readonly string[];
  /** Technologies whose rules are used; all when absent. */
  readonly technologies?: readonly string[];
}

/** The rules that a selection leaves, in their order. */
export function selectRules(rules: readonly Rule[], selection: RuleSelection): readonly Rule[] {
  const only = (selection.only ?? []).map(globTest);
  const disabled = (selection.disable ?? []).map(globTest);
  const technologies = selection.technologies ?? [];
  return rules.filter((rule) => {
    const names = [rule.id, rule.condition];
    if (only.length > 0 && !only.some((test) => names.some(test))) return false;
    if (disabled.some((test) => names.some(test))) return false;
    return technologies.length === 0 || technologies.includes(rule.technology);
  });
}

/** Patterns that name no rule and no condition: probably typing errors. */
export function unusedPatterns(rules: readonly Rule[], patterns: readonly string[]): readonly string[] {
  return patterns.filter((pattern) => {
    const test = globTest(pattern);
    return !rules.some((rule) => test(rule.id) || test(rule.condition));
  });
}

/** `*` stands for any text, `?` for one character. */
function globTest(pattern: string): (name: string) => boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const regex = new RegExp(`^${source}$`);
  return (name) => regex.test(name);
}
