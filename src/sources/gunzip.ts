import { constants, crc32, createInflateRaw } from 'node:zlib';
import type { ByteReader } from './byte-reader.ts';
import type { Reporter } from './reporter.ts';
import { PAUSE, READ_BYTES } from './source.ts';
import { ZlibEngine } from './zlib-engine.ts';

/** Compressed bytes that go in at a time. */
const PIECE_BYTES = 64 * 1024;
/** Compressed bytes of a member that are kept, to find the last good byte when it turns out damaged. */
const KEPT_BYTES = 16 * 1024 * 1024;
/** Size of a piece where nothing is kept any more: what a damaged piece held is lost. */
const UNKEPT_PIECE_BYTES = 4 * 1024;

const FLAG = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const;
const FIXED_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;

type Outcome = 'complete' | 'truncated' | 'damaged';

/**
 * Decompresses gzip, member after member, and delivers all that decodes, whatever comes after it. The members are taken
 * apart here and not by `createGunzip`, which loses everything of its last step when it meets damage or garbage.
 * @see https://www.rfc-editor.org/rfc/rfc1952
 */
export async function* gunzip(reader: ByteReader, reporter: Reporter): AsyncGenerator<Uint8Array> {
  for (let members = 0; ; members++) {
    const start = yield* skipPadding(reader);
    if (start === 'end') return;
    const header = await readHeader(reader);
    if (header === 'damaged' && members > 0) return reportGarbage(reporter);
    const outcome = header === 'complete' ? yield* inflateMember(reader) : header;
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

async function* inflateMember(reader: ByteReader): AsyncGenerator<Uint8Array, Outcome> {
  const engine = newEngine();
  const kept = new KeptPieces();
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
      const piece = reader.available.subarray(0, kept.isComplete ? PIECE_BYTES : UNKEPT_PIECE_BYTES);
      const usedBefore = engine.bytesUsed;
      kept.add(piece);
      try {
        for await (const output of engine.push(piece)) {
          checksum = crc32(output, checksum);
          size += output.length;
          yield output;
        }
      } catch {
        if (kept.isComplete) yield* rescue(kept.pieces, size);
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

/** The compressed bytes of a member so far, while they are few enough. */
class KeptPieces {
  readonly pieces: Uint8Array[] = [];
  #bytes = 0;

  get isComplete(): boolean {
    return this.#bytes <= KEPT_BYTES;
  }

  add(piece: Uint8Array): void {
    if (!this.isComplete) return;
    this.#bytes += piece.length;
    if (this.isComplete) this.pieces.push(piece.slice());
    else this.pieces.length = 0;
  }
}

/**
 * What the last of the pieces still decodes to before its damage. The library throws away what it made of the piece it
 * fails on, so everything is decoded once more with that piece in ever smaller steps.
 */
async function* rescue(pieces: readonly Uint8Array[], delivered: number): AsyncGenerator<Uint8Array> {
  const narrowed = await upToFailure(splitLast(pieces, 64));
  let skip = delivered;
  for await (const output of decodeWhileGood(splitLast(narrowed, 1))) {
    const fresh = output.subarray(Math.min(skip, output.length));
    skip -= output.length - fresh.length;
    if (fresh.length > 0) yield fresh;
  }
}

function splitLast(pieces: readonly Uint8Array[], stepBytes: number): Uint8Array[] {
  const last = pieces.at(-1) ?? new Uint8Array(0);
  const steps: Uint8Array[] = [];
  for (let start = 0; start < last.length; start += stepBytes) steps.push(last.subarray(start, start + stepBytes));
  return [...pieces.slice(0, -1), ...steps];
}

/** The pieces up to and with the one that fails. */
async function upToFailure(pieces: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
  let used = 0;
  const counted = (function* () {
    for (const piece of pieces) {
      used++;
      yield piece;
    }
  })();
  for await (const output of decodeWhileGood(counted)) void output;
  return pieces.slice(0, used);
}

async function* decodeWhileGood(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const engine = newEngine();
  try {
    for (const piece of pieces) yield* engine.push(piece);
  } catch {
    // The damage; what comes before it is delivered.
  } finally {
    engine.close();
  }
}
