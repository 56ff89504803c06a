/** A value of an attribute; nested values are flattened to dotted names (`err.code`), arrays to their index (`args.0`). */
export type AttributeValue = string | number | boolean;

/**
 * Named facts of a record: OpenTelemetry semantic conventions where they exist (`exception.type`, `service.name`,
 * `http.response.status_code`), `error.code`, `log.logger`, `request.id` and `duration_ms` beside them, and every field
 * of a structured log under its own dotted path. A Map, since names come from hostile input (`__proto__`).
 */
export type Attributes = Map<string, AttributeValue>;

/** Where a record stands. Lines are 1-based and count as `wc -l` and an editor do. */
export interface Location {
  readonly source: string;
  readonly line: number;
  readonly endLine: number;
}

/**
 * One log entry of one or more lines, named and typed as in the OpenTelemetry logs data model.
 * @see https://opentelemetry.io/docs/specs/otel/logs/data-model/
 */
export interface LogRecord {
  readonly location: Location;
  /** When it happened: milliseconds since the epoch, UTC, with a fraction down to the microsecond. */
  readonly timestamp?: number;
  /** True when the record has no time of its own and bears that of the record before it in its stream. */
  readonly timestampInherited?: boolean;
  /** OpenTelemetry SeverityNumber, 1–24. */
  readonly severityNumber?: number;
  /** The level as the log words it. */
  readonly severityText?: string;
  /** True when no field states the severity and it was read from the text. */
  readonly severityInferred?: boolean;
  /** The message, without the prefix of format and wrappers; further lines follow after a newline. */
  readonly body: string;
  readonly attributes: Attributes;
  readonly traceId?: string;
  readonly spanId?: string;
  /** Id of the format it was read as. */
  readonly format: string;
  /** Ids of the wrappers that were peeled off, outermost first. */
  readonly wrappers: readonly string[];
  /** Which of the interleaved streams of its source it belongs to; '' where there is only one. */
  readonly stream: string;
  /** The technology that wrote it, where format or wrapper tell (`postgresql`). */
  readonly technology?: string;
  /** The lines as they stand in the source, as proof. */
  readonly raw: string;
}
