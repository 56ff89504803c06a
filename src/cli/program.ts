import { Command, CommanderError, Option } from 'commander';
import { DoctorError } from '../model/index.ts';
import { escapeForTerminal } from '../outputs/escape-terminal.ts';
import { OUTPUTS } from '../outputs/index.ts';
import { VERSION } from '../version.ts';
import { EXIT, type Io } from './io.ts';
import type { RawOptions } from './options.ts';
import { TargetList } from './target-list.ts';

const EXAMPLES = `
Examples:
  tail -f app.log | backend-doctor                diagnose a live log
  kubectl logs -f deploy/api --all-containers --prefix | backend-doctor
  backend-doctor 'logs/**/*.log*'                 files, globs, .gz and .zst
  backend-doctor --fail-on error test.log         exit code 1 in CI
  backend-doctor --format json --output report.json --format terminal app.log
  backend-doctor explain deadlock                 what is known, without a log
  backend-doctor --rules my-rules.yaml app.log    with rules of your own

Exit codes:
  0  ran; with --fail-on: nothing that bad was found
  1  something at or above --fail-on was found
  2  usage, rules or input are wrong
  3  internal error
`;

/** Runs the command line; gives the exit code. Never throws for what a user can do. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = buildProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportFailure(error, io);
  }
}

/** Says on stderr what ended the run; gives the exit code. */
export function reportFailure(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof DoctorError) {
    for (const line of escapeForTerminal(error.message).split('\n')) {
      io.stderr.write(line.startsWith('  ') ? `${line}\n` : `backend-doctor: ${line}\n`);
    }
    return EXIT.usage;
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = io.env['BACKEND_DOCTOR_DEBUG'] !== undefined && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  io.stderr.write(
    `backend-doctor: internal error: ${message}${stack}\n  hint: please report it; BACKEND_DOCTOR_DEBUG=1 shows where it happened\n`,
  );
  return EXIT.internal;
}

type SetExit = (code: number) => void;

const OUTPUT_IDS = OUTPUTS.map(({ id }) => id).join(', ');

const collect = (value: string, previous: readonly string[] = []): string[] => [...previous, value];

function buildProgram(io: Io, setExit: SetExit): Command {
  const program = new Command('backend-doctor')
    .description(
      'Reads the logs of any backend, finds the failures it knows, tells root cause from symptom and says what to do next.',
    )
    .version(VERSION, '-V, --version')
    .argument('[paths...]', 'files, directories, globs, or - for stdin (the default)')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(usageMessage(text)),
    })
    .addHelpText('after', EXAMPLES);
  addAnalysisOptions(program);
  addKnowledgeOptions(program);
  program.action(async (paths: string[], options: RawOptions) => {
    const [{ analyzeCommand }, { orCommandMeant }] = await Promise.all([
      import('./commands/analyze.ts'),
      import('./mistaken-command.ts'),
    ]);
    const commands = program.commands.map((command) => command.name());
    setExit(await orCommandMeant(paths, commands, () => analyzeCommand(paths, options, io)));
  });
  addRulesCommand(program, io, setExit);
  addExplainCommand(program, io);
  addFormatsCommand(program, io);
  return program;
}

/** What commander complains of, in the words of the other messages. */
function usageMessage(text: string): string {
  const [message = '', ...rest] = escapeForTerminal(text)
    .trimEnd()
    .replace(/^error: /, '')
    .split('\n');
  const hints = rest.map((line) => `  hint: ${line.replace(/^\(Did you mean (.*)\?\)$/, 'did you mean $1?')}\n`);
  return `backend-doctor: ${message} [usage]\n${hints.join('')}`;
}

function addAnalysisOptions(program: Command): void {
  const list = new TargetList();
  program
    .option('-f, --follow', 'follow the files as they grow, through rotation')
    .addOption(
      new Option(
        '--format <id>',
        `how to show the result: ${OUTPUT_IDS}; repeatable, each with its own --output`,
      ).argParser((value: string) => list.addFormat(value)),
    )
    .addOption(
      new Option('--output <file>', 'write that --format to a file instead of stdout').argParser((value: string) =>
        list.addFile(value),
      ),
    )
    .option('--log-format <id>', 'read every line as this format (see `backend-doctor formats`)')
    .option('--technology <name>', 'use only the rules of this technology; repeatable', collect)
    .option('--min-severity <level>', 'leave out records below: trace, debug, info, warning, error, fatal')
    .option('--since <time>', 'leave out records before: RFC 3339, a date, or a span before now (15m, 2h)')
    .option('--until <time>', 'leave out records after')
    .option('--timezone <zone>', 'zone of times that name none (default: UTC)')
    .option(
      '--fail-on <severity|condition>',
      'exit with 1 when something at least that bad, or that condition, is found',
    )
    .option('--top <n>', 'how many diagnoses the terminal output shows in full', '10')
    .option('--width <columns>', 'width of the terminal output')
    .option('--no-progress', 'no progress on stderr');
  program.hook('preAction', () => {
    program.setOptionValue('targets', list.targets);
  });
}

function addKnowledgeOptions(command: Command): Command {
  return command
    .option('--rules <path>', 'add rules from a YAML file or directory; repeatable', collect)
    .option('--no-builtin-rules', 'use only the rules given with --rules')
    .option('--only <id|glob>', 'use only these rules or conditions; repeatable', collect)
    .option('--disable <id|glob>', 'leave out these rules or conditions; repeatable', collect);
}

function addRulesCommand(program: Command, io: Io, setExit: SetExit): void {
  const rules = program.command('rules').description('list, show, check, test and draft rules');
  addKnowledgeOptions(rules.command('list').description('all rules, or all conditions'))
    .option('--conditions', 'list the conditions')
    .option('--technology <name>', 'only rules of this technology; repeatable', collect)
    .option('--json', 'as JSON')
    .action(async (options: RawOptions & { conditions?: boolean; json?: boolean }) => {
      const { listRules } = await import('./commands/rules.ts');
      await listRules(options, io);
    });
  addKnowledgeOptions(rules.command('coverage').description('technology × condition: how many rules there are'))
    .option('--technology <name>', 'only rules of this technology; repeatable', collect)
    .addOption(new Option('--json', 'as JSON').conflicts('markdown'))
    .option('--markdown', 'as a page in Markdown')
    .option('--width <columns>', 'width of the output')
    .action(async (options: RawOptions & { json?: boolean; markdown?: boolean }) => {
      const { coverageCommand } = await import('./commands/rules-coverage.ts');
      await coverageCommand(options, io);
    });
  addKnowledgeOptions(rules.command('show').description('everything about a rule').argument('<id>')).action(
    async (id: string, options: RawOptions) => {
      const { showRule } = await import('./commands/rules.ts');
      await showRule(id, options, io);
    },
  );
  addKnowledgeOptions(
    rules.command('lint').description('check rules: schema, literals, examples').argument('[paths...]'),
  )
    .option('--prove', 'prove with recheck that no expression backtracks catastrophically')
    .option('--proofs <file>', 'the same, with a file that remembers what is proved')
    .action(async (paths: string[], options: RawOptions & { prove?: boolean; proofs?: string }) => {
      const { lintCommand } = await import('./commands/rules.ts');
      setExit(await lintCommand(paths, options, io));
    });
  addKnowledgeOptions(
    rules.command('test').description('run the examples of rules through the whole pipeline').argument('[paths...]'),
  ).action(async (paths: string[], options: RawOptions) => {
    const { testCommand } = await import('./commands/rules.ts');
    setExit(await testCommand(paths, options, io));
  });
  addNewRuleCommand(rules, io);
}

function addNewRuleCommand(rules: Command, io: Io): void {
  addKnowledgeOptions(
    rules
      .command('new')
      .description('draft a rule from a log line, or from lines pasted on stdin')
      .argument('[line]', 'what the rule is to find'),
  )
    .option('--condition <id>', 'the condition that it words')
    .option('--as <technology>', 'the technology it belongs to; guessed by default')
    .action(async (line: string | undefined, options: RawOptions & { condition?: string; as?: string }) => {
      const { newRuleCommand } = await import('./commands/rules-new.ts');
      await newRuleCommand(line, options, io);
    });
}

function addExplainCommand(program: Command, io: Io): void {
  addKnowledgeOptions(
    program.command('explain').description('the whole knowledge of a condition or rule').argument('<condition|rule>'),
  )
    .option('--json', 'as JSON')
    .option('--width <columns>', 'width of the output')
    .action(async (id: string, options: RawOptions & { json?: boolean }) => {
      const { explainCommand } = await import('./commands/explain.ts');
      await explainCommand(id, options, io);
    });
}

function addFormatsCommand(program: Command, io: Io): void {
  program
    .command('formats')
    .description('the log formats and wrappers that are understood')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { formatsCommand } = await import('./commands/formats.ts');
      formatsCommand(options, io);
    });
}
