import type { BigIntStats } from 'node:fs';

/** A regular file to read. */
export interface FileInput {
  readonly kind: 'file';
  /** As the user wrote it, or found under what the user wrote. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** `found` in a directory or by a pattern: skipped when it is obviously no text. */
  readonly origin: 'named' | 'found';
  /** The same for all names of one file, another for a file that takes its place; '' while there is none. */
  readonly identity: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly sizeBytes: number;
}

/** A pipe to read once: standard input, an inherited descriptor, or a FIFO. */
export interface PipeInput {
  readonly kind: 'pipe';
  readonly name: string;
  /** A descriptor of this process, or the absolute path of a FIFO. */
  readonly from: number | string;
}

export type Input = FileInput | PipeInput;

export const STDIN: PipeInput = { kind: 'pipe', name: 'stdin', from: 0 };

/** @see FileInput.identity; with the time of birth, since file systems give the inode of a deleted file to the next. */
export function identityOf(stats: BigIntStats): string {
  return `${stats.dev}:${stats.ino}:${stats.birthtimeNs}`;
}
