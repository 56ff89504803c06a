import type { LogFormat, ParsedLine, ReadLine } from '../formats/index.ts';
import { traceTracker, type TraceTracker } from './traces.ts';

/** A line as its writer wrote it: without wrappers, parts that the transport split put together. */
export interface LogicalLine {
  readonly read: ReadLine;
  /** As it stands in the source. */
  readonly raw: string;
  readonly line: number;
  readonly endLine: number;
  /** Literals of the scan that it holds. */
  readonly literals: readonly number[];
  /** What a format makes of it, once it has been asked; null when none understands it. */
  formatted?: FormattedLine | null;
}

/** A line that a format understood. */
export interface FormattedLine {
  readonly format: LogFormat;
  readonly parsed: ParsedLine;
}

/** A record that may still grow. */
export interface OpenRecord {
  /** undefined: plain text that no format understands. */
  readonly format: LogFormat | undefined;
  readonly first: ParsedLine;
  readonly read: ReadLine;
  readonly startLine: number;
  endLine: number;
  /** Lines without their wrappers. */
  readonly lines: string[];
  /** What each line says: the parsed body, or the line as it stands. */
  readonly bodies: string[];
  readonly raw: string[];
  /** What continuing lines bear beside their text (`DETAIL`, a second line's fields). */
  readonly continued: ParsedLine[];
  /** Literals that its lines hold; a record without any is not handed on. */
  readonly literals: Set<number>;
  readonly trace: TraceTracker;
  bytes: number;
  /** How many lines it had when it was last shown before its end. */
  previewedLines: number;
}

export function openRecord(line: LogicalLine, formatted: FormattedLine | undefined): OpenRecord {
  const { inner } = line.read;
  const first = formatted?.parsed ?? { body: inner };
  const trace = traceTracker();
  trace.accept(first.body);
  return {
    format: formatted?.format,
    first,
    read: line.read,
    startLine: line.line,
    endLine: line.endLine,
    lines: [inner],
    bodies: [first.body],
    raw: [line.raw],
    continued: [],
    literals: new Set(line.literals),
    trace,
    bytes: line.raw.length,
    previewedLines: 0,
  };
}

/** Adds a line; `parsed` when the record's format understood it. */
export function appendLine(record: OpenRecord, line: LogicalLine, parsed?: ParsedLine): void {
  const body = parsed?.body ?? line.read.inner;
  record.endLine = line.endLine;
  record.lines.push(line.read.inner);
  record.bodies.push(body);
  record.raw.push(line.raw);
  record.bytes += line.raw.length;
  record.trace.accept(body);
  if (parsed !== undefined) record.continued.push(parsed);
  for (const literal of line.literals) record.literals.add(literal);
}

/** Puts the next part of a split line behind the ones before it. */
export function joinParts(head: LogicalLine, tail: LogicalLine): LogicalLine {
  return {
    read: { ...head.read, inner: head.read.inner + tail.read.inner, partial: tail.read.partial },
    raw: `${head.raw}\n${tail.raw}`,
    line: head.line,
    endLine: tail.endLine,
    literals: [...new Set([...head.literals, ...tail.literals])],
  };
}
