import { FORMATS, WRAPPERS, fixedClock, type Clock } from '../../src/formats/index.ts';
import type { LogRecord } from '../../src/model/index.ts';
import { LOOK_BACK_BYTES, RecordAssembler } from '../../src/records/index.ts';
import { LineBlocks, type LineBlock, type LineHit } from '../../src/scan/index.ts';

/** The time near which samples without a year or a date were written. */
export const CLOCK = fixedClock(Date.UTC(2026, 10, 21, 12));

/** Reads a log through the real stages, with every line as a candidate. */
export function readRecords(log: string | Uint8Array, clock: Clock = CLOCK): LogRecord[] {
  const records: LogRecord[] = [];
  const assembler = new RecordAssembler({
    source: 'sample.log',
    formats: FORMATS,
    wrappers: WRAPPERS,
    clock,
    onRecord: (record) => records.push(record),
  });
  const blocks = new LineBlocks({ maxLineBytes: 1024 * 1024, historyBytes: LOOK_BACK_BYTES });
  const take = (block: LineBlock): number => {
    const hits = linesOf(block);
    assembler.take(block, hits);
    return hits.length;
  };
  blocks.push(typeof log === 'string' ? new TextEncoder().encode(log) : log, take);
  blocks.end(take);
  assembler.end();
  return records;
}

function linesOf({ bytes, start, end, firstLine }: LineBlock): LineHit[] {
  const hits: LineHit[] = [];
  for (let at = start, line = firstLine; at < end; line++) {
    const newline = bytes.indexOf(0x0a, at);
    hits.push({ start: at, end: newline, line, literals: [0] });
    at = newline + 1;
  }
  return hits;
}

/** RFC 3339 in UTC, down to the microsecond, as the records hold it. */
export function instantOf(time: string): number {
  const [, seconds = '', fraction = '0'] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/.exec(time) ?? [];
  return Date.parse(`${seconds}Z`) + Math.round(Number(`0.${fraction}`) * 1e6) / 1e3;
}
