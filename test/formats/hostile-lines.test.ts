import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS, WRAPPERS, fixedClock, parseLine, peelLine, type LogFormat } from '../../src/formats/index.ts';

const FOLDER = new URL('../../fixtures/hostile/', import.meta.url);
const clock = fixedClock(Date.UTC(2026, 10, 21, 12));
/** No line of this length may take a format longer than this, however it is made. */
const LONG = 20_000;
const LIMIT_MS = 250;

const lines = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.log'))
  .flatMap((file) => readFileSync(new URL(file, FOLDER), 'utf8').split('\n'));

/** A real beginning with something endless behind it: what makes a careless expression backtrack. */
function longLines(format: LogFormat): string[] {
  const runs = ['a', ' ', '[', '"', '\\', '0', 'a ', 'a=b ', '(a', '\\"', '] ', '"" ', ': ', '\t', '{"a":', '-', 'a.'];
  return format.samples.flatMap(({ text }) => {
    const [head = ''] = text.split('\n');
    return [0.2, 0.5, 0.8, 1].flatMap((part) =>
      runs.map((run) => head.slice(0, Math.ceil(head.length * part)) + run.repeat(Math.ceil(LONG / run.length))),
    );
  });
}

function slowest(format: LogFormat, texts: readonly string[]): { ms: number; text: string } {
  let worst = { ms: 0, text: '' };
  for (const text of texts) {
    const start = performance.now();
    format.parse(text, clock);
    const ms = performance.now() - start;
    if (ms > worst.ms) worst = { ms, text: `${text.slice(0, 120)} … ${text.slice(-20)}` };
  }
  return worst;
}

describe('lines of hostile files', () => {
  for (const format of FORMATS) {
    it(`do not stop ${format.id}`, () => {
      for (const line of lines) {
        const parsed = format.parse(line, clock);
        if (parsed === undefined) continue;
        expect(typeof parsed.body).toBe('string');
        if (parsed.timestamp !== undefined) expect(new Date(parsed.timestamp).getTime()).not.toBeNaN();
        const open = { first: parsed, lines: [line, ''] };
        format.continues?.('', open);
        format.complete?.(open, clock);
      }
    });
    it(`do not slow ${format.id}`, () => {
      const worst = slowest(format, [...lines, ...longLines(format)]);
      expect(worst.ms, worst.text).toBeLessThan(LIMIT_MS);
    });
  }

  it('do not stop the wrappers', () => {
    for (const line of lines) expect(typeof peelLine(line, WRAPPERS, clock).inner).toBe('string');
  });

  it('are read whatever is changed in a sample', () => {
    const samples = FORMATS.flatMap(({ samples: all }) => all.map(({ text }) => text.split('\n')[0] ?? ''));
    const changed = fc
      .tuple(fc.constantFrom(...samples), fc.nat(), fc.nat(40), fc.string({ unit: 'binary', maxLength: 20 }))
      .map(([text, at, length, insert]) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + insert + text.slice(start + length);
      });
    fc.assert(
      fc.property(changed, (line) => {
        const { inner } = peelLine(line, WRAPPERS, clock);
        const parsed = parseLine(inner, FORMATS, clock)?.parsed;
        const times = [parsed, ...(parsed?.records ?? [])]
          .map((one) => one?.timestamp)
          .filter((time) => time !== undefined);
        return times.every((time) => !Number.isNaN(new Date(time).getTime()));
      }),
      { numRuns: 2000, seed: 17 },
    );
  });
});
