import type { LineHit, Scanner } from './scanner.ts';

/** Stands for no literal: the line is a hit because every line is one. */
const NO_LITERAL = -1;

/** A scanner for runs in which some rule must be tried on every line: all lines are hits, with the literals they hold. */
export function everyLineScanner(scanner: Scanner): Scanner {
  return {
    scan(bytes, start, end, firstLine) {
      const found = scanner.scan(bytes, start, end, firstLine);
      const known = new Map(found.hits.map((hit) => [hit.line, hit]));
      const hits: LineHit[] = [];
      for (let at = start, line = firstLine; at < end; line++) {
        const newline = bytes.indexOf(0x0a, at);
        hits.push(known.get(line) ?? { start: at, end: newline, line, literals: [NO_LITERAL] });
        at = newline + 1;
      }
      return { hits, newlines: found.newlines };
    },
  };
}
