import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openStream } from '../../src/sources/index.ts';
import { inChunks, readAll, type Reading } from './reading.ts';

const TEXT = 'one\r\ntwo é 漢字 🩺🩺\n\u2028line separator\nlast without newline';
const CHUNK_SIZES = [1, 2, 3, 5, 1000];

function readBytes(bytes: Uint8Array, chunkSize: number): Promise<Reading> {
  return readAll(openStream('app.log', inChunks(bytes, chunkSize), 0));
}

function utf16(text: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

describe.each(CHUNK_SIZES)('in chunks of %i bytes', (chunkSize) => {
  it('takes the UTF-8 mark off', async () => {
    expect((await readBytes(Buffer.from(`\ufeff${TEXT}`), chunkSize)).text).toBe(TEXT);
  });

  it.each(['le', 'be'] as const)('makes UTF-8 of UTF-16 %s', async (order) => {
    const reading = await readBytes(utf16(TEXT, order), chunkSize);
    expect(reading.text).toBe(TEXT);
    expect(reading.codes).toEqual([]);
  });

  it.each(['le', 'be'] as const)('replaces lone surrogates and half units of UTF-16 %s', async (order) => {
    const bytes = Buffer.concat([utf16('a\ud800b\udc00\n', order), Buffer.from([0x41])]);
    const reading = await readBytes(bytes, chunkSize);
    expect(reading.text).toBe('a\ufffdb\ufffd\n\ufffd');
    expect(reading.codes).toEqual(['invalid-encoding']);
  });

  it('keeps a high surrogate at the very end as a replaced one', async () => {
    const reading = await readBytes(utf16('a\ud83e', 'be'), chunkSize);
    expect(reading.text).toBe('a\ufffd');
  });

  it('passes all other bytes as they are', async () => {
    const bytes = Buffer.from([0xff, 0x80, 0x0a, 0xc3, 0x0a, 0xe9, 0x00, 0x1b, 0xef, 0xbb]);
    const reading = await readBytes(bytes, chunkSize);
    expect(reading.bytes.equals(bytes)).toBe(true);
    expect(reading.codes).toEqual([]);
  });

  it('looks for marks within an archive', async () => {
    expect((await readBytes(gzipSync(utf16(TEXT, 'le')), chunkSize)).text).toBe(TEXT);
    expect((await readBytes(gzipSync(Buffer.from(`\ufeff${TEXT}`)), chunkSize)).text).toBe(TEXT);
  });

  it('leaves out the hole of NUL bytes that truncation in use makes', async () => {
    const bytes = Buffer.concat([Buffer.alloc(5000), Buffer.from('one\n\0two\n')]);
    expect((await readBytes(bytes, chunkSize)).text).toBe('one\n\0two\n');
    expect((await readBytes(Buffer.alloc(300), chunkSize)).text).toBe('');
  });

  it('delivers beginnings of marks and signatures that end there', async () => {
    for (const bytes of [[0xef], [0xef, 0xbb], [0xff], [0x1f], [0x28, 0xb5], [0x50], [0x42, 0x5a]]) {
      expect((await readBytes(Uint8Array.from(bytes), chunkSize)).bytes).toEqual(Buffer.from(bytes));
    }
  });
});

it('reads nothing of nothing', async () => {
  expect(await readBytes(new Uint8Array(0), 1)).toMatchObject({ text: '', codes: [] });
  expect(await readBytes(Buffer.from([0xff, 0xfe]), 1)).toMatchObject({ text: '', codes: [] });
  expect(await readBytes(gzipSync(''), 1)).toMatchObject({ text: '', codes: [] });
});
