import { Doctor, type DoctorOptions } from './doctor.ts';
import type { Engine } from './engine.ts';
import type { Problem, Report } from './model/index.ts';
import { isPause, type Source } from './sources/index.ts';

export interface ReadProgress {
  readonly source: string;
  readonly bytes: number;
  readonly sizeBytes?: number;
}

export interface AnalyzeSourcesOptions extends DoctorOptions {
  /** What was found wrong with the input before it was opened. */
  readonly problems?: readonly Problem[];
  /** Ends reading; the report holds what was read until then. */
  readonly signal?: AbortSignal;
  /** For live input: after so many milliseconds without bytes, what is known so far is shown. */
  readonly idleMs?: number;
  /** Told after each batch. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Told when live input pauses. */
  readonly onPause?: () => void;
}

/** Reads sources one after the other into one report. */
export async function analyzeSources(
  sources: readonly Source[],
  engine: Engine,
  options: AnalyzeSourcesOptions = {},
): Promise<Report> {
  const doctor = new Doctor(engine, options);
  for (const problem of options.problems ?? []) doctor.addProblem(problem);
  for (const source of sources) {
    if (options.signal?.aborted === true) break;
    await readSource(source, doctor, options);
  }
  return doctor.report();
}

/** Reads sources side by side as they come, until all have ended. `open` is given where to report problems. */
export async function followSources(
  open: (onProblem: (problem: Problem) => void) => AsyncIterable<Source>,
  engine: Engine,
  options: AnalyzeSourcesOptions = {},
): Promise<Report> {
  const doctor = new Doctor(engine, options);
  const reading: Promise<void>[] = [];
  const sources = open((problem) => doctor.addProblem(problem));
  for await (const source of sources) reading.push(readSource(source, doctor, options));
  await Promise.all(reading);
  return doctor.report();
}

async function readSource(source: Source, doctor: Doctor, options: AnalyzeSourcesOptions): Promise<void> {
  const { name, modifiedAt, sizeBytes } = source;
  const { signal, idleMs } = options;
  let bytes = 0;
  const chunks = source.chunks({
    onProblem: (problem) => doctor.addProblem(problem),
    ...(signal === undefined ? {} : { signal }),
    ...(idleMs === undefined ? {} : { idleMs }),
  });
  for await (const chunk of chunks) {
    if (isPause(chunk)) {
      doctor.flush();
      options.onPause?.();
      continue;
    }
    doctor.feed(name, chunk, modifiedAt);
    bytes += chunk.length;
    options.onProgress?.({ source: name, bytes, ...(sizeBytes === undefined ? {} : { sizeBytes }) });
  }
  doctor.end(name, modifiedAt);
}
