import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineBlocks } from '../../src/scan/index.ts';
import { countNewlines } from '../../src/scan/newlines.ts';

/** The least that is kept of a line, whatever is asked for. */
const LEAST_LINE_BYTES = 512 * 1024;

interface Line {
  readonly number: number;
  readonly text: string;
}

interface Read {
  readonly lines: readonly Line[];
  readonly lineCount: number;
  readonly truncatedLines: number;
}

interface Options {
  readonly maxLineBytes?: number;
  readonly historyBytes?: number;
}

/** Reads a log cut into chunks; checks on the way that the history that was promised is there and right. */
function read(log: Uint8Array, cuts: readonly number[], options: Options = {}): Read {
  const { maxLineBytes = LEAST_LINE_BYTES, historyBytes = 64 } = options;
  const blocks = new LineBlocks({ maxLineBytes, historyBytes });
  const lines: Line[] = [];
  let emitted = '';
  const take = (block: Parameters<Parameters<LineBlocks['push']>[1]>[0]): number => {
    const { bytes, start, end, historyStart, firstLine } = block;
    const text = latin1(bytes, start, end);
    expect(text.endsWith('\n')).toBe(true);
    const history = latin1(bytes, historyStart, start);
    expect(emitted.endsWith(history)).toBe(true);
    expect(history === '' || history === emitted || emitted.at(-history.length - 1) === '\n').toBe(true);
    expect(history.length).toBeGreaterThanOrEqual(promised(emitted, historyBytes));
    emitted = (emitted + text).slice(-4 * historyBytes - 4 * LEAST_LINE_BYTES);
    for (const [index, line] of text.slice(0, -1).split('\n').entries())
      lines.push({ number: firstLine + index, text: line });
    return countNewlines(bytes, start, end);
  };
  const edges = [0, ...cuts.map((cut) => cut % (log.length + 1)).sort((a, b) => a - b), log.length];
  for (const [index, edge] of edges.slice(1).entries()) {
    // Callers may use a chunk's memory again once it was taken.
    const chunk = Uint8Array.from(log.subarray(edges[index], edge));
    blocks.push(chunk, take);
    chunk.fill(0x23);
  }
  blocks.end(take);
  return { lines, lineCount: blocks.lines, truncatedLines: blocks.truncatedLines };
}

/** Bytes of the whole lines that begin within the history that is promised. */
function promised(emitted: string, historyBytes: number): number {
  if (emitted.length <= historyBytes) return emitted.length;
  const from = emitted.length - historyBytes;
  const firstLine = emitted[from - 1] === '\n' ? from : emitted.indexOf('\n', from) + 1;
  return emitted.length - firstLine;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end);
}

/** Lines as an editor counts them: only a newline ends one. */
function linesOf(log: Uint8Array): Line[] {
  const text = Buffer.from(log).toString('latin1');
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text)
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line }));
}

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constant('\n') },
  fc.constant('\r\n'),
  fc.constant('\r'),
  fc.constant('\0'),
  fc.string({ unit: 'binary-ascii', maxLength: 40 }),
  fc.integer({ min: 60, max: 20_000 }).map((length) => 'x'.repeat(length)),
);
const log = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'));
const cuts = fc.array(fc.nat(100_000), { maxLength: 30 });

describe('blocks of lines', () => {
  it('hold every line once with its number, however the log is cut', () => {
    fc.assert(
      fc.property(log, cuts, fc.constantFrom(0, 1, 64, 5_000), (bytes, at, historyBytes) => {
        const expected = linesOf(bytes);
        expect(read(bytes, at, { historyBytes })).toEqual({
          lines: expected,
          lineCount: expected.length,
          truncatedLines: 0,
        });
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it('are the same byte by byte', () => {
    const bytes = Buffer.from('one\r\ntwo\rstill two\n\0\0\n\n\nlast', 'latin1');
    const byBytes = read(bytes, Array.from(bytes.keys()));
    expect(byBytes).toEqual(read(bytes, []));
    expect(byBytes.lines.map(({ text }) => text)).toEqual(['one\r', 'two\rstill two', '\0\0', '', '', 'last']);
  });

  it('keep no line of a log that is empty', () => {
    expect(read(new Uint8Array(0), [0, 0])).toEqual({ lines: [], lineCount: 0, truncatedLines: 0 });
  });

  it('count a last line without a newline', () => {
    expect(read(Buffer.from('a\nb'), [])).toMatchObject({
      lineCount: 2,
      lines: [{ number: 1 }, { number: 2, text: 'b' }],
    });
    expect(read(Buffer.from('a\nb\n'), [])).toMatchObject({
      lineCount: 2,
      lines: [{ number: 1 }, { number: 2, text: 'b' }],
    });
  });

  it('count the line that has begun before its newline comes', () => {
    const blocks = new LineBlocks({ maxLineBytes: LEAST_LINE_BYTES, historyBytes: 0 });
    blocks.push(Buffer.from('a\nb'), ({ bytes, start, end }) => countNewlines(bytes, start, end));
    expect(blocks.lines).toBe(2);
  });
});

describe('lines over the limit', () => {
  const limit = 600 * 1024;

  it('are cut at it and counted, and the next line is read', () => {
    const bytes = Buffer.from(`first\n${'x'.repeat(5 * 1024 * 1024)}\nnext\n`);
    const { lines, ...counts } = read(bytes, [], { maxLineBytes: limit });
    expect(counts).toEqual({ lineCount: 3, truncatedLines: 1 });
    expect(lines.map(({ number, text }) => [number, text.length])).toEqual([
      [1, 5],
      [2, limit],
      [3, 4],
    ]);
    expect(lines[2]?.text).toBe('next');
  });

  it('are cut at the same byte however the log is cut', () => {
    const lengths = fc.array(fc.constantFrom(0, 10, limit - 1, limit, limit + 1, 2 * limit), {
      minLength: 1,
      maxLength: 4,
    });
    const edges = fc.array(fc.integer({ min: 0, max: 6 * limit }), { maxLength: 12 });
    fc.assert(
      fc.property(lengths, edges, fc.boolean(), (list, at, endsWithNewline) => {
        const text =
          list.map((length, index) => String(index).repeat(length)).join('\n') + (endsWithNewline ? '\n' : '');
        const bytes = Buffer.from(text);
        const got = read(bytes, at, { maxLineBytes: limit });
        expect(got.lines.map(({ number, text: line }) => `${number}:${line.length}:${line.slice(0, 1)}`)).toEqual(
          linesOf(bytes).map(
            ({ number, text: line }) => `${number}:${Math.min(line.length, limit)}:${line.slice(0, 1)}`,
          ),
        );
        expect(got.truncatedLines).toBe(linesOf(bytes).filter(({ text: line }) => line.length > limit).length);
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it('are counted when nothing comes after them', () => {
    const got = read(Buffer.alloc(2 * limit, 'x'), [limit], { maxLineBytes: limit });
    expect(got).toMatchObject({ lineCount: 1, truncatedLines: 1 });
    expect(got.lines[0]?.text.length).toBe(limit);
  });

  it('are never cut below half a mebibyte', () => {
    const got = read(Buffer.alloc(LEAST_LINE_BYTES, 'x'), [], { maxLineBytes: 10 });
    expect(got).toMatchObject({ lineCount: 1, truncatedLines: 0 });
  });
});

it('memory stays bounded by a line, its history and a piece', () => {
  const blocks = new LineBlocks({ maxLineBytes: LEAST_LINE_BYTES, historyBytes: 128 * 1024 });
  let largest = 0;
  const chunk = Buffer.from(`${'x'.repeat(1_000)}\n`.repeat(60));
  for (let index = 0; index < 500; index++) {
    blocks.push(chunk, ({ bytes, start, end }) => {
      largest = Math.max(largest, bytes.length);
      return countNewlines(bytes, start, end);
    });
  }
  expect(largest).toBeLessThan(4 * 1024 * 1024);
});
