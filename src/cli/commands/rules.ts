import type { Knowledge, Problem, Rule } from '../../model/index.ts';
import { DoctorError, formatProblem } from '../../model/index.ts';
import { countText, plural } from '../../outputs/layout.ts';
import { builtinKnowledge, selectRules } from '../../rules/index.ts';
import { EXIT, type Io } from '../io.ts';
import { readKnowledge, selectionOf, unknownId, type KnowledgeOptions } from '../knowledge.ts';
import { lintRules } from './rules-lint.ts';
import { testExamples } from './rules-test.ts';

export async function listRules(
  options: KnowledgeOptions & { conditions?: boolean; json?: boolean },
  io: Io,
): Promise<void> {
  const knowledge = await readKnowledge(options);
  if (options.conditions === true) {
    const conditions = [...knowledge.conditions.values()].sort(
      (a, b) => a.domain.localeCompare(b.domain) || a.id.localeCompare(b.id),
    );
    if (options.json === true) return printJson(conditions, io);
    return printRows(
      conditions.map(({ id, domain, severity, title }) => [id, domain, severity, title]),
      io,
    );
  }
  const rules = selected(knowledge, options);
  if (options.json === true) return printJson(rules, io);
  return printRows(
    rules.map(({ id, condition, title }) => [id, condition, title]),
    io,
  );
}

function selected(knowledge: Knowledge, options: KnowledgeOptions): readonly Rule[] {
  return selectRules(knowledge.rules, selectionOf(options, knowledge));
}

function printJson(value: unknown, io: Io): void {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

function printRows(rows: readonly (readonly string[])[], io: Io): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)));
    io.stdout.write(`${cells.join('  ')}\n`);
  }
}

/** The rule as its file words it. */
export async function showRule(id: string, options: KnowledgeOptions, io: Io): Promise<void> {
  const knowledge = await readKnowledge(options);
  const rule = knowledge.rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new DoctorError([unknownId(id, knowledge)]);
  const { stringify } = await import('yaml');
  io.stdout.write(stringify(rule, { lineWidth: 120 }));
}

/** The rules of the given files, or all of them. */
async function rulesUnderTest(
  paths: readonly string[],
  options: KnowledgeOptions,
): Promise<{ knowledge: Knowledge; rules: readonly Rule[] }> {
  const knowledge = await readKnowledge({ ...options, rules: [...(options.rules ?? []), ...paths] });
  const rules = paths.length === 0 ? knowledge.rules : knowledge.rules.filter(({ origin }) => isBelow(origin, paths));
  const isNothing = rules.length === 0 && knowledge.conditions.size === builtinKnowledge().conditions.size;
  if (isNothing)
    throw new DoctorError([{ code: 'usage', message: 'there is neither a rule nor a condition to check' }]);
  return { knowledge, rules: selected({ ...knowledge, rules }, options) };
}

function isBelow(origin: string, paths: readonly string[]): boolean {
  return paths.some((path) => origin === path || origin.startsWith(`${path.replace(/\/$/, '')}/`));
}

export interface LintOptions extends KnowledgeOptions {
  /** Prove that no expression backtracks catastrophically. */
  readonly prove?: boolean;
  /** The file that remembers proofs. */
  readonly proofs?: string;
}

export async function lintCommand(paths: readonly string[], options: LintOptions, io: Io): Promise<number> {
  const { knowledge, rules } = await rulesUnderTest(paths, options);
  const problems = [...lintRules(knowledge, rules), ...(await unprovedExpressions(rules, options, io))];
  printProblems(problems, io);
  io.stdout.write(
    `${plural(rules.length, 'rule')}, ${plural(knowledge.conditions.size, 'condition')}, ${plural(problems.length, 'problem')}\n`,
  );
  return problems.length === 0 ? EXIT.ok : EXIT.failOn;
}

async function unprovedExpressions(
  rules: readonly Rule[],
  { prove, proofs }: LintOptions,
  io: Io,
): Promise<readonly Problem[]> {
  if (prove !== true && proofs === undefined) return [];
  const { proveRules } = await import('./rules-prove.ts');
  return proveRules(rules, proofs, io);
}

function printProblems(problems: readonly Problem[], io: Io): void {
  for (const problem of problems) io.stdout.write(`${formatProblem(problem)}\n`);
}

export async function testCommand(paths: readonly string[], options: KnowledgeOptions, io: Io): Promise<number> {
  const { knowledge, rules } = await rulesUnderTest(paths, options);
  const { examples, failures } = testExamples(knowledge, rules);
  for (const { rule, origin, text, reason } of failures) {
    io.stdout.write(`${origin}: ${rule}: ${reason}\n  ${JSON.stringify(text.slice(0, 200))}\n`);
  }
  io.stdout.write(
    `${plural(rules.length, 'rule')}, ${plural(examples, 'example')}, ${countText(failures.length)} failed\n`,
  );
  return failures.length === 0 ? EXIT.ok : EXIT.failOn;
}
