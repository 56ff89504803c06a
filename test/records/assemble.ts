import { FORMATS, WRAPPERS, fixedClock } from '../../src/formats/index.ts';
import type { LogRecord } from '../../src/model/index.ts';
import { LOOK_BACK_BYTES, RecordAssembler } from '../../src/records/index.ts';
import { LineBlocks, type LineBlock, type LineHit, type Scanner } from '../../src/scan/index.ts';

const NEWLINE = 0x0a;
/** What a line bears that is no candidate but is handed to the assembler all the same. */
const NOTHING = 0;
const CANDIDATE = 1;

export interface AssembleOptions {
  /** Which lines the scan would find; by number and text. */
  readonly isCandidate: (text: string, line: number) => boolean;
  /** Hands every line to the assembler, and keeps the records that hold a candidate. */
  readonly readEveryLine?: boolean;
}

export interface Assembled {
  readonly records: readonly LogRecord[];
  readonly invalidLines: number;
}

/** Reads a log through the real stages, with the lines of a test's choice as candidates. */
export function assemble(log: string | Uint8Array, { isCandidate, readEveryLine = false }: AssembleOptions): Assembled {
  return run(log, (block) =>
    linesOf(block).flatMap(({ text, ...line }): LineHit[] => {
      if (isCandidate(text, line.line)) return [{ ...line, literals: [CANDIDATE] }];
      return readEveryLine ? [{ ...line, literals: [NOTHING] }] : [];
    }),
  );
}

/** The same with the lines that a scanner finds. */
export function assembleScanned(log: Uint8Array, scanner: Scanner, readEveryLine: boolean): Assembled {
  return run(log, (block) => {
    const { hits } = scanner.scan(block.bytes, block.start, block.end, block.firstLine);
    if (!readEveryLine) return hits.map((hit) => ({ ...hit, literals: [CANDIDATE] }));
    const found = new Set(hits.map(({ line }) => line));
    return linesOf(block).map(({ text: _text, ...line }) => ({
      ...line,
      literals: [found.has(line.line) ? CANDIDATE : NOTHING],
    }));
  });
}

function run(log: string | Uint8Array, hitsOf: (block: LineBlock) => readonly LineHit[]): Assembled {
  const records: LogRecord[] = [];
  const assembler = new RecordAssembler({
    source: 'sample.log',
    formats: FORMATS,
    wrappers: WRAPPERS,
    clock: fixedClock(Date.UTC(2026, 10, 21, 12)),
    onRecord: (record, literals) => {
      if (literals.has(CANDIDATE)) records.push(record);
    },
  });
  const blocks = new LineBlocks({ maxLineBytes: 1024 * 1024, historyBytes: LOOK_BACK_BYTES });
  const take = (block: LineBlock): number => {
    assembler.take(block, hitsOf(block));
    return linesOf(block).length;
  };
  blocks.push(typeof log === 'string' ? new TextEncoder().encode(log) : log, take);
  blocks.end(take);
  assembler.end();
  return { records, invalidLines: assembler.invalidLines };
}

function linesOf({
  bytes,
  start,
  end,
  firstLine,
}: LineBlock): { text: string; start: number; end: number; line: number }[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines = [];
  for (let at = start, line = firstLine; at < end; line++) {
    const newline = buffer.indexOf(NEWLINE, at);
    lines.push({ text: buffer.toString('utf8', at, newline), start: at, end: newline, line });
    at = newline + 1;
  }
  return lines;
}
