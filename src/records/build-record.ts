import type { Clock, ParsedLine, ReadLine } from '../formats/index.ts';
import type { Attributes, LogRecord } from '../model/index.ts';
import { exceptionOf, withoutGroupMargin } from './exception.ts';
import type { OpenRecord } from './open-record.ts';
import { inferSeverity } from './infer-severity.ts';

/** The records that an open record holds as it stands: one, or several where a line holds several. */
export function buildRecords(
  open: OpenRecord,
  options: { readonly source: string; readonly clock: Clock },
  streamTimestamp: number | undefined,
): readonly LogRecord[] {
  const parsed = open.format?.complete?.(open, options.clock) ?? withContinuation(open);
  return (parsed.records ?? [parsed]).map((part) => toRecord(part, open, options.source, streamTimestamp));
}

/** The first line's fields with the text and the fields of the lines that follow it. */
function withContinuation(open: OpenRecord): ParsedLine {
  if (open.bodies.length === 1) return open.first;
  const attributes: Attributes = new Map(open.first.attributes);
  for (const { attributes: more } of open.continued) {
    for (const [name, value] of more ?? []) if (!attributes.has(name)) attributes.set(name, value);
  }
  return { ...open.first, body: withoutGroupMargin(open.bodies.join('\n')), attributes };
}

function toRecord(
  parsed: ParsedLine,
  open: OpenRecord,
  source: string,
  streamTimestamp: number | undefined,
): LogRecord {
  const { read } = open;
  const own = parsed.timestamp ?? read.timestamp;
  const timestamp = own ?? streamTimestamp;
  const { traceId, spanId } = parsed;
  const technology = open.format?.technology;
  return {
    location: { source, line: open.startLine, endLine: open.endLine },
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(own === undefined && timestamp !== undefined ? { timestampInherited: true } : {}),
    ...severityOf(parsed, read),
    body: parsed.body,
    attributes: attributesOf(parsed, read),
    ...(traceId === undefined ? {} : { traceId }),
    ...(spanId === undefined ? {} : { spanId }),
    format: open.format?.id ?? 'plain',
    wrappers: read.wrappers,
    stream: read.stream,
    ...(technology === undefined ? {} : { technology }),
    raw: open.raw.join('\n'),
  };
}

type Severity = Pick<LogRecord, 'severityNumber' | 'severityText' | 'severityInferred'>;

/**
 * The line's own level; else what the text says; else that of the innermost wrapper, which knows only what the platform
 * guessed (journald gives everything on stderr one priority).
 */
function severityOf(parsed: ParsedLine, read: ReadLine): Severity {
  if (parsed.severityNumber !== undefined) return pick(parsed.severityNumber, parsed.severityText);
  const inferred = inferSeverity(parsed.body);
  if (inferred !== undefined) return { severityNumber: inferred, severityInferred: true };
  return read.severityNumber === undefined ? {} : pick(read.severityNumber, read.severityText);
}

function pick(severityNumber: number, severityText: string | undefined): Severity {
  return severityText === undefined ? { severityNumber } : { severityNumber, severityText };
}

function attributesOf(parsed: ParsedLine, read: ReadLine): Attributes {
  const attributes: Attributes = new Map(parsed.attributes);
  if (!attributes.has('exception.type')) {
    for (const [name, value] of exceptionOf(parsed.body)) attributes.set(name, value);
  }
  for (const [name, value] of read.attributes) if (!attributes.has(name)) attributes.set(name, value);
  return attributes;
}
