import { WRAPPERS, type Clock, type LogFormat } from './formats/index.ts';
import type { LogRecord, Problem, SourceSummary } from './model/index.ts';
import { LOOK_BACK_BYTES, RecordAssembler } from './records/index.ts';
import { LineBlocks, type LineBlock, type Scanner } from './scan/index.ts';

export interface IntakeOptions {
  readonly scanner: Scanner;
  readonly formats: readonly LogFormat[];
  readonly clock: Clock;
  /** Bytes of a line that are read. */
  readonly maxLineBytes: number;
}

/** Takes a record that holds literals of rules, with the literals. */
export type OnRecord = (record: LogRecord, literals: ReadonlySet<number>) => void;

/** One source on its way from bytes to the records that can matter. */
export class Intake {
  readonly name: string;
  readonly #options: IntakeOptions;
  readonly #blocks: LineBlocks;
  readonly #records: RecordAssembler;
  readonly #formats = new Map<string, number>();
  #bytes = 0;

  constructor(name: string, options: IntakeOptions, onRecord: OnRecord) {
    const { formats, clock, maxLineBytes } = options;
    this.name = name;
    this.#options = options;
    this.#blocks = new LineBlocks({ maxLineBytes, historyBytes: LOOK_BACK_BYTES });
    this.#records = new RecordAssembler({ source: name, formats, wrappers: WRAPPERS, clock, onRecord });
  }

  feed(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    this.#blocks.push(bytes, (block) => this.#take(block));
  }

  end(): void {
    this.#blocks.end((block) => this.#take(block));
    this.#records.end();
  }

  /** Hands on the records that may still grow, as they stand. */
  preview(onRecord: OnRecord): void {
    for (const { record, literals } of this.#records.preview()) onRecord(record, literals);
  }

  /** Notes what a record that counts was read as. */
  noteFormat({ format }: LogRecord): void {
    this.#formats.set(format, (this.#formats.get(format) ?? 0) + 1);
  }

  summary(): SourceSummary {
    const { lines, truncatedLines } = this.#blocks;
    const format = [...this.#formats].toSorted((a, b) => b[1] - a[1])[0]?.[0];
    return { name: this.name, bytes: this.#bytes, lines, ...(format === undefined ? {} : { format }), truncatedLines };
  }

  problems(): readonly Problem[] {
    const problems: Problem[] = [];
    const { truncatedLines } = this.#blocks;
    const { invalidLines } = this.#records;
    if (truncatedLines > 0) {
      const message = `${lineCount(truncatedLines)} over ${this.#options.maxLineBytes} bytes cut`;
      problems.push({ code: 'line-truncated', message, source: this.name });
    }
    if (invalidLines > 0) {
      const message = `${lineCount(invalidLines)} not valid UTF-8 among those looked at`;
      problems.push({ code: 'invalid-encoding', message, source: this.name });
    }
    return problems;
  }

  #take(block: LineBlock): number {
    const { hits, newlines } = this.#options.scanner.scan(block.bytes, block.start, block.end, block.firstLine);
    this.#records.take(block, hits);
    return newlines;
  }
}

function lineCount(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}
