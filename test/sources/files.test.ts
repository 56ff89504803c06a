import { writeFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expandPaths, openSource, type FileInput, type Source } from '../../src/sources/index.ts';
import { logText, readAll } from './reading.ts';
import { temporaryDirectory } from './temporary.ts';

function fileInput(path: string, origin: FileInput['origin'] = 'named'): FileInput {
  return { kind: 'file', name: 'app.log', path, origin, identity: '', modifiedAt: 1000, sizeBytes: 0 };
}

async function sourceOf(content: string | Uint8Array, origin: FileInput['origin'] = 'named'): Promise<Source> {
  const cwd = temporaryDirectory();
  writeFileSync(join(cwd, 'app.log'), content);
  const { inputs } = await expandPaths([origin === 'named' ? 'app.log' : '*'], { cwd });
  const [input] = inputs;
  if (input === undefined) throw new Error('no input');
  return openSource(input, () => 0);
}

describe('a file', () => {
  it.each([0, 1, 524_287, 524_288, 524_289, 3_000_000])('of %i bytes is read as it is', async (size) => {
    const text = logText(size).slice(0, size);
    const source = await sourceOf(text);
    expect(source.sizeBytes).toBe(size);
    for (let round = 0; round < 2; round++) {
      const reading = await readAll(source);
      expect(reading.text === text).toBe(true);
      expect(Math.max(0, ...reading.chunkSizes)).toBe(Math.min(size, 512 * 1024));
    }
  });

  it('is read into memory of the reader', async () => {
    const text = logText(2_000_000);
    const source = await sourceOf(text);
    const memory = new ArrayBuffer(1_048_576);
    let turn = 0;
    const nextBuffer = (): Uint8Array => new Uint8Array(memory, (turn++ % 2) * 524_288, 524_288);
    let read = '';
    for await (const chunk of source.chunks({ nextBuffer })) {
      expect(chunk.buffer).toBe(memory);
      read += Buffer.from(chunk).toString();
    }
    expect(read === text).toBe(true);
  });

  it('can be left in the middle, and read again', async () => {
    const source = await sourceOf(logText(2_000_000));
    for await (const chunk of source.chunks()) {
      expect(chunk.length).toBe(524_288);
      break;
    }
    const stop = new AbortController();
    let chunks = 0;
    for await (const chunk of source.chunks({ signal: stop.signal })) {
      chunks += Math.min(chunk.length, 1);
      stop.abort();
    }
    expect(chunks).toBe(1);
  });

  it('that has gone since, or is a directory, is a problem', async () => {
    const cwd = temporaryDirectory();
    const gone = await readAll(openSource(fileInput(join(cwd, 'gone')), () => 0));
    expect(gone.problems).toEqual([
      { code: 'not-readable', source: 'app.log', message: 'Cannot be opened: no such file or directory.' },
    ]);
    const directory = await readAll(openSource(fileInput(cwd), () => 0));
    expect(directory.problems).toMatchObject([{ code: 'read-failed', message: expect.stringContaining('directory') }]);
  });

  it('whose reading fails in the middle is a problem, and no cut archive beside', async () => {
    // The memory of a process: its first page is not mapped, and reading it is an input/output error.
    const failed = await readAll(openSource(fileInput('/proc/self/mem'), () => 0));
    expect(failed.codes).toEqual(['read-failed']);
  });

  it.runIf(process.platform === 'linux')('of /proc is read, though it claims to be empty', async () => {
    const { text } = await readAll(openSource(fileInput('/proc/self/status'), () => 0));
    expect(text).toContain('Pid:');
  });

  it('is decompressed, whatever its name', async () => {
    expect((await readAll(await sourceOf(gzipSync('one\n')))).text).toBe('one\n');
  });
});

describe('a damaged archive', () => {
  const text = logText(20_000_000);
  const whole = gzipSync(text, { level: 1 });

  it.each([0, 1])('is read up to its damage, as member number %i', async (members) => {
    const offset = Math.floor(whole.length * 0.9);
    const damaged = Buffer.concat([whole.subarray(0, offset), Buffer.alloc(1000, 0xff), whole.subarray(offset + 1000)]);
    const before = gzipSync('before\n');
    const file = await readAll(await sourceOf(Buffer.concat([...Array<Buffer>(members).fill(before), damaged])));
    const cut = await readAll(await sourceOf(whole.subarray(0, offset)));
    expect(file.codes).toEqual(['corrupt-archive']);
    const expected = 'before\n'.repeat(members) + cut.text;
    expect(file.text.startsWith(expected.slice(0, -1))).toBe(true);
    expect(cut.text.length).toBeGreaterThan(text.length * 0.85);
  });
});

describe('content that is no text', () => {
  const BINARIES = {
    'an ELF file': Buffer.from('\x7fELF\x02\x01\x01'),
    'a systemd journal': Buffer.from('LPKSHHRH\0\0\0\0'),
    'not text': Buffer.from(Uint8Array.from({ length: 4096 }, (_, index) => ((index + 1) * 2_654_435_761) >>> 24)),
  };

  it.each(Object.entries(BINARIES))('is skipped where it was found: %s', async (what, bytes) => {
    const found = await readAll(await sourceOf(bytes, 'found'));
    expect(found.bytes.length).toBe(0);
    expect(found.problems).toMatchObject([{ code: 'not-text', message: `The content is ${what}; skipped.` }]);
  });

  it.each(Object.entries(BINARIES))('is read where it was named: %s', async (_what, bytes) => {
    const named = await readAll(await sourceOf(bytes));
    expect(named.bytes.equals(bytes)).toBe(true);
    expect(named.codes).toEqual([]);
  });

  it.each([
    '\u001b[31mERROR\u001b[0m coloured\n'.repeat(100),
    `${'\0'.repeat(5000)}after a truncation\n`,
    'Fehler: Überlauf\n',
    '\ufffe',
    'x',
  ])('is not what a log may hold: %j', async (text) => {
    expect((await readAll(await sourceOf(text, 'found'))).codes).toEqual([]);
    expect((await readAll(await sourceOf(Buffer.from(`\ufeff${text}`, 'utf16le'), 'found'))).codes).toEqual([]);
    expect((await readAll(await sourceOf(Buffer.from(text, 'latin1'), 'found'))).codes).toEqual([]);
  });
});

it('reads many files through links', async () => {
  const cwd = temporaryDirectory();
  for (let index = 0; index < 300; index++) {
    writeFileSync(join(cwd, `${index}.txt`), `file ${index}\n`);
    symlinkSync(`${index}.txt`, join(cwd, `link-${index}.log`));
  }
  const { inputs } = await expandPaths(['link-*'], { cwd });
  const texts: string[] = [];
  for (const input of inputs) texts.push((await readAll(openSource(input, () => 0))).text);
  expect(texts).toEqual(Array.from({ length: 300 }, (_, index) => `file ${index}\n`));
});
