import { analyzeSources, followSources, type AnalyzeSourcesOptions } from '../../analyze.ts';
import { compileEngine, type Engine } from '../../engine.ts';
import {
  compareImpact,
  DoctorError,
  formatProblem,
  type Knowledge,
  type Problem,
  type Report,
} from '../../model/index.ts';
import { selectRules, type RuleSelection } from '../../rules/index.ts';
import { escapeForTerminal } from '../../outputs/escape-terminal.ts';
import { expandPaths, followPaths, openSource, STDIN, type Input } from '../../sources/index.ts';
import { EXIT, type Io } from '../io.ts';
import { readKnowledge, selectionOf } from '../knowledge.ts';
import { LiveView } from '../live-view.ts';
import { failOn, level, logFormatId, timeRange, timezone, type FailOn, type RawOptions } from '../options.ts';
import { openOutputs } from '../output-targets.ts';
import { ProgressLine } from '../progress-line.ts';

/** How long live input may pause before what it has said so far is shown. */
const IDLE_MS = 150;

/** The default command: reads logs, prints what is wrong with them; gives the exit code. */
export async function analyzeCommand(paths: readonly string[], raw: RawOptions, io: Io): Promise<number> {
  const filters = filtersOf(raw, io);
  const knowledge = await readKnowledge(raw);
  const limit = raw.failOn === undefined ? undefined : failOn(raw.failOn, knowledge.conditions);
  const engine = compileEngine(knowledge, usableSelection(raw, knowledge));
  const outputs = await openOutputs(raw, io);
  const live = new LiveView(outputs.onStdout, outputs.context, isLive(paths, raw), io);
  const reader = await readerFor(paths, raw, io, (problem) => live.say(warningText(problem)));
  const progress = new ProgressLine(io, raw.progress && !isLive(paths, raw));
  const report = await reader(engine, {
    ...filters,
    signal: io.signal,
    now: () => io.now(),
    idleMs: IDLE_MS,
    onPause: () => live.pause(),
    onProgress: (state) => {
      progress.show(state);
      live.tick();
    },
    ...(live.isWanted ? { onFinding: (event) => live.take(event) } : {}),
  });
  progress.clear();
  live.end();
  outputs.write(report);
  return exitCodeOf(report, limit);
}

/** What goes wrong while files are followed is said at once: the report may be hours away. */
function warningText(problem: Problem): string {
  return `backend-doctor: ${escapeForTerminal(formatProblem(problem))}\n`;
}

/** A run without rules would find nothing and look like good news. */
function usableSelection(raw: RawOptions, knowledge: Knowledge): RuleSelection {
  const selection = selectionOf(raw, knowledge);
  if (selectRules(knowledge.rules, selection).length > 0) return selection;
  const hint = raw.builtinRules ? 'see --only, --disable and --technology' : 'name rules of your own with --rules';
  throw new DoctorError([{ code: 'usage', message: 'no rule is left to look for', hint }]);
}

function filtersOf(raw: RawOptions, io: Io): AnalyzeSourcesOptions {
  const zone = raw.timezone === undefined ? undefined : timezone(raw.timezone);
  return {
    ...(zone === undefined ? {} : { timezone: zone }),
    ...timeRange(raw, io.now(), zone),
    ...(raw.minSeverity === undefined ? {} : { minSeverity: level(raw.minSeverity) }),
    ...(raw.logFormat === undefined ? {} : { logFormat: logFormatId(raw.logFormat) }),
  };
}

/** Whether the input may go on for ever: files that are followed, or whatever stands behind standard input. */
function isLive(paths: readonly string[], raw: RawOptions): boolean {
  return raw.follow === true || paths.length === 0 || paths.includes('-');
}

type Reader = (engine: Engine, options: AnalyzeSourcesOptions) => Promise<Report>;

/** Finds the inputs before anything is read, so that a wrong path is said at once. */
async function readerFor(
  paths: readonly string[],
  raw: RawOptions,
  io: Io,
  warn: (problem: Problem) => void,
): Promise<Reader> {
  const { cwd, signal } = io;
  const now = (): number => io.now();
  if (paths.length === 0 && io.isStdinTty) throw nothingToRead();
  // Standard input is always read as it comes.
  if (raw.follow === true && paths.length > 0) {
    return (engine, options) =>
      followSources(
        (onProblem) => {
          const tell = (problem: Problem): void => {
            onProblem(problem);
            warn(problem);
          };
          return followPaths(paths, { cwd, now, signal, onProblem: tell });
        },
        engine,
        options,
      );
  }
  const { inputs, problems } =
    paths.length === 0 ? { inputs: [STDIN] as Input[], problems: [] } : await expandPaths(paths, { cwd });
  return (engine, options) =>
    analyzeSources(
      inputs.map((input) => openSource(input, now)),
      engine,
      { ...options, problems },
    );
}

function nothingToRead(): DoctorError {
  return new DoctorError([
    {
      code: 'usage',
      message: 'there is nothing to read',
      hint: 'name files (backend-doctor app.log) or pipe a log in (tail -f app.log | backend-doctor); --help shows more',
    },
  ]);
}

function exitCodeOf(report: Report, limit: FailOn | undefined): number {
  if (limit === undefined) return EXIT.ok;
  const found = report.diagnoses.flatMap((diagnosis) => [diagnosis, ...diagnosis.symptoms]);
  const isOver = found.some((entry) =>
    'impact' in limit ? compareImpact(entry.severity, limit.impact) >= 0 : entry.condition === limit.condition,
  );
  return isOver ? EXIT.failOn : EXIT.ok;
}
