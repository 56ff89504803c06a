import { buildGramTable, FOLD, LONG_GRAM, SHORT_GRAM, slotOf, type GramTable } from './gram-table.ts';
import { countNewlines } from './newlines.ts';
import type { LineHit, Literal, Scanner, ScanResult } from './scanner.ts';

const NEWLINE = 0x0a;

/** A scanner in plain TypeScript: the reference that faster ones are held against. */
export function strideScanner(literals: readonly Literal[]): Scanner {
  const grams = buildGramTable(literals);
  return {
    scan: (bytes, start, end, firstLine) => collectLines(findLiterals(grams, bytes, start, end), bytes, start, end, firstLine),
  };
}

/** Pairs of position and literal, flat: position, literal, position, literal … */
type Occurrences = number[];

function findLiterals(grams: GramTable, bytes: Uint8Array, start: number, end: number): Occurrences {
  const found: Occurrences = [];
  const firstWord = (bytes.byteOffset + start) >> 2;
  const lastWord = Math.min((bytes.byteOffset + end + 3) >> 2, bytes.buffer.byteLength >> 2);
  const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >> 2);
  const behindWords = bytesBehindWords(bytes.buffer);
  const { table, hasShort } = grams;
  for (let index = firstWord; index < lastWord; index++) {
    const word = words[index] as number;
    const folded = word | FOLD;
    if (table[slotOf(folded)] !== 0) {
      verify(grams, folded, (index << 2) - bytes.byteOffset, LONG_GRAM | SHORT_GRAM, bytes, start, end, found);
    }
    if (!hasShort) continue;
    const between = ((word >>> 16) | ((words[index + 1] ?? behindWords) << 16)) | FOLD;
    if (((table[slotOf(between)] as number) & SHORT_GRAM) !== 0) {
      verify(grams, between, (index << 2) + 2 - bytes.byteOffset, SHORT_GRAM, bytes, start, end, found);
    }
  }
  return found;
}

/** The up to three last bytes of a buffer that fill no word, as the low bytes of one. */
function bytesBehindWords(buffer: ArrayBufferLike): number {
  const rest = new Uint8Array(buffer, (buffer.byteLength >> 2) << 2);
  return (rest[0] ?? 0) | ((rest[1] ?? 0) << 8);
}

function verify(
  grams: GramTable,
  gram: number,
  position: number,
  kinds: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  found: Occurrences,
): void {
  const uses = grams.uses.get(gram);
  if (uses === undefined) return;
  for (const use of uses) {
    if ((use.kind & kinds) === 0) continue;
    const at = position - use.offset;
    const literal = grams.literals[use.literal] as Uint8Array;
    if (at < start || at + literal.length > end || !standsAt(bytes, at, literal)) continue;
    const digits = grams.minDigits[use.literal] ?? 0;
    if (digits > 0 && !digitsFollow(bytes, at + literal.length, digits)) continue;
    found.push(at, use.literal);
  }
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
