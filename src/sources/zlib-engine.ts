import type { Transform } from 'node:stream';

/** A stream of node:zlib; the count is of compressed bytes it has used. */
export type ZlibStream = Transform & { readonly bytesWritten: number };

/**
 * Drives a stream of node:zlib step by step, so that every byte it makes of one piece of input is in hand before the
 * next piece goes in. What the library makes of the very piece it fails on is lost.
 */
export class ZlibEngine {
  readonly #stream: ZlibStream;
  #wake: () => void = () => {};
  #error: Error | undefined;
  #ended = false;

  constructor(stream: ZlibStream) {
    this.#stream = stream;
    stream.on('error', (error: Error) => this.#settle(() => (this.#error = error)));
    stream.on('end', () => this.#settle(() => (this.#ended = true)));
    stream.on('readable', () => this.#wake());
  }

  /** True when the compressed data said that it is complete. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Compressed bytes used so far. */
  get bytesUsed(): number {
    return this.#stream.bytesWritten;
  }

  /** Everything that the piece decodes to. @throws the library's error when the data is damaged */
  async *push(piece: Uint8Array): AsyncGenerator<Uint8Array> {
    const usedBefore = this.bytesUsed;
    let isUsed = false;
    this.#stream.write(piece, () => this.#settle(() => (isUsed = true)));
    for (;;) {
      const isComplete = isUsed || this.#ended;
      const output = this.#stream.read() as Uint8Array | null;
      if (output !== null) yield output;
      else if (this.#error !== undefined) throw this.#error;
      else if (isComplete) break;
      else if (!isUsed) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.#ended ||= this.bytesUsed - usedBefore < piece.length;
  }

  close(): void {
    this.#stream.destroy();
  }

  #settle(change: () => void): void {
    change();
    this.#wake();
  }
}
