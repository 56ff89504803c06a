import { constants, crc32, createInflateRaw } from 'node:zlib';
import { ByteReader } from './byte-reader.ts';
import type { Reporter } from './reporter.ts';
import { PAUSE, READ_BYTES } from './source.ts';
import { ZlibEngine } from './zlib-engine.ts';

/** Compressed bytes that go in at a time. */
const PIECE_BYTES = 256 * 1024;
/** Compressed bytes of a member that are kept where they cannot be read again. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** Size of a piece where nothing can be had again: what decodes of a damaged piece is lost. */
const LOST_PIECE_BYTES = 4 * 1024;

const FLAG = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const;
const FIXED_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

type Outcome = 'complete' | 'truncated' | 'damaged';

/**
 * Decompresses gzip, member after member, and delivers all that decodes, whatever comes after it. The members are taken
 * apart here and not by `createGunzip`, which loses everything of its last step when it meets damage or garbage.
 * `again` gives the same compressed bytes from the beginning.
 * @see https://www.rfc-editor.org/rfc/rfc1952
 */
export async function* gunzip(
  reader: ByteReader,
  reporter: Reporter,
  again?: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for (let members = 0; ; members++) {
    const start = yield* skipPadding(reader);
    if (start === 'end') return;
    const header = await readHeader(reader);
    if (header === 'damaged' && members > 0) return reportGarbage(reporter);
    const outcome = header === 'complete' ? yield* inflateMember(reader, newReplay(reader, again)) : header;
    if (outcome === 'complete') continue;
    if (outcome === 'truncated') reporter.report('truncated-archive', 'The gzip stream ends early.');
    else reporter.report('corrupt-archive', 'The gzip stream is damaged; nothing is read beyond the damage.');
    return;
  }
}

function reportGarbage(reporter: Reporter): void {
  reporter.report('trailing-garbage', 'What follows the gzip stream is not gzip and was ignored.');
}

/** NUL bytes between and after members are padding (of tapes and block devices), as gzip itself has it. */
async function* skipPadding(reader: ByteReader): AsyncGenerator<Uint8Array, 'bytes' | 'end'> {
  for (;;) {
    const state = await reader.fill();
    if (state === 'end') return 'end';
    if (state === 'pause') yield PAUSE;
    else if (reader.available[0] !== 0) return 'bytes';
    else reader.consume(1);
  }
}

async function readHeader(reader: ByteReader): Promise<Outcome> {
  const fixed = await reader.take(FIXED_HEADER_BYTES);
  if (!isGzipStart(fixed)) return 'damaged';
  if (fixed.length < FIXED_HEADER_BYTES) return 'truncated';
  const flags = fixed[3] ?? 0;
  if ((flags & FLAG.extra) !== 0) {
    const size = await reader.take(2);
    if (!(await reader.skip((size[0] ?? 0) | ((size[1] ?? 0) << 8)))) return 'truncated';
  }
  if ((flags & FLAG.name) !== 0 && !(await skipText(reader))) return 'truncated';
  if ((flags & FLAG.comment) !== 0 && !(await skipText(reader))) return 'truncated';
  if ((flags & FLAG.headerChecksum) !== 0 && !(await reader.skip(2))) return 'truncated';
  return 'complete';
}

function isGzipStart(head: Uint8Array): boolean {
  return [0x1f, 0x8b, 0x08].every((byte, index) => index >= head.length || head[index] === byte);
}

async function skipText(reader: ByteReader): Promise<boolean> {
  for (;;) {
    const byte = await reader.take(1);
    if (byte.length === 0) return false;
    if (byte[0] === 0) return true;
  }
}

async function* inflateMember(reader: ByteReader, replay: Replay): AsyncGenerator<Uint8Array, Outcome> {
  const engine = newEngine();
  const start = reader.position;
  let checksum = 0;
  let size = 0;
  try {
    while (!engine.ended) {
      const state = await reader.fill();
      if (state === 'end') return 'truncated';
      if (state === 'pause') {
        yield PAUSE;
        continue;
      }
      const piece = reader.available.subarray(0, replay.isPossible ? PIECE_BYTES : LOST_PIECE_BYTES);
      const usedBefore = engine.bytesUsed;
      replay.keep(piece);
      try {
        for await (const output of engine.push(piece)) {
          checksum = crc32(output, checksum);
          size += output.length;
          yield output;
        }
      } catch {
        const failed = reader.position - start;
        if (replay.isPossible) yield* rescue(replay, { start: failed, end: failed + piece.length }, size);
        return 'damaged';
      }
      reader.consume(engine.ended ? engine.bytesUsed - usedBefore : piece.length);
    }
  } finally {
    engine.close();
  }
  return checkTrailer(await reader.take(TRAILER_BYTES), checksum, size);
}

function newEngine(): ZlibEngine {
  return new ZlibEngine(createInflateRaw({ chunkSize: READ_BYTES, finishFlush: constants.Z_SYNC_FLUSH }));
}

function checkTrailer(trailer: Uint8Array, checksum: number, size: number): Outcome {
  if (trailer.length < TRAILER_BYTES) return 'truncated';
  const view = new DataView(trailer.buffer, trailer.byteOffset);
  return view.getUint32(0, true) === checksum && view.getUint32(4, true) === size % 2 ** 32 ? 'complete' : 'damaged';
}

/** Where the compressed bytes of a member come from when they are needed once more. */
interface Replay {
  readonly isPossible: boolean;
  /** Takes note of what goes in. */
  keep(piece: Uint8Array): void;
  /** What went in, from the first byte behind the member's header. */
  bytes(): AsyncIterable<Uint8Array>;
}

function newReplay(reader: ByteReader, again: (() => AsyncIterable<Uint8Array>) | undefined): Replay {
  if (again === undefined) return new KeptPieces();
  const start = reader.position;
  return { isPossible: true, keep() {}, bytes: () => from(start, again()) };
}

async function* from(start: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(chunks);
  try {
    if (await reader.skip(start)) yield* reader.rest();
  } finally {
    await reader.close();
  }
}

/** Keeps copies, as long as they are few enough. */
class KeptPieces implements Replay {
  readonly #pieces: Uint8Array[] = [];
  #bytes = 0;

  get isPossible(): boolean {
    return this.#bytes <= KEPT_BYTES;
  }

  keep(piece: Uint8Array): void {
    if (!this.isPossible) return;
    this.#bytes += piece.length;
    if (this.isPossible) this.#pieces.push(piece.slice());
    else this.#pieces.length = 0;
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    yield* this.#pieces;
  }
}

/** Offsets into the compressed bytes of a member. */
interface Range {
  readonly start: number;
  readonly end: number;
}

const NARROWING_BYTES = 256;

/**
 * What the range that failed still decodes to before its damage. The library throws away what it made of the piece it
 * fails on, so everything is decoded once more, with that piece in ever smaller steps.
 */
async function* rescue(replay: Replay, failed: Range, delivered: number): AsyncGenerator<Uint8Array> {
  const narrowed = await lastOf(decodeInSteps(replay, failed, NARROWING_BYTES));
  let skip = delivered;
  for await (const output of decodeInSteps(replay, narrowed, 1)) {
    const fresh = output.subarray(Math.min(skip, output.length));
    skip -= output.length - fresh.length;
    if (fresh.length > 0) yield fresh;
  }
}

/** Decodes up to the damage, in large pieces before the range and small ones within; returns the piece that fails. */
async function* decodeInSteps(replay: Replay, range: Range, stepBytes: number): AsyncGenerator<Uint8Array, Range> {
  const engine = newEngine();
  const reader = new ByteReader(replay.bytes());
  let piece: Range = { start: 0, end: 0 };
  try {
    while (piece.end < range.end) {
      const { end } = piece;
      const bytes = await reader.take(end < range.start ? Math.min(PIECE_BYTES, range.start - end) : stepBytes);
      if (bytes.length === 0) break;
      piece = { start: end, end: end + bytes.length };
      yield* engine.push(bytes);
    }
  } catch {
    // The damage; what comes before it is delivered.
  } finally {
    engine.close();
    await reader.close();
  }
  return piece;
}

async function lastOf<T>(generator: AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const result = await generator.next();
    if (result.done === true) return result.value;
  }
}
