import type { Problem } from '../model/index.ts';

/** How the bytes of a source are to be read. */
export interface ReadOptions {
  /** Ends the iteration at once, also while nothing arrives; it ends as if the input ended there, without an error. */
  readonly signal?: AbortSignal;
  /** Takes what goes wrong, as it happens. Nothing throws for bad input. */
  readonly onProblem?: (problem: Problem) => void;
  /**
   * For live input: when nothing has come for this long after some bytes, one empty chunk (see {@link isPause}) is
   * delivered, so that the reader can settle what it has in hand. No pauses are told when absent.
   */
  readonly idleMs?: number;
  /**
   * Memory that an uncompressed file is read into, asked for before each read; memory of the source's own when absent.
   * Reading runs one chunk ahead, so two buffers in turn are needed. Other inputs and encodings bring chunks of their
   * own: whoever cares compares `chunk.buffer`.
   */
  readonly nextBuffer?: () => Uint8Array;
}

/** One input, as bytes. */
export interface Source {
  /** As the user wrote it; `stdin` for standard input. */
  readonly name: string;
  /** Milliseconds since the epoch: the reference for stamps without a year. The time of opening for streams. */
  readonly modifiedAt: number;
  /** Bytes as stored (compressed, where it is), for progress; absent where no one can know. */
  readonly sizeBytes?: number;
  /**
   * Its text in chunks of any size: decompressed, without a byte-order mark, UTF-16 as UTF-8, everything else as it is.
   * A chunk is valid until the next one is asked for. Files can be read again, streams once.
   */
  chunks(options?: ReadOptions): AsyncIterable<Uint8Array>;
}

/** The chunk that tells of a pause in live input. */
export const PAUSE: Uint8Array = new Uint8Array(0);

/** Whether the chunk tells only that live input has paused. */
export function isPause(chunk: Uint8Array): boolean {
  return chunk.length === 0;
}

/** Size of one read: larger ones are not faster, smaller ones are slower. */
export const READ_BYTES = 512 * 1024;
