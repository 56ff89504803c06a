import { resolve } from 'node:path';
import { analyzeSources } from './analyze.ts';
import type { CreateDoctorOptions } from './create-doctor.ts';
import { compileEngine } from './engine.ts';
import type { Problem, Report } from './model/index.ts';
import { builtinKnowledge } from './rules/index.ts';
import { expandPaths, openSource, openStream, type Source } from './sources/index.ts';

/** What `analyze` reads: paths, directories and globs, or one stream of bytes or text. */
export type AnalyzeInput = string | readonly string[] | AsyncIterable<Uint8Array | string>;

export interface AnalyzeOptions extends CreateDoctorOptions {
  /** Where relative paths start; the working directory by default. */
  readonly cwd?: string;
  /** Ends reading; the report holds what was read until then. */
  readonly signal?: AbortSignal;
  /** Name of a stream in the report; `log` by default. */
  readonly source?: string;
}

/**
 * Reads logs to their end and tells what is wrong with them.
 * @example const { diagnoses } = await analyze('logs/*.log')
 * @throws {DoctorError} when a path does not exist or a pattern matches nothing.
 */
export async function analyze(input: AnalyzeInput, options: AnalyzeOptions = {}): Promise<Report> {
  const { sources, problems } = await sourcesOf(input, options);
  const engine = compileEngine(options.knowledge ?? builtinKnowledge(), options);
  return analyzeSources(sources, engine, { ...options, problems });
}

async function sourcesOf(
  input: AnalyzeInput,
  { cwd = '.', source = 'log', now = Date.now }: AnalyzeOptions,
): Promise<{ readonly sources: readonly Source[]; readonly problems: readonly Problem[] }> {
  if (typeof input !== 'string' && Symbol.asyncIterator in input) {
    return { sources: [openStream(source, input, now())], problems: [] };
  }
  const { inputs, problems } = await expandPaths(typeof input === 'string' ? [input] : input, { cwd: resolve(cwd) });
  return { sources: inputs.map((found) => openSource(found, now)), problems };
}
