import type { Literal } from './scanner.ts';

/** Bits of the byte table: which strides a gram is looked up at. */
export const LONG_GRAM = 1;
export const SHORT_GRAM = 2;

/** Literals of this length and more are found by one aligned word in four bytes, shorter ones by one in two. */
const LONG_WINDOW = 7;
const SHORT_WINDOW = 5;
const TABLE_BITS = 17;

/** One place where a gram stands in a literal. */
export interface GramUse {
  readonly literal: number;
  /** Offset of the gram in the literal. */
  readonly offset: number;
  readonly kind: number;
}

/**
 * The prefilter of the scanner. From each literal one window is taken: seven bytes hold, whatever the alignment, exactly
 * one word that starts at a multiple of four; five bytes exactly one at a multiple of two. The words of all windows go
 * into a byte table, so that the scan has to look at aligned words only.
 */
export interface GramTable {
  readonly literals: readonly Uint8Array[];
  readonly minDigits: readonly number[];
  readonly table: Uint8Array;
  readonly uses: ReadonlyMap<number, readonly GramUse[]>;
  readonly hasShort: boolean;
}

/** ASCII letters lose their case; every other byte may be changed too, in the same way on both sides. */
export const FOLD = 0x20202020;

/** Slot of a folded word in the table. */
export function slotOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - TABLE_BITS);
}

/** @throws {RangeError} for a literal of fewer than five bytes, which no window fits. */
export function buildGramTable(literals: readonly Literal[]): GramTable {
  const table = new Uint8Array(1 << TABLE_BITS);
  const uses = new Map<number, GramUse[]>();
  const bytes = literals.map(({ text }) => new TextEncoder().encode(text.toLowerCase()));
  let hasShort = false;
  for (const [literal, text] of bytes.entries()) {
    if (text.length < SHORT_WINDOW) throw new RangeError(`literal too short: ${literals[literal]?.text ?? ''}`);
    const isLong = text.length >= LONG_WINDOW;
    hasShort ||= !isLong;
    const kind = isLong ? LONG_GRAM : SHORT_GRAM;
    const window = isLong ? LONG_WINDOW : SHORT_WINDOW;
    const first = rarestWindow(text, window);
    for (let offset = first; offset <= first + window - 4; offset++) {
      const gram = gramAt(text, offset);
      const slot = slotOf(gram);
      table[slot] = (table[slot] ?? 0) | kind;
      const list = uses.get(gram);
      if (list === undefined) uses.set(gram, [{ literal, offset, kind }]);
      else list.push({ literal, offset, kind });
    }
  }
  return { literals: bytes, minDigits: literals.map(({ minDigits }) => minDigits ?? 0), table, uses, hasShort };
}

function gramAt(text: Uint8Array, offset: number): number {
  const byte = (at: number): number => text[offset + at] ?? 0;
  return (byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)) | FOLD;
}

/** Letters by how often they stand in logs, most frequent first; what is not listed is rare. */
const FREQUENT = ' etaionsr0l1cd2.u3mp:-4g5_69f7h8yb/="w,vk';

/** Start of the window whose bytes are the least frequent in logs. */
function rarestWindow(text: Uint8Array, window: number): number {
  let best = 0;
  let bestScore = -1;
  for (let start = 0; start + window <= text.length; start++) {
    let score = 0;
    for (let at = start; at < start + window; at++) {
      const rank = FREQUENT.indexOf(String.fromCharCode(text[at] ?? 0));
      score += rank < 0 ? FREQUENT.length : rank;
    }
    if (score > bestScore) [best, bestScore] = [start, score];
  }
  return best;
}
