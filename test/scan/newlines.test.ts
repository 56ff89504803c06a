import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countNewlines } from '../../src/scan/newlines.ts';

function plainCount(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (bytes[at] === 0x0a) count++;
  return count;
}

/** Newlines, and the bytes that arithmetic on whole words could take for them. */
const byte = fc.oneof(
  fc.constantFrom(0x0a, 0x8a, 0x0b, 0x09, 0x00, 0xff, 0x7f, 0x80),
  fc.integer({ min: 0, max: 255 }),
);
const bytes = fc.array(byte, { maxLength: 200 }).map((list) => Uint8Array.from(list));

it('counts as a loop over the bytes does, whatever the range and the alignment', () => {
  fc.assert(
    fc.property(bytes, fc.nat(7), fc.nat(), fc.nat(), (content, offset, from, to) => {
      const whole = new Uint8Array(offset + content.length + 5).fill(0x0a);
      whole.set(content, offset);
      const view = whole.subarray(offset, offset + content.length);
      const [start, end] = [from % (content.length + 1), to % (content.length + 1)].sort((a, b) => a - b) as [
        number,
        number,
      ];
      expect(countNewlines(view, start, end)).toBe(plainCount(view, start, end));
    }),
    { numRuns: 3_000, seed: 1 },
  );
});

/** Sums of bytes overflow beyond 255 words; these lengths lie around that bound. */
it.each([1019, 1020, 1021, 1024, 4 * 255 + 7, 65_537])('counts %i newlines in a row', (length) => {
  expect(countNewlines(new Uint8Array(length).fill(0x0a), 0, length)).toBe(length);
});
