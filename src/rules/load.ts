import { suggest, type Condition, type Knowledge, type Problem, type Rule } from '../model/index.ts';
import { groupNames } from './literals.ts';
import { toCondition, toRule } from './parse-knowledge.ts';
import { placeholders } from './template.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

export interface KnowledgeFile {
  /** As shown to the user; its base name is the domain of the conditions in it. */
  readonly name: string;
  readonly content: string;
}

/** Captures that may be there for every match: from the record, or made of others. */
const COMMON_CAPTURES = [
  'peer', 'service', 'container', 'pod', 'request', 'code', 'durationMs', 'duration', 'status', 'route', 'path', 'method', 'statement',
];

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
  return { knowledge: { conditions, rules }, problems: inOrderOf(files, problems) };
}

/** As one reads: file after file, from top to bottom. */
function inOrderOf(files: readonly KnowledgeFile[], problems: readonly Problem[]): readonly Problem[] {
  const place = new Map(files.map(({ name }, index) => [name, index]));
  const fileOf = ({ source = '' }: Problem): number => place.get(source) ?? 0;
  return problems.toSorted(
    (a, b) => fileOf(a) - fileOf(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
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
      const same = conditions.get(condition.id);
      problems.push(...conditionTemplateProblems(file, condition, index));
      if (same === undefined) conditions.set(condition.id, condition);
      else problems.push(duplicate(`condition "${condition.id}"`, `domain ${same.domain}`, at(file, index, 'id')));
    }
  }
  return conditions;
}

function duplicate(what: string, origin: string, place: ReturnType<typeof at>): Problem {
  return { code: 'rules-duplicate', message: `${what} exists already`, ...place, hint: `the first one is in ${origin}; give this one an id of its own` };
}

function addRules(
  files: readonly YamlFile[],
  known: readonly Rule[],
  conditions: ReadonlyMap<string, Condition>,
  problems: Problem[],
): readonly Rule[] {
  const names = new Set(files.map(({ name }) => name));
  // A file that is known already is read anew, not added again: an author checks the package's own rules like that.
  const ids = idsIn(files);
  const kept = known.filter(({ origin, id }) => !(names.has(origin) && ids.has(id)));
  const rules = new Map(kept.map((rule) => [rule.id, rule]));
  for (const file of files) {
    if (file.kind !== 'rules') continue;
    for (const { value, index } of file.entries) {
      const rule = readRule(file, value, index, { conditions, problems });
      if (rule === undefined) continue;
      const wrong = ruleProblems(file, rule, index, rules, conditions);
      problems.push(...wrong);
      if (wrong.length === 0) rules.set(rule.id, rule);
    }
  }
  return [...rules.values()];
}

function idsIn(files: readonly YamlFile[]): ReadonlySet<unknown> {
  return new Set(files.flatMap(({ entries }) => entries.map(({ value }) => (value as { readonly id?: unknown }).id)));
}

interface Reading {
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly problems: Problem[];
}

function readRule(file: YamlFile, value: unknown, index: number, { conditions, problems }: Reading): Rule | undefined {
  try {
    return toRule(value, file.name, conditions);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const reason = error.message.slice(error.message.lastIndexOf(': ') + 2).toLowerCase();
    problems.push({
      code: 'rules-regex',
      message: `the regular expression does not compile: ${reason}`,
      ...at(file, index, ...regexPath(value as Readonly<Record<string, unknown>>)),
      hint: REGEX_HINTS[reason] ?? 'regular expressions are those of JavaScript with the flags m and u',
    });
    return undefined;
  }
}

/** By what V8 says of an expression. */
const REGEX_HINTS: Readonly<Record<string, string>> = {
  'invalid escape': String.raw`only ^ $ \ . * + ? ( ) [ ] { } | / may be escaped, and - within brackets`,
  'invalid group': 'named groups are (?<name>…); for any case put `ignoreCase: true` beside it',
  'invalid capture group name': 'groups are named in letters and digits: (?<host>…)',
  'duplicate capture group name': 'use `any` with one expression for each form',
  'lone quantifier brackets': String.raw`write \{ and \} for braces that stand for themselves`,
};

/** Where the first expression stands that does not compile. */
function regexPath({ match, not }: Readonly<Record<string, unknown>>): readonly (string | number)[] {
  return brokenRegexIn({ match, not }) ?? [];
}

function brokenRegexIn(value: unknown, path: readonly (string | number)[] = []): readonly (string | number)[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (key === 'regex' && typeof child === 'string' && !compiles(child)) return here;
    const deeper = brokenRegexIn(child, here);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
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
  const same = rules.get(rule.id);
  if (same !== undefined) problems.push(duplicate(`rule "${rule.id}"`, same.origin, at(file, index, 'id')));
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

type Text = readonly [text: string | undefined, path: readonly (string | number)[]];

/** The texts with templates that rules and conditions share. */
function textsOf({ title, rootCause, solution, recovery }: Pick<Rule, 'title' | 'rootCause' | 'solution' | 'recovery'>): readonly Text[] {
  return [
    [title, ['title']],
    [rootCause, ['rootCause']],
    [solution, ['solution']],
    ...recovery.flatMap(({ step, run, verify }, index): readonly Text[] => [
      [step, ['recovery', index, 'step']],
      [run, ['recovery', index, 'run']],
      [verify, ['recovery', index, 'verify']],
    ]),
  ];
}

function templateProblems(file: YamlFile, rule: Rule, index: number): Problem[] {
  const captures = new Set([...capturesOf(rule), ...COMMON_CAPTURES]);
  return textsOf(rule).flatMap(([text, path]) =>
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

/** A condition is there for every rule that words it, and none of them need capture what it names. */
function conditionTemplateProblems(file: YamlFile, condition: Condition, index: number): Problem[] {
  return textsOf(condition).flatMap(([text, path]) =>
    placeholders(text ?? '')
      .filter(({ hasFallback }) => !hasFallback)
      .map(({ name }): Problem => ({
        code: 'rules-template',
        message: `the template of a condition names "${name}" without a fallback`,
        ...at(file, index, ...path),
        hint: `{{${name}|…}} says what stands there when no rule captures it`,
      })),
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
