import { clockNear, parseLine, peelLine, type Clock, type LogFormat, type Wrapper } from '../formats/index.ts';
import { SEVERITY_NUMBER, type LogRecord } from '../model/index.ts';
import type { LineBlock, LineHit } from '../scan/index.ts';
import { buildRecords } from './build-record.ts';
import {
  appendLine,
  joinParts,
  openRecord,
  type FormattedLine,
  type LogicalLine,
  type OpenRecord,
} from './open-record.ts';
import { announcesFailure, beginsFailure, looksLikeTrace } from './traces.ts';

/** How far back the start of a record is looked for, from the line that made it a candidate. */
export const LOOK_BACK_BYTES = 128 * 1024;
/** Lines of its stream; indented ones and frames of stack traces do not count. */
const LOOK_BACK_LINES = 16;
const LOOK_BACK_FRAMES = 1_000;
const INDENTED = /^[ \t]/;
/** Lines of other streams in between. */
const LOOK_BACK_FOREIGN = 100;
/** A record that reaches one of these ends there; what follows is a record of its own. */
const MAX_RECORD_LINES = 1_000;
const MAX_RECORD_BYTES = 256 * 1024;
const MAX_PARTS_BYTES = 1024 * 1024;
/** A record ends when its stream has been silent while so many lines of others passed. */
const MAX_SILENT_LINES = 200;
const MAX_STREAMS = 1_024;

export interface AssemblerOptions {
  readonly source: string;
  readonly formats: readonly LogFormat[];
  readonly wrappers: readonly Wrapper[];
  readonly clock: Clock;
  /** Takes each record that holds a literal, when it is whole, with the literals that it holds. */
  readonly onRecord: (record: LogRecord, literals: ReadonlySet<number>) => void;
}

/** What is known of one of the interleaved streams of a source. */
interface Stream {
  readonly name: string;
  open: OpenRecord | undefined;
  /** A line whose end has not come yet. */
  parts: LogicalLine | undefined;
  /** Last line that is part of a record that has ended. */
  consumedThrough: number;
  /** Time of the last record, for those without one of their own. */
  timestamp: number | undefined;
  lastLine: number;
}

interface LinesBefore {
  readonly lines: readonly LogicalLine[];
  readonly isNextRecord: boolean;
}

/**
 * Builds the records around candidate lines and nothing else: from a candidate it looks back to the start of its record,
 * and follows its stream until the record ends. What comes out depends on the lines alone, not on how they were cut into
 * blocks.
 */
export class RecordAssembler {
  readonly #options: AssemblerOptions;
  readonly #streams = new Map<string, Stream>();
  /** Streams whose open record holds a literal, so that their next lines have to be read. */
  readonly #followed = new Set<Stream>();
  /** Materialised lines that held bytes which are not valid UTF-8. */
  invalidLines = 0;

  constructor(options: AssemblerOptions) {
    this.#options = options;
  }

  take(block: LineBlock, hits: readonly LineHit[]): void {
    const buffer = asBuffer(block.bytes);
    let at = block.start;
    let line = block.firstLine;
    let next = 0;
    while (at < block.end) {
      const hit = hits[next];
      if (this.#followed.size === 0) {
        if (hit === undefined) return;
        [at, line] = [hit.start, hit.line];
      }
      const end = buffer.indexOf(0x0a, at);
      const isHit = hit?.start === at;
      if (isHit) next++;
      const logical = this.#read(buffer, at, end, line, isHit ? hit.literals : []);
      if (isHit || this.#isFollowed(logical)) this.#takeLine(logical, block, at);
      at = end + 1;
      if (line++ % 64 === 0) this.#endSilent(line);
    }
  }

  /** Ends all records: the source has no more lines. */
  end(): void {
    for (const stream of this.#followed) {
      if (stream.parts !== undefined) this.#place(stream, stream.parts);
      this.#close(stream);
    }
    this.#followed.clear();
  }

  /** The records that are not whole yet, as they stand, each length of them once: for live input that pauses. */
  preview(): readonly { record: LogRecord; literals: ReadonlySet<number> }[] {
    const shown = [];
    for (const { open, timestamp } of this.#followed) {
      if (open === undefined || open.previewedLines === open.lines.length) continue;
      open.previewedLines = open.lines.length;
      for (const record of buildRecords(open, this.#options, timestamp))
        shown.push({ record, literals: open.literals });
    }
    return shown;
  }

  #read(buffer: Buffer, start: number, end: number, line: number, literals: readonly number[]): LogicalLine {
    const raw = decodeLine(buffer, start, end);
    if (raw.includes('\uFFFD')) this.invalidLines++;
    return { read: peelLine(raw, this.#options.wrappers, this.#options.clock), raw, line, endLine: line, literals };
  }

  #isFollowed(line: LogicalLine): boolean {
    const stream = this.#streams.get(line.read.stream);
    return stream !== undefined && this.#followed.has(stream);
  }

  #takeLine(line: LogicalLine, block: LineBlock, at: number): void {
    const stream = this.#stream(line.read.stream);
    if (!this.#followed.has(stream)) this.#lookBack(stream, line, block, at);
    this.#advance(stream, line);
    this.#keepFollowing(stream);
  }

  #stream(name: string): Stream {
    const known = this.#streams.get(name);
    if (known !== undefined) return known;
    if (this.#streams.size >= MAX_STREAMS) this.#forgetOldest();
    const stream = { name, open: undefined, parts: undefined, consumedThrough: 0, timestamp: undefined, lastLine: 0 };
    this.#streams.set(name, stream);
    return stream;
  }

  #forgetOldest(): void {
    for (const [name, stream] of this.#streams) {
      if (this.#followed.has(stream)) continue;
      this.#streams.delete(name);
      return;
    }
  }

  #keepFollowing(stream: Stream): void {
    const isHot = (stream.open?.literals.size ?? 0) > 0 || (stream.parts?.literals.length ?? 0) > 0;
    if (isHot) {
      this.#followed.add(stream);
      return;
    }
    this.#followed.delete(stream);
    stream.open = undefined;
    stream.parts = undefined;
  }

  /** Reads the lines before a candidate, back to the line that surely begins its record. */
  #lookBack(stream: Stream, candidate: LogicalLine, block: LineBlock, at: number): void {
    stream.open = undefined;
    stream.parts = undefined;
    if (this.#surelyBegins(candidate) && !this.#mayBePart(candidate)) return;
    const { lines, isNextRecord } = this.#linesBefore(stream, candidate, block, at);
    if (!isNextRecord) stream.timestamp = undefined;
    for (const line of lines) this.#advance(stream, line);
  }

  /** The lines of the stream before a candidate; whether they begin right behind the last record that was handed on. */
  #linesBefore(stream: Stream, candidate: LogicalLine, block: LineBlock, at: number): LinesBefore {
    const buffer = asBuffer(block.bytes);
    const lines: LogicalLine[] = [];
    let end = at - 1;
    let isBegun = this.#surelyBegins(candidate);
    let others = 0;
    let foreign = 0;
    for (let back = 1; back <= LOOK_BACK_FRAMES && others < LOOK_BACK_LINES && end > block.historyStart; back++) {
      const start = Math.max(buffer.lastIndexOf(0x0a, end - 1) + 1, block.historyStart);
      const number = candidate.line - back;
      if (number <= stream.consumedThrough) return { lines: lines.reverse(), isNextRecord: true };
      if (at - start > LOOK_BACK_BYTES) break;
      const line = this.#read(buffer, start, end, number, []);
      end = start - 1;
      if (line.read.stream !== stream.name) {
        if (++foreign > LOOK_BACK_FOREIGN) break;
        continue;
      }
      if (isBegun && !line.read.partial) break;
      lines.push(line);
      if (!INDENTED.test(line.read.inner) && !looksLikeTrace(line.read.inner)) others++;
      isBegun = this.#surelyBegins(line);
      if (isBegun && !this.#mayBePart(line)) break;
    }
    return { lines: lines.reverse(), isNextRecord: false };
  }

  /** True for a line that begins a record whatever stands before it, and bears a time that later lines may inherit. */
  #surelyBegins(line: LogicalLine): boolean {
    const { read } = line;
    const parsed = this.#parse(line)?.parsed;
    if (parsed === undefined || (parsed.role ?? 'start') !== 'start') return false;
    return (parsed.timestamp ?? read.timestamp) !== undefined || parsed.records !== undefined;
  }

  #mayBePart({ read }: LogicalLine): boolean {
    return this.#options.wrappers.some(({ id, splitsLines }) => splitsLines === true && read.wrappers.includes(id));
  }

  #parse(line: LogicalLine): FormattedLine | undefined {
    if (line.formatted === undefined) {
      const { formats, clock } = this.#options;
      const { inner, timestamp } = line.read;
      line.formatted = parseLine(inner, formats, timestamp === undefined ? clock : clockNear(clock, timestamp)) ?? null;
    }
    return line.formatted ?? undefined;
  }

  /** Takes the next line of a stream: joins split ones, places whole ones. */
  #advance(stream: Stream, line: LogicalLine): void {
    stream.lastLine = line.endLine;
    const whole = stream.parts === undefined ? line : joinParts(stream.parts, line);
    const isPart = whole.read.partial && whole.raw.length < MAX_PARTS_BYTES;
    stream.parts = isPart ? whole : undefined;
    if (!isPart) this.#place(stream, whole);
  }

  /** Puts a whole line into the open record or begins the next one with it. */
  #place(stream: Stream, line: LogicalLine): void {
    const { open } = stream;
    stream.parts = undefined;
    if (open === undefined || isFull(open)) {
      this.#begin(stream, line, this.#parse(line));
      return;
    }
    if (open.format?.continues?.(line.read.inner, open) === true) {
      appendLine(open, line);
      return;
    }
    const formatted = this.#parse(line);
    if (formatted === undefined ? joinsAsText(open, line.read.inner) : joinsAsPart(open, formatted)) {
      appendLine(open, line, formatted?.parsed);
      return;
    }
    this.#begin(stream, line, formatted);
  }

  #begin(stream: Stream, line: LogicalLine, formatted: FormattedLine | undefined): void {
    this.#close(stream);
    stream.open = openRecord(line, formatted);
    stream.timestamp = formatted?.parsed.timestamp ?? line.read.timestamp ?? stream.timestamp;
    if (formatted !== undefined && isSelfContained(formatted.format)) this.#close(stream);
  }

  #close(stream: Stream): void {
    const { open } = stream;
    if (open === undefined) return;
    stream.open = undefined;
    stream.consumedThrough = open.endLine;
    if (open.literals.size === 0) return;
    for (const record of buildRecords(open, this.#options, stream.timestamp))
      this.#options.onRecord(record, open.literals);
  }

  #endSilent(line: number): void {
    for (const stream of this.#followed) {
      if (line - stream.lastLine <= MAX_SILENT_LINES) continue;
      if (stream.parts !== undefined) this.#place(stream, stream.parts);
      this.#close(stream);
      this.#followed.delete(stream);
    }
  }
}

/** A record of such a format is whole with its first line. */
function isSelfContained({ continuation, continues, complete }: LogFormat): boolean {
  return continuation === 'none' && continues === undefined && complete === undefined;
}

function isFull(open: OpenRecord): boolean {
  return open.lines.length >= MAX_RECORD_LINES || open.bytes >= MAX_RECORD_BYTES;
}

/** Whether a line that no format understands belongs to the record before it. */
function joinsAsText(open: OpenRecord, text: string): boolean {
  const continuation = open.format?.continuation ?? 'trace';
  if (continuation === 'none') return false;
  const isTrace = open.trace.continues(text);
  if (isHarmless(open) && announcesFailure(text) && (open.lines.length === 1 || !isTrace)) return false;
  if (isTrace) return true;
  return continuation === 'text' && !beginsFailure(text);
}

/** A record that is known to tell of no failure: what fails right after it is another matter. */
function isHarmless({ first }: OpenRecord): boolean {
  const { severityNumber } = first;
  return severityNumber !== undefined && severityNumber < SEVERITY_NUMBER.warning;
}

/** Whether a line that a format understands is a further part of the record before it. */
function joinsAsPart(open: OpenRecord, { format, parsed }: FormattedLine): boolean {
  return parsed.role === 'continue' && open.format?.id === format.id && open.first.key === parsed.key;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decodeLine(buffer: Buffer, start: number, end: number): string {
  const withoutReturn = end > start && buffer[end - 1] === 0x0d ? end - 1 : end;
  return buffer.toString('utf8', start, withoutReturn);
}
