import type { Condition, Knowledge, Problem, Rule } from '../model/index.ts';
import { groupNames } from './literals.ts';
import { toCondition, toRule } from './parse-knowledge.ts';
import { suggest } from './suggest.ts';
import { placeholders } from './template.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

export interface KnowledgeFile {
  /** As shown to the user; its base name is the domain of the conditions in it. */
  readonly name: string;
  readonly content: string;
}

/** Captures that are there for every match: from the record, or made of others. */
const COMMON_CAPTURES = new Set(['peer', 'service', 'container', 'pod', 'request', 'code', 'durationMs', 'duration', 'status', 'route', 'path', 'method']);

/**
 * Reads files of conditions and rules on top of what is known already. A wrong entry is left out and reported with
 * file, line, column and a hint; the rest is used.
 */
export function loadKnowledge(
  files: readonly KnowledgeFile[],
  base: Knowledge = { conditions: new Map(), rules: [] },
): { readonly knowledge: Knowledge; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const parsed = files.map(({ name, content }) => readYamlFile(name, content));
  for (const file of parsed) problems.push(...file.problems);
  const conditions = addConditions(parsed, base.conditions, problems);
  const rules = addRules(parsed, base.rules, conditions, problems);
  checkLeadsTo(parsed, conditions, problems);
  return { knowledge: { conditions, rules }, problems };
}

function at(file: YamlFile, index: number, ...path: readonly (string | number)[]): Pick<Problem, 'source' | 'line' | 'column'> {
  return { source: file.name, ...file.locate([index, ...path]) };
}

function addConditions(
  files: readonly YamlFile[],
  known: ReadonlyMap<string, Condition>,
  problems: Problem[],
): ReadonlyMap<string, Condition> {
  const conditions = new Map(known);
  for (const file of files) {
    if (file.kind !== 'conditions') continue;
    const domain = file.name.replace(/^.*[\\/]/, '').replace(/\.ya?ml$/, '');
    for (const { value, index } of file.entries) {
      const condition = toCondition(value, domain);
      if (conditions.has(condition.id)) {
        problems.push({ code: 'rules-duplicate', message: `condition "${condition.id}" exists already`, ...at(file, index, 'id') });
      } else conditions.set(condition.id, condition);
    }
  }
  return conditions;
}

function addRules(
  files: readonly YamlFile[],
  known: readonly Rule[],
  conditions: ReadonlyMap<string, Condition>,
  problems: Problem[],
): readonly Rule[] {
  const rules = new Map(known.map((rule) => [rule.id, rule]));
  for (const file of files) {
    if (file.kind !== 'rules') continue;
    for (const { value, index } of file.entries) {
      const rule = readRule(file, value, index, problems);
      if (rule === undefined) continue;
      const wrong = ruleProblems(file, rule, index, rules, conditions);
      problems.push(...wrong);
      if (wrong.length === 0) rules.set(rule.id, rule);
    }
  }
  return [...rules.values()];
}

function readRule(file: YamlFile, value: unknown, index: number, problems: Problem[]): Rule | undefined {
  try {
    return toRule(value, file.name);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    problems.push({
      code: 'rules-regex',
      message: error.message.replace('Invalid regular expression: ', ''),
      ...at(file, index, ...regexPath(value)),
      hint: 'regular expressions are JavaScript with the u flag: escape only what needs it, name groups (?<name>…)',
    });
    return undefined;
  }
}

/** Where the first expression stands that does not compile. */
function regexPath(value: unknown, path: readonly (string | number)[] = []): readonly (string | number)[] {
  if (typeof value !== 'object' || value === null) return [];
  for (const [key, child] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'regex' && typeof child === 'string' && !compiles(child)) return here;
    const deeper = regexPath(child, here);
    if (deeper.length > 0) return deeper;
  }
  return [];
}

function compiles(source: string): boolean {
  try {
    void new RegExp(source, 'mu');
    return true;
  } catch {
    return false;
  }
}

function ruleProblems(
  file: YamlFile,
  rule: Rule,
  index: number,
  rules: ReadonlyMap<string, Rule>,
  conditions: ReadonlyMap<string, Condition>,
): Problem[] {
  const problems: Problem[] = [];
  if (rules.has(rule.id)) {
    problems.push({ code: 'rules-duplicate', message: `rule "${rule.id}" exists already`, ...at(file, index, 'id') });
  }
  if (!conditions.has(rule.condition)) {
    const close = suggest(rule.condition, conditions.keys());
    problems.push({
      code: 'rules-unknown-condition',
      message: `unknown condition "${rule.condition}"`,
      ...at(file, index, 'condition'),
      hint: close === undefined ? '`backend-doctor rules list --conditions` names all of them' : `did you mean "${close}"?`,
    });
  }
  return [...problems, ...templateProblems(file, rule, index)];
}

function templateProblems(file: YamlFile, rule: Rule, index: number): Problem[] {
  const captures = new Set([...capturesOf(rule), ...COMMON_CAPTURES]);
  const texts: [text: string | undefined, path: readonly (string | number)[]][] = [
    [rule.title, ['title']],
    [rule.rootCause, ['rootCause']],
    [rule.solution, ['solution']],
    ...rule.recovery.flatMap(({ step, run, verify }, at): [string | undefined, (string | number)[]][] => [
      [step, ['recovery', at, 'step']],
      [run, ['recovery', at, 'run']],
      [verify, ['recovery', at, 'verify']],
    ]),
  ];
  return texts.flatMap(([text, path]) =>
    placeholders(text ?? '')
      .filter(({ name, hasFallback }) => !hasFallback && !captures.has(name))
      .map(({ name }): Problem => {
        const close = suggest(name, captures);
        return {
          code: 'rules-template',
          message: `the template names "${name}", which this rule does not capture`,
          ...at(file, index, ...path),
          hint: close === undefined ? `give a fallback: {{${name}|…}}` : `did you mean {{${close}}}?`,
        };
      }),
  );
}

/** Names of all groups in the rule's match. */
export function capturesOf(rule: Pick<Rule, 'match'>): readonly string[] {
  const names = new Set<string>();
  const walk = (node: Rule['match']): void => {
    if (node.kind === 'regex') for (const name of groupNames(node.source)) names.add(name);
    if (node.kind === 'any' || node.kind === 'all') node.nodes.forEach(walk);
    if (node.kind === 'attribute') {
      for (const [, test] of node.tests) for (const name of groupNames(test.regex ?? '')) names.add(name);
    }
  };
  walk(rule.match);
  return [...names];
}

function checkLeadsTo(files: readonly YamlFile[], conditions: ReadonlyMap<string, Condition>, problems: Problem[]): void {
  for (const file of files) {
    if (file.kind !== 'conditions') continue;
    for (const { value, index } of file.entries) {
      for (const [place, id] of ((value as { leadsTo?: readonly string[] }).leadsTo ?? []).entries()) {
        if (conditions.has(id)) continue;
        const close = suggest(id, conditions.keys());
        problems.push({
          code: 'rules-unknown-condition',
          message: `leadsTo names the unknown condition "${id}"`,
          ...at(file, index, 'leadsTo', place),
          ...(close === undefined ? {} : { hint: `did you mean "${close}"?` }),
        });
      }
    }
  }
}
