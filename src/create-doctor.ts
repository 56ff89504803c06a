import { Doctor, type DoctorOptions } from './doctor.ts';
import { compileEngine, type Engine } from './engine.ts';
import { DoctorError, type Knowledge, type Report } from './model/index.ts';
import { builtinKnowledge, type RuleSelection } from './rules/index.ts';

export interface CreateDoctorOptions extends DoctorOptions, RuleSelection {
  /** What is known; the built-in rules and conditions by default, more with `loadRules`. */
  readonly knowledge?: Knowledge;
}

/** A doctor to feed and to read. */
export interface LogDoctor {
  /**
   * Takes the next piece of a log, cut anywhere.
   * @param source names the log in the report; `log` by default. Sources are read independently of each other.
   */
  feed(piece: Uint8Array | string, source?: string): void;
  /** Makes findings of the lines so far known through `onFinding`, although their records may still go on. */
  flush(): void;
  /** All that was found until now. What is fed afterwards goes on behind it, on a line of its own. */
  report(): Report;
}

const DEFAULT_SOURCE = 'log';

/**
 * Makes a doctor. Everything is synchronous; nothing but the built-in knowledge is read.
 * @throws {RangeError} when the time zone is not known.
 */
export function createDoctor(options: CreateDoctorOptions = {}): LogDoctor {
  const doctor = new Doctor(engineFor(options), options);
  const encoder = new TextEncoder();
  return {
    feed: (piece, source = DEFAULT_SOURCE) =>
      doctor.feed(source, typeof piece === 'string' ? encoder.encode(piece) : piece),
    flush: () => doctor.flush(),
    report: () => doctor.report(),
  };
}

/** Engines of whole knowledge bases: to make one takes longer than to read a short log with it. */
const engines = new WeakMap<Knowledge, Engine>();

function engineFor(options: CreateDoctorOptions): Engine {
  const { knowledge = builtinKnowledge(), only, disable, technologies } = options;
  const isWhole = only === undefined && disable === undefined && technologies === undefined;
  if (!isWhole) return compileEngine(knowledge, options);
  const engine = engines.get(knowledge) ?? compileEngine(knowledge);
  engines.set(knowledge, engine);
  return engine;
}

/**
 * The built-in knowledge and that of YAML files or directories.
 * @throws {DoctorError} with file, line, column and hint for everything that is wrong in them.
 */
export async function loadRules(paths: readonly string[], base: Knowledge = builtinKnowledge()): Promise<Knowledge> {
  const [{ userFiles }, { loadKnowledge }] = await Promise.all([
    import('./rules/knowledge-files.ts'),
    import('./rules/load.ts'),
  ]);
  const { knowledge, problems } = loadKnowledge(userFiles(paths), base);
  if (problems.length > 0) throw new DoctorError(problems);
  return knowledge;
}
