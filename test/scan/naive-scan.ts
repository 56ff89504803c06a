import type { LineHit, Literal, ScanResult } from '../../src/scan/index.ts';

/** What a scanner must find, in the plainest words: each line lower-cased and searched for each literal. */
export function naiveScan(
  literals: readonly Literal[],
  bytes: Uint8Array,
  start: number,
  end: number,
  firstLine: number,
): ScanResult {
  const text = Buffer.from(bytes.subarray(start, end)).toString('latin1');
  const hits: LineHit[] = [];
  let newlines = 0;
  let lineStart = 0;
  while (lineStart < text.length) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline < 0 ? text.length : newline;
    const line = foldCase(text.slice(lineStart, lineEnd));
    const found = literals.flatMap((literal, index) => (holds(line, literal) ? [index] : []));
    if (found.length > 0) {
      hits.push({ start: start + lineStart, end: start + lineEnd, line: firstLine + newlines, literals: found });
    }
    if (newline >= 0) newlines++;
    lineStart = lineEnd + 1;
  }
  return { hits, newlines };
}

/** Only ASCII has a case here. */
function foldCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function holds(line: string, { text, minDigits = 0 }: Literal): boolean {
  for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
    const digits = /^\d*/.exec(line.slice(at + text.length))?.[0].length ?? 0;
    if (digits >= minDigits) return true;
  }
  return false;
}
