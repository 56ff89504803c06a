/** Looks ahead in a sequence of chunks; copies only what spans two of them. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #current: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #consumed = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The bytes at hand that are not consumed yet; valid until the next call of an async method. */
  get available(): Uint8Array {
    return this.#offset === 0 ? this.#current : this.#current.subarray(this.#offset);
  }

  /** How many bytes have been consumed since the beginning. */
  get position(): number {
    return this.#consumed;
  }

  consume(count: number): void {
    this.#offset += count;
    this.#consumed += count;
  }

  /** Makes sure that bytes are at hand; `pause` when live input has none for now. */
  async fill(): Promise<'bytes' | 'pause' | 'end'> {
    if (this.#offset < this.#current.length) return 'bytes';
    const next = await this.#chunks.next();
    if (next.done === true) return 'end';
    this.#current = next.value;
    this.#offset = 0;
    return next.value.length === 0 ? 'pause' : 'bytes';
  }

  /** Puts the next chunk behind the bytes at hand; false at the end. Waits through pauses. */
  async extend(): Promise<boolean> {
    const held = this.available.slice();
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done !== true && next.value.length === 0) continue;
      this.#current = next.done === true ? held : Buffer.concat([held, next.value]);
      this.#offset = 0;
      return next.done !== true;
    }
  }

  /** The next `count` bytes, as a copy; fewer at the end. Waits through pauses. */
  async take(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count);
    let filled = 0;
    while (filled < count) {
      const state = await this.fill();
      if (state === 'end') break;
      const part = this.available.subarray(0, count - filled);
      taken.set(part, filled);
      filled += part.length;
      this.consume(part.length);
    }
    return filled === count ? taken : taken.subarray(0, filled);
  }

  /** Consumes up to `count` bytes; false when the end comes before. */
  async skip(count: number): Promise<boolean> {
    let left = count;
    while (left > 0) {
      if ((await this.fill()) === 'end') return false;
      const step = Math.min(left, this.available.length);
      this.consume(step);
      left -= step;
    }
    return true;
  }

  /** All that is left, as it comes, pauses included. */
  async *rest(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const state = await this.fill();
      if (state === 'end') return;
      const chunk = this.available;
      this.consume(chunk.length);
      yield chunk;
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
