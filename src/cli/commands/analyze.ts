import { analyzeSources, followSources, type AnalyzeSourcesOptions } from '../../analyze.ts';
import { compileEngine, type Engine } from '../../engine.ts';
import { compareImpact, DoctorError, type Report } from '../../model/index.ts';
import { expandPaths, followPaths, openSource, STDIN, type Input } from '../../sources/index.ts';
import { EXIT, type Io } from '../io.ts';
import { readKnowledge, selectionOf } from '../knowledge.ts';
import { LiveView } from '../live-view.ts';
import { failOn, instant, level, logFormatId, timezone, type FailOn, type RawOptions } from '../options.ts';
import { openOutputs } from '../output-targets.ts';
import { ProgressLine } from '../progress-line.ts';

/** How long live input may pause before what it has said so far is shown. */
const IDLE_MS = 150;

/** The default command: reads logs, prints what is wrong with them; gives the exit code. */
export async function analyzeCommand(paths: readonly string[], raw: RawOptions, io: Io): Promise<number> {
  const filters = filtersOf(raw, io);
  const knowledge = await readKnowledge(raw);
  const limit = raw.failOn === undefined ? undefined : failOn(raw.failOn, knowledge.conditions);
  const engine = compileEngine(knowledge, selectionOf(raw, knowledge));
  const reader = await readerFor(paths, raw, io);
  const outputs = await openOutputs(raw, io);
  const live = new LiveView(outputs.onStdout, outputs.context, isLive(paths, raw), io);
  const progress = new ProgressLine(io, raw.progress);
  const report = await reader(engine, {
    ...filters,
    signal: io.signal,
    now: () => io.now(),
    idleMs: IDLE_MS,
    onPause: () => live.activate(),
    onProgress: (state) => progress.show(state),
    ...(live.isWanted ? { onFinding: (event) => live.take(event) } : {}),
  });
  progress.clear();
  live.end();
  outputs.write(report);
  return exitCodeOf(report, limit);
}

function filtersOf(raw: RawOptions, io: Io): AnalyzeSourcesOptions {
  const zone = raw.timezone === undefined ? undefined : timezone(raw.timezone);
  const now = io.now();
  return {
    ...(zone === undefined ? {} : { timezone: zone }),
    ...(raw.since === undefined ? {} : { since: instant(raw.since, '--since', now, zone) }),
    ...(raw.until === undefined ? {} : { until: instant(raw.until, '--until', now, zone) }),
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
async function readerFor(paths: readonly string[], raw: RawOptions, io: Io): Promise<Reader> {
  const { cwd, signal } = io;
  const now = (): number => io.now();
  if (paths.length === 0) {
    if (raw.follow === true) throw nothingToRead('--follow needs files to follow');
    if (io.isStdinTty) throw nothingToRead('there is nothing to read');
  }
  if (raw.follow === true) {
    return (engine, options) => followSources((onProblem) => followPaths(paths, { cwd, now, signal, onProblem }), engine, options);
  }
  const { inputs, problems } = paths.length === 0 ? { inputs: [STDIN] as Input[], problems: [] } : await expandPaths(paths, { cwd });
  return (engine, options) => analyzeSources(inputs.map((input) => openSource(input, now)), engine, { ...options, problems });
}

function nothingToRead(message: string): DoctorError {
  return new DoctorError([
    { code: 'usage', message, hint: 'name files (backend-doctor app.log) or pipe a log in (tail -f app.log | backend-doctor); --help shows more' },
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
