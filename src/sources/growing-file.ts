import type { BigIntStats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { identityOf } from './input.ts';
import { sleep } from './pauses.ts';
import { READ_FLAGS } from './read-file.ts';
import type { Reporter } from './reporter.ts';
import { PAUSE, READ_BYTES, type ReadOptions } from './source.ts';
import { errorCode, errorReason } from './system-error.ts';

/** New bytes and rotations are seen after this long at most. */
export const POLL_MS = 150;

/**
 * How the reading ended: the file was `replaced` (or truncated, or was gone before it was opened), it was `refused` by
 * the system, or the reader `left` it.
 */
export type Fate = 'replaced' | 'refused' | 'left';

/** How many of the last bytes are compared before reading on, to notice that a file was truncated and has regrown. */
const FINGERPRINT_BYTES = 64;
const MIN_READ_BYTES = 4096;

/** What became of the path since the file was opened. */
interface Look {
  readonly state: 'same' | 'gone' | 'emptied' | 'replaced';
  /** Changes when the file does; '' when that cannot be told from the path. */
  readonly version: string;
  readonly sizeBytes: number;
}

/** One file as it grows, until something else takes its place. */
export class GrowingFile {
  fate: Fate = 'left';
  readonly #path: string;
  readonly #options: ReadOptions;
  readonly #reporter: Reporter;
  #position = 0;
  #fingerprint: Uint8Array = new Uint8Array(0);

  constructor(path: string, options: ReadOptions, reporter: Reporter) {
    this.#path = path;
    this.#options = options;
    this.#reporter = reporter;
  }

  /** Its bytes as stored, from the first. @see ReadOptions.idleMs */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const handle = await this.#open();
    if (handle === undefined) return;
    try {
      yield* this.#grow(handle);
    } catch (error) {
      this.#reporter.report('read-failed', `Reading stopped: ${errorReason(error)}.`);
    } finally {
      await handle.close();
    }
  }

  async #open(): Promise<FileHandle | undefined> {
    try {
      return await open(this.#path, READ_FLAGS);
    } catch (error) {
      this.fate = errorCode(error) === 'ENOENT' ? 'replaced' : 'refused';
      if (this.fate === 'refused') this.#reporter.report('not-readable', `Cannot be opened: ${errorReason(error)}.`);
      return undefined;
    }
  }

  async *#grow(handle: FileHandle): AsyncGenerator<Uint8Array> {
    const opened = identityOf(await handle.stat({ bigint: true }));
    let seen = 'nothing';
    let quietSince: number | undefined;
    do {
      // First the look, then the read: so what is found replaced has been read to its end.
      const look = await this.#look(opened);
      if (look.state === 'emptied') return this.#end('truncated');
      if (look.version === '' || look.version !== seen) {
        const before = this.#position;
        if ((yield* this.#readOn(handle, look.sizeBytes)) === 'regrown') return this.#end('truncated');
        if (this.#position > before) quietSince = performance.now();
        seen = look.version;
      }
      if (look.state === 'replaced') return this.#end('replaced');
      if (quietSince !== undefined && performance.now() - quietSince >= (this.#options.idleMs ?? Infinity)) {
        quietSince = undefined;
        yield PAUSE;
      }
    } while (!(await sleep(POLL_MS, this.#options.signal)));
  }

  async #look(opened: string): Promise<Look> {
    const stats = await stat(this.#path, { bigint: true }).catch(() => undefined);
    if (stats === undefined) return { state: 'gone', version: '', sizeBytes: 0 };
    if (identityOf(stats) === opened) return this.#lookAtSame(stats);
    // An empty successor says nothing yet, while the writer may still have the old file open.
    return { state: stats.size > 0n ? 'replaced' : 'gone', version: '', sizeBytes: 0 };
  }

  #lookAtSame(stats: BigIntStats): Look {
    const state = Number(stats.size) < this.#position ? 'emptied' : 'same';
    return { state, version: `${stats.size}:${stats.mtimeNs}`, sizeBytes: Number(stats.size) };
  }

  /** All that is there from the present position on; `regrown` when what was read before is not there any more. */
  async *#readOn(handle: FileHandle, sizeBytes: number): AsyncGenerator<Uint8Array, 'end' | 'regrown'> {
    while (this.#options.signal?.aborted !== true) {
      const overlap = this.#fingerprint.length;
      const fresh = Math.min(Math.max(sizeBytes - this.#position, MIN_READ_BYTES), READ_BYTES);
      const buffer = Buffer.allocUnsafe(overlap + fresh);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.#position - overlap);
      if (bytesRead < overlap || !buffer.subarray(0, overlap).equals(this.#fingerprint)) return 'regrown';
      if (bytesRead === overlap) return 'end';
      this.#position += bytesRead - overlap;
      this.#fingerprint = Uint8Array.prototype.slice.call(
        buffer,
        Math.max(0, bytesRead - FINGERPRINT_BYTES),
        bytesRead,
      );
      yield buffer.subarray(overlap, bytesRead);
    }
    return 'end';
  }

  #end(how: 'replaced' | 'truncated'): void {
    this.fate = 'replaced';
    this.#reporter.report('file-rotated', `The file was ${how}; reading goes on with what is there now.`);
  }
}
