/** A text that a line must hold to be looked at; ASCII case does not matter. */
export interface Literal {
  /** At least five bytes, ASCII, lower case. */
  readonly text: string;
  /** Only when at least so many decimal digits follow: `duration: ` and 4 finds 1000 ms and more. */
  readonly minDigits?: number;
}

/** A line that holds literals. Offsets are those of the scanned bytes; `end` is that of its newline. */
export interface LineHit {
  readonly start: number;
  readonly end: number;
  /** 1-based number of the line in its source. */
  readonly line: number;
  /** Indexes of the literals in the list that the scanner was made of, each once. */
  readonly literals: readonly number[];
}

export interface ScanResult {
  /** In the order of the lines. */
  readonly hits: readonly LineHit[];
  /** Newlines in the scanned range. */
  readonly newlines: number;
}

/**
 * Finds the lines that can matter. `start` is the first byte of a line and `end` lies behind a newline, so a range is
 * whole lines; the result for a range is the same however the input was cut into ranges.
 */
export interface Scanner {
  scan(bytes: Uint8Array, start: number, end: number, firstLine: number): ScanResult;
}
