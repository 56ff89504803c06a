/** Whole lines of one source, with what came right before them. */
export interface LineBlock {
  readonly bytes: Uint8Array;
  /** First byte of the new lines. */
  readonly start: number;
  /** Behind the newline of the last new line. */
  readonly end: number;
  /** First byte that is kept of earlier lines; lines that begin at or after it are whole. */
  readonly historyStart: number;
  /** 1-based number of the line at `start`. */
  readonly firstLine: number;
}

export interface LineBlockOptions {
  /** Bytes of a line that are kept; the rest of it is dropped. */
  readonly maxLineBytes: number;
  /** Bytes of earlier lines that are kept before a block, at least. */
  readonly historyBytes: number;
}

const NEWLINE = 0x0a;
const PIECE_BYTES = 512 * 1024;
const SMALLEST_BUFFER = 16 * 1024;

/**
 * Joins chunks into blocks of whole lines. Blocks depend on how the input was cut; their lines, numbers and the history
 * that may be relied on do not.
 */
export class LineBlocks {
  readonly #options: LineBlockOptions;
  #buffer: Buffer;
  /** Where earlier lines begin that are still kept. */
  #historyStart = 0;
  /** Where the line begins that has no newline yet. */
  #pending = 0;
  #filled = 0;
  #dropping = false;
  #nextLine = 1;
  truncatedLines = 0;

  constructor(options: LineBlockOptions) {
    this.#options = { ...options, maxLineBytes: Math.max(options.maxLineBytes, PIECE_BYTES) };
    this.#buffer = Buffer.alloc(0);
  }

  /** Lines that have begun, the one without a newline included. */
  get lines(): number {
    return this.#nextLine - 1 + (this.#filled > this.#pending ? 1 : 0);
  }

  /** Takes a chunk and hands on the lines that it completes. `take` gives the number of lines that it was given. */
  push(chunk: Uint8Array, take: (block: LineBlock) => number): void {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      this.#append(chunk.subarray(at, at + PIECE_BYTES));
      this.#emit(this.#buffer.lastIndexOf(NEWLINE, this.#filled - 1) + 1, take);
    }
  }

  /** Hands on the last line when it has no newline. */
  end(take: (block: LineBlock) => number): void {
    if (this.#filled === this.#pending) return;
    this.#reserve(1);
    this.#buffer[this.#filled++] = NEWLINE;
    this.#emit(this.#filled, take);
  }

  #emit(end: number, take: (block: LineBlock) => number): void {
    if (this.#filled === 0 || end <= this.#pending) return;
    const block = {
      bytes: this.#buffer,
      start: this.#pending,
      end,
      historyStart: this.#historyStart,
      firstLine: this.#nextLine,
    };
    this.#pending = end;
    this.#nextLine += take(block);
  }

  #append(piece: Uint8Array): void {
    let rest = piece;
    if (this.#dropping) {
      const newline = rest.indexOf(NEWLINE);
      if (newline < 0) return;
      rest = rest.subarray(newline);
      this.#dropping = false;
    }
    const room = this.#options.maxLineBytes - (this.#filled - this.#pending);
    const newline = rest.indexOf(NEWLINE);
    const length = newline < 0 ? rest.length : newline;
    if (length <= room) {
      this.#write(rest);
      return;
    }
    this.truncatedLines++;
    this.#write(rest.subarray(0, room));
    if (newline < 0) this.#dropping = true;
    else this.#write(rest.subarray(newline));
  }

  #write(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /** Makes room: drops history that is no longer promised, then grows. */
  #reserve(length: number): void {
    if (this.#filled + length <= this.#buffer.length) return;
    const wanted = Math.max(this.#pending - this.#options.historyBytes, this.#historyStart);
    const from = wanted === 0 ? 0 : this.#lineStartAt(wanted);
    const kept = this.#filled - from;
    const isEnough = kept + length + Math.min(this.#buffer.length / 4, PIECE_BYTES) <= this.#buffer.length;
    const target = isEnough ? this.#buffer : Buffer.allocUnsafeSlow(Math.max(2 * (kept + length), SMALLEST_BUFFER));
    this.#buffer.copy(target, 0, from, this.#filled);
    this.#buffer = target;
    this.#pending -= from;
    this.#filled = kept;
    this.#historyStart = 0;
  }

  /** The first line start at or after a position that lies within earlier lines. */
  #lineStartAt(position: number): number {
    if (position === this.#historyStart || this.#buffer[position - 1] === NEWLINE) return position;
    const newline = this.#buffer.indexOf(NEWLINE, position);
    return newline < 0 ? this.#pending : Math.min(newline + 1, this.#pending);
  }
}
