import type { Problem, ProblemCode } from '../model/index.ts';
import type { ReadOptions } from './source.ts';

/** Takes the problems of one source on to the reader, without those that are only echoes of others. */
export class Reporter {
  readonly source: string;
  readonly #options: ReadOptions;
  #cutShort = false;

  constructor(source: string, options: ReadOptions) {
    this.source = source;
    this.#options = options;
  }

  report(code: ProblemCode, message: string, hint?: string): void {
    if (this.#isEcho(code)) return;
    if (code === 'read-failed') this.#cutShort = true;
    const problem: Problem = { code, message, source: this.source };
    this.#options.onProblem?.(hint === undefined ? problem : { ...problem, hint });
  }

  /** An archive that ends early because reading was stopped or failed is not cut off itself. */
  #isEcho(code: ProblemCode): boolean {
    return code === 'truncated-archive' && (this.#cutShort || this.#options.signal?.aborted === true);
  }
}
