import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { DoctorError, type Problem, type Rule } from '../../model/index.ts';
import { plural } from '../../outputs/layout.ts';
import { expressionsOf, type Expression } from '../../rules/expressions.ts';
import { whyUnproved } from '../../rules/prove.ts';
import type { Io } from '../io.ts';

const HEADER =
  '# SHA-256 of expressions proved free of catastrophic backtracking by `backend-doctor rules lint --proofs`';
const SAVE_EVERY = 50;

/**
 * Proves every expression of the rules free of catastrophic backtracking. A proof takes about a second, so a file can
 * remember what is proved: it is read before, and written with the proofs of exactly these rules.
 */
export async function proveRules(
  rules: readonly Rule[],
  file: string | undefined,
  io: Io,
): Promise<readonly Problem[]> {
  await demandRecheck();
  const remembered = file === undefined || !existsSync(file) ? new Set<string>() : readProofs(file);
  const expressions = new Map<string, { rule: Rule; expression: Expression }>();
  for (const rule of rules) {
    for (const expression of expressionsOf(rule)) expressions.set(digestOf(expression), { rule, expression });
  }
  const proved = new Set([...expressions.keys()].filter((digest) => remembered.has(digest)));
  const open = [...expressions].filter(([digest]) => !proved.has(digest));
  if (open.length > 0) io.stderr.write(`backend-doctor: proving ${plural(open.length, 'expression')}\n`);
  const problems: Problem[] = [];
  const queue = open.values();
  const work = async (): Promise<void> => {
    for (const [digest, { rule, expression }] of queue) {
      if (io.signal.aborted) return;
      const reason = await whyUnproved(expression);
      if (reason === undefined) proved.add(digest);
      else problems.push(unproved(rule, expression, reason));
      if (file !== undefined && proved.size % SAVE_EVERY === 0) writeProofs(file, proved);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (file !== undefined) writeProofs(file, proved);
  return problems;
}

/** @throws {DoctorError} when recheck is not installed. */
async function demandRecheck(): Promise<void> {
  try {
    await import('recheck');
  } catch {
    const hint = 'npm install --save-dev recheck';
    throw new DoctorError([{ code: 'usage', message: '--prove needs the package recheck', hint }]);
  }
}

function digestOf({ source, flags }: Expression): string {
  return createHash('sha256').update(`/${source}/${flags}`).digest('hex').slice(0, 16);
}

function unproved(rule: Rule, { source }: Expression, reason: string): Problem {
  return {
    code: 'rules-regex',
    message: `${rule.id}: not proved free of catastrophic backtracking: ${reason}`,
    source: rule.origin,
    hint: `bound the repetitions that can stand for the same text: ${source.slice(0, 200)}`,
  };
}

/** @throws {DoctorError} when the file holds something else: it would be overwritten. */
function readProofs(file: string): Set<string> {
  const [header, ...digests] = readFileSync(file, 'utf8').trimEnd().split('\n');
  if (header !== HEADER) {
    const hint = 'name a file that does not exist yet, or that --proofs has written';
    throw new DoctorError([{ code: 'usage', message: `--proofs: ${file} holds no proofs`, hint }]);
  }
  return new Set(digests);
}

function writeProofs(file: string, proved: ReadonlySet<string>): void {
  writeFileSync(file, `${[HEADER, ...[...proved].toSorted()].join('\n')}\n`);
}
