/** An output and where it goes: a file, or stdout when absent. */
export interface OutputTarget {
  readonly format: string;
  readonly file?: string;
}

/**
 * Brings each --format together with its --output as they come: the one right behind it, or else one before it that has
 * none yet (`--output report.json --format json`).
 */
export class TargetList {
  readonly #targets: { format?: string; file?: string }[] = [];

  addFormat(format: string): void {
    const waiting = this.#targets.find((target) => target.format === undefined);
    if (waiting === undefined) this.#targets.push({ format });
    else waiting.format = format;
  }

  addFile(file: string): void {
    const waiting = this.#targets.findLast((target) => target.file === undefined);
    if (waiting === undefined) this.#targets.push({ file });
    else waiting.file = file;
  }

  /** A file without a format holds what a terminal would show. */
  get targets(): readonly OutputTarget[] {
    return this.#targets.map((target) => ({ ...target, format: target.format ?? 'terminal' }));
  }
}
