import { buildGramTable, FOLD, LONG_GRAM, SHORT_GRAM, slotOf, useRange, type GramTable } from './gram-table.ts';
import { countNewlines } from './newlines.ts';
import type { LineHit, Literal, Scanner, ScanResult } from './scanner.ts';

const NEWLINE = 0x0a;

/** A scanner in plain TypeScript: the reference that faster ones are held against. */
export function strideScanner(literals: readonly Literal[]): Scanner {
  const grams = buildGramTable(literals);
  return {
    scan: (bytes, start, end, firstLine) =>
      collectLines(findLiterals(grams, bytes, start, end), bytes, start, end, firstLine),
  };
}

/** Pairs of position and literal, flat: position, literal, position, literal … */
type Occurrences = number[];

/** Words a stretch: long enough to amortise its set-up, short enough that its list of hits stays small. */
const STRETCH_WORDS = 64 * 1024;

function findLiterals(grams: GramTable, bytes: Uint8Array, start: number, end: number): Occurrences {
  const found: Occurrences = [];
  const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >> 2);
  const firstWord = (bytes.byteOffset + start) >> 2;
  const lastWord = Math.min((bytes.byteOffset + end + 3) >> 2, words.length);
  const suspects = new Int32Array(2 * STRETCH_WORDS);
  for (let from = firstWord; from < lastWord; from += STRETCH_WORDS) {
    const to = Math.min(from + STRETCH_WORDS, lastWord);
    const count = grams.hasShort
      ? suspectHalves(grams.table, words, from, to, suspects)
      : suspectWords(grams.table, words, from, to, suspects);
    for (let index = 0; index < count; index++) {
      const position = (suspects[index] as number) - bytes.byteOffset;
      verify(grams, position, bytes, start, end, found);
    }
  }
  // The last half of the last whole word goes on in the bytes behind it, which are no word of their own.
  const isAtEnd = lastWord === words.length && lastWord > firstWord;
  if (grams.hasShort && isAtEnd) verify(grams, (lastWord << 2) - 2 - bytes.byteOffset, bytes, start, end, found);
  return found;
}

/** Collects the positions of aligned words whose slot is taken. */
function suspectWords(table: Uint8Array, words: Int32Array, from: number, to: number, suspects: Int32Array): number {
  let count = 0;
  for (let index = from; index < to; index++) {
    if (table[slotOf((words[index] as number) | FOLD)] !== 0) suspects[count++] = index << 2;
  }
  return count;
}

/** The same, and of the words between them that short literals are looked for at. */
function suspectHalves(table: Uint8Array, words: Int32Array, from: number, to: number, suspects: Int32Array): number {
  let count = 0;
  let next = words[from] as number;
  for (let index = from; index < to; index++) {
    const word = next;
    next = words[index + 1] as number;
    if (table[slotOf(word | FOLD)] !== 0) suspects[count++] = index << 2;
    const between = (word >>> 16) | (next << 16) | FOLD;
    if (((table[slotOf(between)] as number) & SHORT_GRAM) !== 0) suspects[count++] = (index << 2) + 2;
  }
  return count;
}

/** Adds the literals that really stand where a word of theirs was met. */
function verify(
  grams: GramTable,
  position: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  found: Occurrences,
): void {
  const { index, literals, minDigits } = grams;
  const range = useRange(index, foldedWordAt(bytes, position));
  if (range < 0) return;
  const kinds = ((position + bytes.byteOffset) & 3) === 0 ? LONG_GRAM | SHORT_GRAM : SHORT_GRAM;
  const last = index.ranges[range + 1] as number;
  for (let use = index.ranges[range] as number; use < last; use++) {
    if (((index.kind[use] as number) & kinds) === 0) continue;
    const at = position - (index.offset[use] as number);
    const literal = index.literal[use] as number;
    const text = literals[literal] as Uint8Array;
    if (at < start || at + text.length > end || !standsAt(bytes, at, text)) continue;
    const digits = minDigits[literal] as number;
    if (digits > 0 && !digitsFollow(bytes, at + text.length, digits)) continue;
    found.push(at, literal);
  }
}

function foldedWordAt(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  return low | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24) | FOLD;
}

function standsAt(bytes: Uint8Array, at: number, literal: Uint8Array): boolean {
  for (let index = 0; index < literal.length; index++) {
    const byte = bytes[at + index] as number;
    const lower = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    if (lower !== literal[index]) return false;
  }
  return true;
}

function digitsFollow(bytes: Uint8Array, at: number, count: number): boolean {
  for (let index = at; index < at + count; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x30 || byte > 0x39) return false;
  }
  return true;
}

/** Groups the occurrences by line. Positions come nearly in order; lines are numbered in one pass. */
function collectLines(
  found: Occurrences,
  bytes: Uint8Array,
  start: number,
  end: number,
  firstLine: number,
): ScanResult {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hits: { start: number; end: number; line: number; literals: number[] }[] = [];
  let counted = start;
  let line = firstLine;
  for (const [at, literal] of inOrder(found)) {
    const last = hits.at(-1);
    if (last !== undefined && at < last.end) {
      if (!last.literals.includes(literal)) last.literals.push(literal);
      continue;
    }
    const lineStart = at === 0 ? 0 : Math.max(buffer.lastIndexOf(NEWLINE, at - 1) + 1, start);
    const newline = buffer.indexOf(NEWLINE, at);
    line += countNewlines(bytes, counted, lineStart);
    counted = lineStart;
    hits.push({ start: lineStart, end: newline < 0 ? end : newline, line, literals: [literal] });
  }
  const newlines = line - firstLine + countNewlines(bytes, counted, end);
  for (const hit of hits) hit.literals.sort((a, b) => a - b);
  return { hits: hits satisfies LineHit[], newlines };
}

function inOrder(found: Occurrences): (readonly [at: number, literal: number])[] {
  const pairs: [number, number][] = [];
  for (let index = 0; index < found.length; index += 2) {
    pairs.push([found[index] as number, found[index + 1] as number]);
  }
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}
