import { compileEngine, type Engine } from '../../engine.ts';
import { FORMATS, fixedClock } from '../../formats/index.ts';
import { Intake } from '../../intake.ts';
import { DoctorError, type Knowledge, type LogRecord } from '../../model/index.ts';
import { draftRule, UNCHOSEN_CONDITION, type RuleDraft } from '../../rules/draft-rule.ts';
import { everyLineScanner } from '../../scan/index.ts';
import { openSource, STDIN } from '../../sources/index.ts';
import type { Io } from '../io.ts';
import { readKnowledge, unknownId, type KnowledgeOptions } from '../knowledge.ts';

export interface NewRuleOptions extends KnowledgeOptions {
  readonly condition?: string;
  /** One: of the rule that is drafted. */
  readonly as?: string;
}

const MAX_PASTED_BYTES = 256 * 1024;
const TECHNOLOGY = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Drafts a rule from log lines that were pasted: as an argument, or on standard input. */
export async function newRuleCommand(text: string | undefined, options: NewRuleOptions, io: Io): Promise<void> {
  const knowledge = await readKnowledge(options);
  checkChoices(options, knowledge);
  const engine = compileEngine(knowledge);
  const record = mostTelling(recordsOf(text ?? (await pastedText(io)), engine, io));
  const known = engine.ruleSet.match(record, new Set(engine.ruleSet.literals.keys())).map(({ rule }) => rule);
  const [first] = known;
  if (first !== undefined) {
    io.stderr.write(`backend-doctor: known already: ${first.id} (${first.condition}) matches this record\n`);
  }
  const { condition, as: technology } = options;
  const draft = draftRule(record, knowledge, {
    ...(condition === undefined ? {} : { condition }),
    ...(technology === undefined ? {} : { technology }),
    claimedFor: known.map((rule) => rule.condition),
  });
  io.stdout.write(await yamlOf(draft));
}

function checkChoices({ condition, as }: NewRuleOptions, knowledge: Knowledge): void {
  if (condition !== undefined && !knowledge.conditions.has(condition)) {
    throw new DoctorError([unknownId(condition, knowledge)]);
  }
  if (as !== undefined && !TECHNOLOGY.test(as)) {
    throw new DoctorError([{ code: 'usage', message: `--as: "${as}" is no name`, hint: 'in kebab-case: my-service' }]);
  }
}

async function pastedText(io: Io): Promise<string> {
  if (io.isStdinTty) io.stderr.write('Paste the log lines of one failure, then press Ctrl-D.\n');
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of openSource(STDIN, () => io.now()).chunks({ signal: io.signal })) {
    bytes += chunk.length;
    if (bytes > MAX_PASTED_BYTES) {
      const hint = 'paste the lines of one failure; a whole log is for `backend-doctor app.log`';
      throw new DoctorError([{ code: 'usage', message: `more than ${MAX_PASTED_BYTES} bytes were pasted`, hint }]);
    }
    chunks.push(chunk.slice());
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** All records of the text, as the analysis would read them. */
function recordsOf(text: string, engine: Engine, io: Io): readonly LogRecord[] {
  const records: LogRecord[] = [];
  const options = {
    scanner: everyLineScanner(engine.scanner),
    formats: FORMATS,
    clock: fixedClock(io.now()),
    maxLineBytes: MAX_PASTED_BYTES,
  };
  const intake = new Intake('pasted', options, (record) => records.push(record));
  intake.feed(new TextEncoder().encode(text.endsWith('\n') ? text : `${text}\n`));
  intake.end();
  return records;
}

/** The worst record, of equal ones the first. */
function mostTelling(records: readonly LogRecord[]): LogRecord {
  const [first] = records
    .filter(({ raw }) => raw.trim() !== '')
    .toSorted((a, b) => (b.severityNumber ?? 0) - (a.severityNumber ?? 0));
  if (first === undefined) {
    throw new DoctorError([
      {
        code: 'usage',
        message: 'there is no line to make a rule of',
        hint: "backend-doctor rules new 'the log line', or pipe it in",
      },
    ]);
  }
  return first;
}

/** The draft as a file of rules, with what is left to do as comments. */
async function yamlOf({ entry, likelyConditions }: RuleDraft): Promise<string> {
  const { stringify } = await import('yaml');
  const text = stringify([entry], { lineWidth: 0, singleQuote: true });
  const likely = likelyConditions.length === 0 ? '' : ` Likely: ${likelyConditions.join(', ')}.`;
  const choose = `  # \`backend-doctor rules list --conditions\` names all.${likely}\n`;
  return text
    .replace(/^ {2}condition: /m, (line) => (entry.condition === UNCHOSEN_CONDITION ? choose + line : line))
    .replace(/^ {4}noMatch:/m, (line) => `    # Better: a real line that looks alike and is no failure.\n${line}`);
}
