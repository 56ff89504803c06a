import type { Literal } from './scanner.ts';

/** Bits of the byte table: which strides a gram is looked up at. */
export const LONG_GRAM = 1;
export const SHORT_GRAM = 2;

/** Literals of this length and more are found by one aligned word in four bytes, shorter ones by one in two. */
const LONG_WINDOW = 7;
const SHORT_WINDOW = 5;
const TABLE_BITS = 17;
/** How much a gram that twice as many literals hold weighs against rarer letters. */
const SHARE_WEIGHT = 40;

/**
 * The prefilter of the scanner. From each literal one window is taken: seven bytes hold, whatever the alignment, exactly
 * one word that starts at a multiple of four; five bytes exactly one at a multiple of two. The words of all windows go
 * into a byte table, so that the scan has to look at aligned words only, and into a hash of the exact words, which tells
 * the literals that a word may belong to.
 */
export interface GramTable {
  readonly literals: readonly Uint8Array[];
  readonly minDigits: readonly number[];
  /** By slot of a folded word: the strides at which some literal has a word of that slot. */
  readonly table: Uint8Array;
  readonly hasShort: boolean;
  /** The uses of a folded word: `uses[first]` … `uses[last - 1]`, by `useRange`. */
  readonly index: GramIndex;
}

/** Exact words → where they stand in literals. Open addressing; a range that is empty ends a probe. */
export interface GramIndex {
  readonly mask: number;
  readonly keys: Int32Array;
  /** First use and the one behind the last, side by side. */
  readonly ranges: Int32Array;
  readonly literal: Int32Array;
  /** Offset of the word in the literal. */
  readonly offset: Int32Array;
  readonly kind: Uint8Array;
}

/** ASCII letters lose their case; every other byte may be changed too, in the same way on both sides. */
export const FOLD = 0x20202020;

/** Slot of a folded word in the table. */
export function slotOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - TABLE_BITS);
}

interface GramUse {
  readonly literal: number;
  readonly offset: number;
  readonly kind: number;
}

/** @throws {RangeError} for a literal of fewer than five bytes, which no window fits. */
export function buildGramTable(literals: readonly Literal[]): GramTable {
  const bytes = literals.map(({ text }) => new TextEncoder().encode(text.toLowerCase()));
  const shares = countGrams(bytes);
  const ranks = rarity();
  const uses = new Map<number, GramUse[]>();
  const table = new Uint8Array(1 << TABLE_BITS);
  let hasShort = false;
  for (const [literal, text] of bytes.entries()) {
    if (text.length < SHORT_WINDOW) throw new RangeError(`literal too short: ${literals[literal]?.text ?? ''}`);
    const isLong = text.length >= LONG_WINDOW;
    hasShort ||= !isLong;
    const kind = isLong ? LONG_GRAM : SHORT_GRAM;
    const window = isLong ? LONG_WINDOW : SHORT_WINDOW;
    const first = rarestWindow(text, window, ranks, shares);
    for (let offset = first; offset <= first + window - 4; offset++) {
      const gram = gramAt(text, offset);
      const slot = slotOf(gram);
      table[slot] = (table[slot] ?? 0) | kind;
      const list = uses.get(gram);
      if (list === undefined) uses.set(gram, [{ literal, offset, kind }]);
      else list.push({ literal, offset, kind });
    }
  }
  const minDigits = literals.map((literal) => literal.minDigits ?? 0);
  return { literals: bytes, minDigits, table, hasShort, index: buildIndex(uses) };
}

function buildIndex(uses: ReadonlyMap<number, readonly GramUse[]>): GramIndex {
  const size = 1 << Math.max(4, Math.ceil(Math.log2(uses.size * 2 + 1)));
  const flat = [...uses.values()].flat();
  const index: GramIndex = {
    mask: size - 1,
    keys: new Int32Array(size),
    ranges: new Int32Array(2 * size),
    literal: Int32Array.from(flat, (use) => use.literal),
    offset: Int32Array.from(flat, (use) => use.offset),
    kind: Uint8Array.from(flat, (use) => use.kind),
  };
  let first = 0;
  for (const [gram, list] of uses) {
    let slot = slotOf(gram) & index.mask;
    while (index.ranges[2 * slot + 1] !== 0) slot = (slot + 1) & index.mask;
    index.keys[slot] = gram;
    index.ranges[2 * slot] = first;
    first += list.length;
    index.ranges[2 * slot + 1] = first;
  }
  return index;
}

/** Where the range of a folded word's uses stands in `ranges`; -1 when it has none. */
export function useRange({ keys, ranges, mask }: GramIndex, gram: number): number {
  let slot = slotOf(gram) & mask;
  while (ranges[2 * slot + 1] !== 0) {
    if (keys[slot] === gram) return 2 * slot;
    slot = (slot + 1) & mask;
  }
  return -1;
}

function gramAt(text: Uint8Array, offset: number): number {
  const byte = (at: number): number => text[offset + at] ?? 0;
  return byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24) | FOLD;
}

/** How many literals hold each gram: what many of them hold is a common part of words, in logs as well. */
function countGrams(literals: readonly Uint8Array[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const text of literals) {
    for (let offset = 0; offset + 4 <= text.length; offset++) {
      const gram = gramAt(text, offset);
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  return counts;
}

/** Letters by how often they stand in logs, most frequent first; what is not listed is rare. */
const FREQUENT = ' etaionsr0l1cd2.u3mp:-4g5_69f7h8yb/="w,vk';

/** By byte: the higher, the rarer. */
function rarity(): Uint8Array {
  const ranks = new Uint8Array(256).fill(FREQUENT.length);
  for (let rank = 0; rank < FREQUENT.length; rank++) ranks[FREQUENT.charCodeAt(rank)] = rank;
  return ranks;
}

/** Start of the window whose bytes are the rarest and whose grams the fewest other literals hold. */
function rarestWindow(
  text: Uint8Array,
  window: number,
  ranks: Uint8Array,
  shares: ReadonlyMap<number, number>,
): number {
  let best = 0;
  let bestScore = -Infinity;
  for (let start = 0; start + window <= text.length; start++) {
    let score = 0;
    for (let at = start; at < start + window; at++) score += ranks[text[at] as number] as number;
    for (let at = start; at <= start + window - 4; at++)
      score -= SHARE_WEIGHT * Math.log2(shares.get(gramAt(text, at)) ?? 1);
    if (score > bestScore) [best, bestScore] = [start, score];
  }
  return best;
}
