import { execFileSync } from 'node:child_process';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isMissing } from '../support/missing.ts';
import { ByteReader } from '../../src/sources/byte-reader.ts';
import { openStream } from '../../src/sources/index.ts';
import { Reporter } from '../../src/sources/reporter.ts';
import { newFzstdDecoder, unzstd } from '../../src/sources/unzstd.ts';
import { inChunks, logText, readAll, type Reading } from './reading.ts';

const TEXT = logText(3_000_000);

function readBytes(bytes: Uint8Array, chunkSize = 512 * 1024): Promise<Reading> {
  return readAll(openStream('app.log.gz', inChunks(bytes, chunkSize), 0));
}

function withByteChanged(bytes: Uint8Array, offset: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[offset] = (changed[offset] ?? 0) ^ 0xff;
  return changed;
}

/** How many leading characters two texts share. */
function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

describe('gzip', () => {
  it.each([1, 7, 1000, 512 * 1024])('decodes in chunks of %i bytes', async (chunkSize) => {
    const text = chunkSize === 1 ? logText(20_000) : TEXT;
    const reading = await readBytes(gzipSync(text), chunkSize);
    expect(reading.text).toBe(text);
    expect(reading.codes).toEqual([]);
  });

  it('delivers large chunks', async () => {
    const { chunkSizes } = await readBytes(gzipSync(TEXT));
    expect(Math.max(...chunkSizes)).toBeGreaterThanOrEqual(256 * 1024);
  });

  it.each([1, 13, 4096])('decodes several members in chunks of %i bytes', async (chunkSize) => {
    const parts = ['one\n', '', 'two\n', logText(5000)];
    const reading = await readBytes(Buffer.concat(parts.map((part) => gzipSync(part))), chunkSize);
    expect(reading.text).toBe(parts.join(''));
    expect(reading.codes).toEqual([]);
  });

  it('reads headers with extra field, name, comment and check sum', async () => {
    const text = 'one\ntwo\n';
    const plain = gzipSync(text);
    const flags = 2 | 4 | 8 | 16;
    const header = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9]);
    const texts = Buffer.from('app.log\0a comment\0');
    const member = Buffer.concat([header, texts, Buffer.from([0, 0]), deflateRawSync(text), plain.subarray(-8)]);
    for (const chunkSize of [1, 5, 1000]) expect((await readBytes(member, chunkSize)).text).toBe(text);
  });

  it('takes NUL bytes after the end for padding', async () => {
    const reading = await readBytes(Buffer.concat([gzipSync('one\n'), Buffer.alloc(1000)]));
    expect(reading.text).toBe('one\n');
    expect(reading.codes).toEqual([]);
  });

  it.each([1, 17, 4096])('delivers everything before garbage, in chunks of %i bytes', async (chunkSize) => {
    const text = logText(9000);
    const reading = await readBytes(Buffer.concat([gzipSync(text), Buffer.from('garbage and more')]), chunkSize);
    expect(reading.text).toBe(text);
    expect(reading.codes).toEqual(['trailing-garbage']);
  });

  it('delivers all that decodes of a stream that is cut off anywhere', async () => {
    const text = logText(4000);
    const whole = gzipSync(text);
    for (const length of [5, 10, 11, 100, whole.length >> 1, whole.length - 9, whole.length - 8, whole.length - 1]) {
      const reading = await readBytes(whole.subarray(0, length));
      expect(text.startsWith(reading.text), `cut at ${length}`).toBe(true);
      expect(reading.codes, `cut at ${length}`).toEqual(['truncated-archive']);
      if (length >= whole.length - 9) expect(reading.text.length).toBeGreaterThan(text.length - 300);
    }
  });

  it('delivers the same of a cut stream as gzip does', async () => {
    const half = gzipSync(TEXT);
    const cut = half.subarray(0, half.length >> 1);
    const reading = await readBytes(cut);
    const expected = execFileSync('sh', ['-c', 'gzip -dc 2>/dev/null || true'], {
      input: cut,
      maxBuffer: 1e9,
    }).toString();
    expect(reading.text.length).toBeGreaterThanOrEqual(expected.length);
    expect(TEXT.startsWith(reading.text)).toBe(true);
  });

  it.each([0.1, 0.5, 0.9])('delivers what decodes before damage at %f of the stream', async (share) => {
    const whole = gzipSync(TEXT, { level: 1 });
    const offset = Math.floor(whole.length * share);
    const reading = await readBytes(withByteChanged(whole, offset));
    const cut = await readBytes(whole.subarray(0, offset));
    expect(reading.codes).toEqual(['corrupt-archive']);
    expect(sharedLength(reading.text, TEXT)).toBeGreaterThanOrEqual(cut.text.length - 1);
  });

  it('delivers the beginning of a small damaged stream', async () => {
    const text = logText(6000);
    const whole = gzipSync(text);
    const offset = whole.length >> 1;
    const reading = await readBytes(Buffer.concat([whole.subarray(0, offset), Buffer.alloc(64, 0xff)]));
    const cut = await readBytes(whole.subarray(0, offset));
    expect(cut.text.length).toBeGreaterThan(1000);
    expect(sharedLength(reading.text, text)).toBeGreaterThanOrEqual(cut.text.length - 1);
  });

  it('reports a check sum or a size that does not fit', async () => {
    const whole = gzipSync('one\n');
    for (const fromEnd of [8, 1]) {
      const reading = await readBytes(withByteChanged(whole, whole.length - fromEnd));
      expect(reading.text).toBe('one\n');
      expect(reading.codes).toEqual(['corrupt-archive']);
    }
  });

  it('reports cut and damaged streams once, also when they were stopped by the reader', async () => {
    const stop = new AbortController();
    const source = openStream('app.log.gz', inChunks(gzipSync(TEXT), 1000), 0);
    const codes: string[] = [];
    for await (const chunk of source.chunks({ signal: stop.signal, onProblem: ({ code }) => codes.push(code) })) {
      if (chunk.length > 0) stop.abort();
    }
    expect(codes).toEqual([]);
  });

  it('decodes what expands a thousandfold without holding it', async () => {
    const source = openStream('bomb.gz', inChunks(gzipSync(Buffer.alloc(200_000_000, 'a\n')), 64 * 1024), 0);
    let bytes = 0;
    let largest = 0;
    for await (const chunk of source.chunks()) {
      bytes += chunk.length;
      largest = Math.max(largest, chunk.length);
    }
    expect(bytes).toBe(200_000_000);
    expect(largest).toBeLessThanOrEqual(2 * 1024 * 1024);
  });
});

const ZSTD = { maxBuffer: 1e9, stdio: ['pipe', 'pipe', 'ignore'] as ['pipe', 'pipe', 'ignore'] };

function zstd(text: string, ...options: string[]): Buffer {
  return execFileSync('zstd', ['-c', ...options], { input: text, ...ZSTD });
}

function hasZstd(): boolean {
  try {
    return zstd('').length > 0;
  } catch {
    return false;
  }
}

/** What the decoder in JavaScript makes of it, also where Node has one of its own. */
async function readWithFzstd(bytes: Uint8Array, chunkSize: number): Promise<{ text: string; codes: string[] }> {
  const codes: string[] = [];
  const reporter = new Reporter('app.log.zst', { onProblem: ({ code }) => codes.push(code) });
  const chunks: Buffer[] = [];
  for await (const chunk of unzstd(new ByteReader(inChunks(bytes, chunkSize)), reporter, newFzstdDecoder)) {
    chunks.push(Buffer.from(chunk));
  }
  return { text: Buffer.concat(chunks).toString(), codes };
}

// Needs the zstd tool to make the archives.
describe.skipIf(isMissing(hasZstd() ? undefined : 'the zstd tool'))('zstd', () => {
  const decoders = [
    ['the best decoder', readBytes],
    ['fzstd', readWithFzstd],
  ] as const;

  describe.each(decoders)('%s', (_name, read) => {
    it.each([1, 1000, 512 * 1024])('decodes in chunks of %i bytes', async (chunkSize) => {
      const text = chunkSize === 1 ? logText(20_000) : TEXT;
      const reading = await read(zstd(text), chunkSize);
      expect(reading.text === text).toBe(true);
      expect(reading.codes).toEqual([]);
    });

    it.each([['--no-check'], ['--check'], ['-19'], ['--long=27']])('decodes %s', async (...options) => {
      const reading = await read(zstd(TEXT, ...options), 100_000);
      expect(reading.text === TEXT).toBe(true);
      expect(reading.codes).toEqual([]);
    });

    it('decodes several frames, tiny and empty ones, and passes over skippable ones', async () => {
      const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
      const frames = ['a', '', 'one\n', logText(300_000), 'z\n'];
      const bytes = Buffer.concat([skippable, ...frames.flatMap((text) => [zstd(text), skippable])]);
      for (const chunkSize of [1, 7, 1e6]) {
        const reading = await read(bytes, chunkSize);
        expect(reading.text === frames.join('')).toBe(true);
        expect(reading.codes).toEqual([]);
      }
    });

    it('delivers everything before garbage', async () => {
      const reading = await read(Buffer.concat([zstd('one\n'), Buffer.from('garbage and more')]), 3);
      expect(reading.text).toBe('one\n');
      expect(reading.codes).toEqual(['trailing-garbage']);
    });

    it('delivers all whole blocks of a stream that is cut off anywhere', async () => {
      const whole = zstd(TEXT);
      for (const length of [5, 7, 20, whole.length >> 1, whole.length - 5, whole.length - 1]) {
        const reading = await read(whole.subarray(0, length), 64 * 1024);
        expect(TEXT.startsWith(reading.text)).toBe(true);
        expect(TEXT.length * (length / whole.length) - reading.text.length).toBeLessThan(256 * 1024);
        expect(reading.codes).toEqual(['truncated-archive']);
      }
    });

    it('delivers what comes before damage', async () => {
      const whole = zstd(TEXT, '--no-check');
      const middle = whole.length >> 1;
      const reading = await read(Buffer.concat([whole.subarray(0, middle), Buffer.alloc(300_000, 0xff)]), 64 * 1024);
      expect(reading.codes).toEqual(['corrupt-archive']);
      expect(sharedLength(reading.text, TEXT)).toBeGreaterThan(TEXT.length / 2 - 256 * 1024);
    });

    it('refuses a window that claims gigabytes', async () => {
      const reading = await read(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 0x01, 0x00, 0x00]), 100);
      expect(reading.codes).toEqual(['unsupported-archive']);
    });
  });
});

it.each([
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 1, 2]],
  ['bzip2', [...Buffer.from('BZh91AY&SY'), 1, 2]],
  ['zip', [0x50, 0x4b, 3, 4, 20, 0]],
])('says of %s that it is not supported, and how to read it', async (name, bytes) => {
  const reading = await readBytes(Uint8Array.from(bytes), 2);
  expect(reading.text).toBe('');
  expect(reading.problems).toMatchObject([{ code: 'unsupported-archive', message: expect.stringContaining(name) }]);
  expect(reading.problems[0]?.hint).toContain('| backend-doctor');
});
