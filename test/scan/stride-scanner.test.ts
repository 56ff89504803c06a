import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyLineScanner, strideScanner, type Literal } from '../../src/scan/index.ts';
import { naiveScan } from './naive-scan.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The same bytes at an offset of a larger buffer, so that they lie at any alignment and are not alone. */
function within(bytes: Uint8Array, offset: number, behind: number): Uint8Array {
  const whole = new Uint8Array(offset + bytes.length + behind).fill(0x61);
  whole.set(bytes, offset);
  return whole.subarray(offset, offset + bytes.length);
}

/** Few characters, so that literals overlap, repeat and nearly match. */
const letter = fc.constantFrom('a', 'b', 'e', '1', '@', '`', ' ', '{', '[');
const literal: fc.Arbitrary<Literal> = fc.record(
  {
    text: fc.string({ unit: letter, minLength: 5, maxLength: 40 }),
    minDigits: fc.integer({ min: 1, max: 5 }),
  },
  { requiredKeys: ['text'] },
);

function randomCase(text: string, upper: readonly boolean[]): string {
  return Array.from(text, (char, index) => (upper[index % upper.length] === true ? char.toUpperCase() : char)).join('');
}

/** Lines made of literals, pieces of literals, digits and arbitrary bytes; the last one ends with a newline. */
function logOf(literals: readonly Literal[]): fc.Arbitrary<Uint8Array> {
  const texts = literals.map(({ text }) => text);
  const piece = fc.oneof(
    fc
      .tuple(fc.constantFrom(...texts), fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }))
      .map(([text, upper]) => encode(randomCase(text, upper))),
    fc.constantFrom(...texts).map((text) => encode(text.slice(0, -1))),
    fc.constantFrom(...texts).map((text) => encode(text.slice(1))),
    fc.string({ unit: fc.constantFrom('0', '7', '9', ':', '/'), maxLength: 6 }).map(encode),
    fc.uint8Array({ maxLength: 12 }),
    fc.constant(encode('\n')),
    fc.constant(encode('\r\n')),
  );
  return fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.concat([...pieces, encode('\n')]));
}

const literals = fc.array(literal, { minLength: 1, maxLength: 8 });
const haystack = literals.chain((list) => fc.tuple(fc.constant(list), logOf(list)));

describe('the stride scanner', () => {
  it('finds what a plain search of each line finds, at every alignment', () => {
    fc.assert(
      fc.property(
        haystack,
        fc.nat(7),
        fc.nat(7),
        fc.integer({ min: 1, max: 1e9 }),
        ([list, log], offset, behind, firstLine) => {
          const bytes = within(log, offset, behind);
          const found = strideScanner(list).scan(bytes, 0, bytes.length, firstLine);
          expect(found).toEqual(naiveScan(list, bytes, 0, bytes.length, firstLine));
        },
      ),
      { numRuns: 3_000, seed: 1 },
    );
  });

  it('looks at nothing outside of its range', () => {
    fc.assert(
      fc.property(haystack, fc.nat(), fc.nat(), ([list, log], from, to) => {
        const starts = [0, ...lineEnds(log)];
        const [start = 0, end = 0] = [starts[from % starts.length], starts[to % starts.length]].sort(
          (a = 0, b = 0) => a - b,
        );
        expect(strideScanner(list).scan(log, start, end, 5)).toEqual(naiveScan(list, log, start, end, 5));
      }),
      { numRuns: 1_000, seed: 2 },
    );
  });

  it('finds the same in one range and in the ranges of its lines', () => {
    fc.assert(
      fc.property(haystack, ([list, log]) => {
        const scanner = strideScanner(list);
        const hits = [];
        let line = 1;
        let start = 0;
        for (const end of lineEnds(log)) {
          const found = scanner.scan(log, start, end, line);
          expect(found.newlines).toBe(1);
          hits.push(...found.hits);
          line += found.newlines;
          start = end;
        }
        expect({ hits, newlines: line - 1 }).toEqual(scanner.scan(log, 0, log.length, 1));
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  /** Five and six bytes are sampled at every second byte, seven and more at every fourth; all of them here stand at an edge. */
  it.each([5, 6, 7, 8, 11, 40])(
    'finds a literal of %i bytes that is all there is, in a buffer of its own',
    (length) => {
      const text = 'quizvexjumpfoxwaltzbrightnymphglyphvowsq'.slice(0, length);
      for (let before = 0; before < 9; before++) {
        const log = encode(`${'-'.repeat(before)}${text}\n`);
        const { hits } = strideScanner([{ text }]).scan(log, 0, log.length, 1);
        expect(hits, `${before} bytes before it`).toEqual([{ start: 0, end: log.length - 1, line: 1, literals: [0] }]);
      }
    },
  );

  it('does not join what a newline parts', () => {
    const log = encode('connection ref\nused by peer\n');
    expect(strideScanner([{ text: 'refused' }, { text: 'refus' }]).scan(log, 0, log.length, 1)).toEqual({
      hits: [],
      newlines: 2,
    });
  });

  it('tells letters from the characters that differ from them in one bit only', () => {
    const log = encode('\u0001{ount @nd [eft\nWORLD\n');
    const found = strideScanner([{ text: 'world' }, { text: ';ount' }, { text: '`nd {' }]).scan(log, 0, log.length, 1);
    expect(found.hits.map(({ line, literals: indexes }) => [line, indexes])).toEqual([[2, [0]]]);
  });

  it('counts digits to the end of the line only', () => {
    const list = [{ text: 'duration: ', minDigits: 4 }];
    const log = encode(
      'duration: 999\n1 duration: 1000 ms\nduration: 99\n99\nDURATION: 123 duration: 12345\nduration: 12:45\nduration: 12/45\n',
    );
    expect(
      strideScanner(list)
        .scan(log, 0, log.length, 1)
        .hits.map(({ line }) => line),
    ).toEqual([2, 5]);
  });

  it('finds a literal in a line of megabytes', () => {
    const log = new Uint8Array(3 * 1024 * 1024 + 3).fill(0x78);
    log.set(encode('connection refused'), 2 * 1024 * 1024 + 1);
    log[log.length - 1] = 0x0a;
    const { hits, newlines } = strideScanner([{ text: 'connection refused' }]).scan(log, 0, log.length, 7);
    expect({ hits, newlines }).toEqual({
      hits: [{ start: 0, end: log.length - 1, line: 7, literals: [0] }],
      newlines: 1,
    });
  });

  it('finds nothing without literals, and counts the lines all the same', () => {
    const log = encode('a\nb\n\n');
    expect(strideScanner([]).scan(log, 0, log.length, 1)).toEqual({ hits: [], newlines: 3 });
  });

  it('refuses a literal that is too short for its windows', () => {
    expect(() => strideScanner([{ text: 'four' }])).toThrow(RangeError);
  });
});

describe('the scanner of every line', () => {
  it('gives every line, with the literals that the other scanner finds in it', () => {
    fc.assert(
      fc.property(haystack, ([list, log]) => {
        const scanner = strideScanner(list);
        const every = everyLineScanner(scanner).scan(log, 0, log.length, 3);
        const known = scanner.scan(log, 0, log.length, 3);
        expect(every.newlines).toBe(known.newlines);
        expect(every.hits.filter(({ literals: indexes }) => indexes[0] !== -1)).toEqual(known.hits);
        expect(every.hits.map(({ end }) => end + 1)).toEqual(lineEnds(log));
        expect(every.hits.map(({ line }) => line)).toEqual(every.hits.map((_, index) => index + 3));
        expect(every.hits.map(({ start }) => start)).toEqual([0, ...lineEnds(log)].slice(0, -1));
      }),
      { numRuns: 300, seed: 4 },
    );
  });
});

/** Behind each newline. */
function lineEnds(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte, index) => (byte === 0x0a ? [index + 1] : []));
}
