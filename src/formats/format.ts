import type { Attributes } from '../model/index.ts';
import type { Clock } from './time.ts';

/** What one line says when a format understands it. */
export interface ParsedLine {
  /** Milliseconds since the epoch, UTC; absent when the line bears none. */
  readonly timestamp?: number;
  /** OpenTelemetry SeverityNumber, 1–24. */
  readonly severityNumber?: number;
  readonly severityText?: string;
  /** The message, unescaped. */
  readonly body: string;
  readonly attributes?: Attributes;
  readonly traceId?: string;
  readonly spanId?: string;
  /**
   * `start` (default): always begins a record. `weak`: begins one unless the open record claims it through `continues`
   * (MySQL's `# User@Host:` after `# Time:`). `continue`: belongs to the record before it in its stream (PostgreSQL's
   * `DETAIL:`), and begins one only where there is none.
   */
  readonly role?: 'start' | 'weak' | 'continue';
  /** A line with role `continue` joins only a record with the same key (a process id). */
  readonly key?: string;
  /** Lines that hold several records (OTLP JSON): all of them, instead of the fields above. */
  readonly records?: readonly ParsedLine[];
}

/** The lines of a record that is still growing, as its format sees them: without wrappers. */
export interface OpenLines {
  readonly first: ParsedLine;
  /** All lines, the first included, unparsed. */
  readonly lines: readonly string[];
}

export interface FormatSample {
  /** As it stands in a log; several lines with `\n`. */
  readonly text: string;
  /** Where it was published, or the program (with version) that printed it here. */
  readonly origin: string;
  /** RFC 3339 in UTC with as many digits as are needed, or undefined where the line bears no time. */
  readonly time?: string;
  readonly severityNumber?: number;
  readonly body: string;
  /** Some attributes that must be there. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * A log format: one file, one exported object. Detection needs nothing but the line, so that the same line is read the
 * same way wherever the input was cut.
 */
export interface LogFormat {
  readonly id: string;
  readonly title: string;
  /** The technology that writes it, when it is only one. */
  readonly technology?: string;
  /** First characters that a line of this format can begin with; any when absent. Skips the parse of others. */
  readonly firstCharacters?: string;
  /**
   * Which lines that no format understands belong to a record of this format: `none` of them (self-contained lines such
   * as JSON), those that look like a stack `trace`, or any `text` until the next line that parses.
   */
  readonly continuation: 'none' | 'trace' | 'text';
  /** Reads one line; undefined when it is not of this format. Must never throw. */
  parse(line: string, clock: Clock): ParsedLine | undefined;
  /** Claims a line for the record that is open, before anything else looks at it (an open CSV quote). */
  continues?(line: string, open: OpenLines): boolean;
  /** Reads the whole record once all of its lines are there (severity on the second line, a message in parts). */
  complete?(open: OpenLines, clock: Clock): ParsedLine;
  readonly samples: readonly FormatSample[];
}
