import type { ByteReader } from './byte-reader.ts';
import type { Reporter } from './reporter.ts';
import { isPause } from './source.ts';

const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;
const UTF16_LE_MARK = [0xff, 0xfe] as const;
const UTF16_BE_MARK = [0xfe, 0xff] as const;
const MARKS: readonly (readonly number[])[] = [UTF8_MARK, UTF16_LE_MARK, UTF16_BE_MARK];

/** Takes the byte-order mark off and makes UTF-8 of UTF-16; all else passes as it is. */
export async function* decodeText(reader: ByteReader, reporter: Reporter): AsyncGenerator<Uint8Array> {
  while (isMarkBegun(reader.available)) if (!(await reader.extend())) break;
  const head = reader.available;
  if (begins(head, UTF8_MARK)) {
    reader.consume(UTF8_MARK.length);
    yield* reader.rest();
  } else if (begins(head, UTF16_LE_MARK) || begins(head, UTF16_BE_MARK)) {
    const order = begins(head, UTF16_LE_MARK) ? 'little-endian' : 'big-endian';
    reader.consume(UTF16_LE_MARK.length);
    yield* utf16ToUtf8(reader.rest(), order, reporter);
  } else {
    yield* withoutLeadingNul(reader);
  }
}

function begins(head: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => head[index] === byte);
}

function isMarkBegun(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  return MARKS.some((mark) => head.length < mark.length && head.every((byte, index) => byte === mark[index]));
}

/**
 * A log that was truncated while its writer kept its offset begins with a hole of NUL bytes, up to gigabytes of them in
 * front of the first line. They hold no newline, so no line number changes when they are left out.
 */
async function* withoutLeadingNul(reader: ByteReader): AsyncGenerator<Uint8Array> {
  while (reader.available[0] === 0) {
    const text = reader.available.findIndex((byte) => byte !== 0);
    reader.consume(text === -1 ? reader.available.length : text);
    if (text === -1 && (await reader.fill()) === 'end') return;
  }
  yield* reader.rest();
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** UTF-16 to UTF-8, whatever the places where it was cut; lone surrogates and an odd last byte become U+FFFD. */
export async function* utf16ToUtf8(
  chunks: AsyncIterable<Uint8Array>,
  order: 'little-endian' | 'big-endian',
  reporter: Reporter,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = new Uint8Array(0);
  let isDamaged = false;
  for await (const chunk of chunks) {
    if (isPause(chunk)) {
      yield chunk;
      continue;
    }
    const bytes = Buffer.concat([held, chunk]);
    if (order === 'big-endian') swapUnits(bytes.subarray(held.length - (held.length % 2)));
    const whole = wholeUnits(bytes);
    held = Uint8Array.prototype.slice.call(bytes, whole);
    const text = bytes.toString('utf16le', 0, whole);
    isDamaged ||= LONE_SURROGATE.test(text);
    if (text !== '') yield Buffer.from(text, 'utf8');
  }
  if (held.length > 0) yield Buffer.from('\ufffd', 'utf8');
  if (isDamaged || held.length > 0) {
    reporter.report('invalid-encoding', 'Units that are not valid UTF-16 were replaced by U+FFFD.');
  }
}

/** Turns whole big-endian units to little-endian, in place. */
function swapUnits(bytes: Buffer): void {
  bytes.subarray(0, bytes.length - (bytes.length % 2)).swap16();
}

/** How many of the little-endian bytes can be decoded now: without half a unit, and half a surrogate pair, at the end. */
function wholeUnits(bytes: Buffer): number {
  const even = bytes.length - (bytes.length % 2);
  const isHighSurrogate = even >= 2 && ((bytes[even - 1] ?? 0) & 0xfc) === 0xd8;
  return isHighSurrogate ? even - 2 : even;
}
