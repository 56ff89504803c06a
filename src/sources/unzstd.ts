import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import type { ByteReader } from './byte-reader.ts';
import type { Reporter } from './reporter.ts';
import { PAUSE, READ_BYTES } from './source.ts';
import { ZlibEngine, type ZlibStream } from './zlib-engine.ts';

/** Which part of a frame it is; the first block has the header before it. */
export type FramePart = 'block' | 'last-block' | 'checksum';

/** Decodes one frame, part by part. */
export interface FrameDecoder {
  /** What the part decodes to. @throws when it is damaged */
  push(bytes: Uint8Array, part: FramePart): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  close(): void;
}

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const CHECKSUM_FLAG = 4;
const RESERVED_FLAG = 8;
const MAX_BLOCK_BYTES = 128 * 1024;
/** As in the zstd tool: more is refused unless asked for, since a few bytes could claim gigabytes of memory. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;

type Outcome = 'complete' | 'truncated' | 'damaged' | 'dictionary' | 'window';

/**
 * Decompresses Zstandard, frame after frame, and delivers every whole block before an end or damage. Frames and blocks
 * are taken apart here, so both decoders lose nothing but the block that is damaged.
 * @see https://www.rfc-editor.org/rfc/rfc8878
 */
export async function* unzstd(
  reader: ByteReader,
  reporter: Reporter,
  newDecoder: () => FrameDecoder = bestDecoder(),
): AsyncGenerator<Uint8Array> {
  for (let frames = 0; ; frames++) {
    const state = await reader.fill();
    if (state === 'end') return;
    if (state === 'pause') {
      yield PAUSE;
      continue;
    }
    const magic = await reader.take(4);
    const kind = frameKind(magic);
    if (kind === 'none' && frames > 0) {
      return reporter.report('trailing-garbage', 'What follows the zstd stream is not zstd and was ignored.');
    }
    let outcome: Outcome = 'damaged';
    if (magic.length < 4) outcome = 'truncated';
    else if (kind === 'skippable') outcome = await skipFrame(reader);
    else if (kind === 'frame') outcome = yield* decodeFrame(reader, magic, newDecoder);
    if (outcome !== 'complete') return reportOutcome(outcome, reporter);
  }
}

function frameKind(magic: Uint8Array): 'frame' | 'skippable' | 'none' {
  const value = littleEndian(magic);
  if (value === FRAME_MAGIC) return 'frame';
  return (value & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC ? 'skippable' : 'none';
}

function reportOutcome(outcome: Exclude<Outcome, 'complete'>, reporter: Reporter): void {
  if (outcome === 'truncated') reporter.report('truncated-archive', 'The zstd stream ends early.');
  else if (outcome === 'damaged') {
    reporter.report('corrupt-archive', 'The zstd stream is damaged; nothing is read beyond the damage.');
  } else if (outcome === 'window') {
    const message = 'The zstd stream needs a window of more than 128 MiB.';
    reporter.report('unsupported-archive', message, 'unpack it first: zstd -dc --long=31 FILE | backend-doctor');
  } else {
    const message = 'The zstd stream needs a dictionary.';
    reporter.report('unsupported-archive', message, 'unpack it first: zstd -dc -D DICTIONARY FILE | backend-doctor');
  }
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

async function skipFrame(reader: ByteReader): Promise<Outcome> {
  const size = await reader.take(4);
  return size.length === 4 && (await reader.skip(littleEndian(size))) ? 'complete' : 'truncated';
}

interface FrameHeader {
  readonly bytes: Uint8Array;
  readonly hasChecksum: boolean;
}

async function* decodeFrame(
  reader: ByteReader,
  magic: Uint8Array,
  newDecoder: () => FrameDecoder,
): AsyncGenerator<Uint8Array, Outcome> {
  const header = await readFrameHeader(reader, magic);
  if (typeof header === 'string') return header;
  const decoder = newDecoder();
  let prefix = header.bytes;
  try {
    for (;;) {
      if ((await reader.fill()) === 'pause') {
        yield PAUSE;
        continue;
      }
      const block = await readBlock(reader);
      if (typeof block === 'string') return block;
      yield* decoder.push(Buffer.concat([prefix, block.bytes]), block.isLast ? 'last-block' : 'block');
      prefix = new Uint8Array(0);
      if (!block.isLast) continue;
      return header.hasChecksum ? yield* checkFrame(reader, decoder) : 'complete';
    }
  } catch {
    return 'damaged';
  } finally {
    decoder.close();
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1 */
async function readFrameHeader(reader: ByteReader, magic: Uint8Array): Promise<FrameHeader | Outcome> {
  const descriptor = (await reader.take(1))[0];
  if (descriptor === undefined) return 'truncated';
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const dictionaryStart = isSingleSegment ? 0 : 1;
  const sizeStart = dictionaryStart + dictionaryBytes;
  const fields = await reader.take(sizeStart + sizeBytes);
  if (fields.length < sizeStart + sizeBytes) return 'truncated';
  if ((descriptor & RESERVED_FLAG) !== 0) return 'damaged';
  if (littleEndian(fields.subarray(dictionaryStart, sizeStart)) !== 0) return 'dictionary';
  const windowBytes = isSingleSegment ? littleEndian(fields.subarray(sizeStart)) : windowSize(fields[0] ?? 0);
  if (windowBytes > MAX_WINDOW_BYTES) return 'window';
  const bytes = Buffer.concat([magic, Uint8Array.of(descriptor), fields]);
  return { bytes, hasChecksum: (descriptor & CHECKSUM_FLAG) !== 0 };
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

interface Block {
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/** @see https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.2 */
async function readBlock(reader: ByteReader): Promise<Block | Outcome> {
  const head = await reader.take(3);
  if (head.length < 3) return 'truncated';
  const field = littleEndian(head);
  const type = (field >> 1) & 3;
  const isRunLength = type === 1;
  const size = field >> 3;
  if (type === 3 || size > MAX_BLOCK_BYTES) return 'damaged';
  const content = await reader.take(isRunLength ? 1 : size);
  if (content.length < (isRunLength ? 1 : size)) return 'truncated';
  return { bytes: Buffer.concat([head, content]), isLast: (field & 1) === 1 };
}

async function* checkFrame(reader: ByteReader, decoder: FrameDecoder): AsyncGenerator<Uint8Array, Outcome> {
  const checksum = await reader.take(4);
  if (checksum.length < 4) return 'truncated';
  yield* decoder.push(checksum, 'checksum');
  return 'complete';
}

type ZstdFactory = (options: { chunkSize: number }) => ZlibStream;

/** The decoder of Node where it has one (from 22.15 on), three times as fast and with check sums; else fzstd. */
function bestDecoder(): () => FrameDecoder {
  const create = (zlib as { createZstdDecompress?: ZstdFactory }).createZstdDecompress;
  if (create === undefined) return newFzstdDecoder;
  return () => new ZlibEngine(create({ chunkSize: READ_BYTES }));
}

/** The decoder in JavaScript; it does not verify check sums, so it is not told of them. */
export function newFzstdDecoder(): FrameDecoder {
  let outputs: Uint8Array[] = [];
  let isFirst = true;
  const engine = new Decompress((output) => outputs.push(output));
  return {
    push(bytes, part) {
      if (part === 'checksum') return [];
      engine.push(isFirst ? withoutChecksum(bytes) : bytes, part === 'last-block');
      isFirst = false;
      const made = outputs.filter((output) => output.length > 0);
      outputs = [];
      return made;
    },
    close() {},
  };
}

const DESCRIPTOR_OFFSET = 4;

function withoutChecksum(frameStart: Uint8Array): Uint8Array {
  const copy = frameStart.slice();
  copy[DESCRIPTOR_OFFSET] = (copy[DESCRIPTOR_OFFSET] ?? 0) & ~CHECKSUM_FLAG;
  return copy;
}
