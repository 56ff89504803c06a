const NEWLINES = 0x0a0a0a0a;
const LOW_BITS = 0x7f7f7f7f;

/** Newlines in `bytes[start, end)`, four bytes at a time. */
export function countNewlines(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  let at = start;
  while (at < end && ((bytes.byteOffset + at) & 3) !== 0) if (bytes[at++] === 0x0a) count++;
  const wordCount = (end - at) >> 2;
  if (wordCount > 0) {
    count += countInWords(new Int32Array(bytes.buffer, bytes.byteOffset + at, wordCount));
    at += wordCount << 2;
  }
  while (at < end) if (bytes[at++] === 0x0a) count++;
  return count;
}

/** A byte of `x` becomes 0x80 exactly where it was a newline; four sums run side by side, emptied before they overflow. */
function countInWords(words: Int32Array): number {
  let count = 0;
  let index = 0;
  while (index < words.length) {
    const stop = Math.min(index + 255, words.length);
    let sums = 0;
    for (; index < stop; index++) {
      const x = (words[index] as number) ^ NEWLINES;
      sums += ~(((x & LOW_BITS) + LOW_BITS) | x | LOW_BITS) >>> 7;
    }
    count += (sums & 0xff) + ((sums >>> 8) & 0xff) + ((sums >>> 16) & 0xff) + (sums >>> 24);
  }
  return count;
}
