import type { LogRecord } from './record.ts';
import type { Rule } from './knowledge.ts';
import type { Impact } from './severity.ts';

/** What the named groups and attributes of a match filled in (`host`, `port`, `table` …). */
export type Captures = Readonly<Record<string, string>>;

/** A rule met a record. */
export interface Match {
  readonly rule: Rule;
  readonly record: LogRecord;
  readonly captures: Captures;
  /** Where in the record's text the match begins; orders the causes inside one record. */
  readonly offset: number;
}

/** A record kept as proof. */
export interface Evidence {
  readonly source: string;
  readonly line: number;
  readonly endLine: number;
  readonly timestamp?: number;
  /** OpenTelemetry SeverityNumber. */
  readonly severityNumber?: number;
  /** The level as the log words it. */
  readonly severityText?: string;
  readonly format: string;
  /** First line of the message, without time and level; bounded. */
  readonly message: string;
  /** The line of the record that the rule matched, when it is another one. */
  readonly matched?: string;
  /** The lines as they stand in the source, bounded. */
  readonly text: string;
}

/** All matches of one rule that are about the same subject. */
export interface Finding {
  readonly id: string;
  readonly rule: Rule;
  readonly severity: Impact;
  /** What it is about, from the identity captures: `127.0.0.1:5432`; '' when nothing identifies it. */
  readonly subject: string;
  readonly captures: Captures;
  readonly count: number;
  readonly firstSeen?: number;
  readonly lastSeen?: number;
  /** Order of the first match in the input, for logs without times. */
  readonly order: number;
  readonly evidence: readonly Evidence[];
  /** Sources, services, hosts or containers that reported it, most frequent first, bounded. */
  readonly where: readonly string[];
}
