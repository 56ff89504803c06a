import type { Attributes, AttributeValue } from '../model/index.ts';
import { addException } from './json-exception.ts';

/** A parsed JSON object, before anything is known of its fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

const MAX_ATTRIBUTES = 256;
const MAX_DEPTH = 8;

let lastText: string | undefined;
let lastObject: JsonObject | undefined;

/**
 * The object that a line holds; undefined when it is none. Formats ask one after the other for the same line, so the
 * last answer is kept.
 */
export function parseJsonObject(line: string): JsonObject | undefined {
  if (line === lastText) return lastObject;
  lastText = line;
  lastObject = undefined;
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  try {
    lastObject = JSON.parse(text) as JsonObject;
  } catch {
    lastObject = undefined;
  }
  return lastObject;
}

/** The first of the named fields that is a string. */
export function stringField(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = field(object, name);
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** The first of the named fields that is a finite number, or a string that says one. */
export function numberField(object: JsonObject, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = field(object, name);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
  }
  return undefined;
}

/** A field by name: itself (`log.level`), or the nested one that its dots name. */
export function field(object: JsonObject, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  let value: unknown = object;
  for (const part of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as JsonObject)[part];
  }
  return value;
}

/**
 * Every scalar of an object under its dotted path, at most 256 of them and 8 levels deep, without the fields that are
 * already known as time, severity or message.
 */
export function flattenFields(object: JsonObject, known: readonly string[] = []): Attributes {
  const attributes: Attributes = new Map();
  const skip = new Set(known);
  const walk = (value: unknown, path: string, depth: number): void => {
    if (attributes.size >= MAX_ATTRIBUTES || skip.has(path)) return;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      attributes.set(path, value);
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
      for (const key of Object.keys(value)) {
        walk((value as JsonObject)[key], path === '' ? key : `${path}.${key}`, depth + 1);
      }
    }
  };
  walk(object, '', 0);
  return attributes;
}

/** OpenTelemetry (or our own, see `Attributes`) name ← the names that loggers use for it, the usual one first. */
const SYNONYMS: readonly (readonly [name: string, ...synonyms: readonly string[]])[] = [
  [
    'exception.type',
    'err.type',
    'error.type',
    'error.name',
    'err.name',
    'exception.class',
    'exception.exception_class',
    'exc_type',
    'exception_class',
    'errorType',
    'message.errorType',
  ],
  [
    'exception.message',
    'err.message',
    'error.message',
    'exception.exception_message',
    'error',
    'err',
    'exception',
    'exc_value',
    'errorMessage',
    'error_message',
    'message.errorMessage',
  ],
  [
    'exception.stacktrace',
    'err.stack',
    'error.stack_trace',
    'error.stack',
    'stack_trace',
    'stacktrace',
    'stackTrace',
    'stack',
    'exc_info',
    'traceback',
    'errorVerbose',
    'error_stack',
    'full_message',
  ],
  [
    'error.code',
    'err.code',
    'error.code',
    'errorCode',
    'sqlState',
    'sqlstate',
    'err.original.code',
    'err.cause.code',
    'code',
  ],
  ['service.name', 'service', 'serviceName', 'service_name', 'app', 'application', 'appname'],
  ['log.logger', 'logger', 'logger_name', 'loggerName', 'log.logger', 'category', 'SourceContext'],
  ['thread.name', 'thread', 'thread_name', 'threadName', 'process.thread.name'],
  ['process.pid', 'pid', 'process.pid'],
  ['host.name', 'hostname', 'host', 'host.hostname'],
  [
    'request.id',
    'req.id',
    'reqId',
    'requestId',
    'request_id',
    'req_id',
    'x-request-id',
    'correlationId',
    'correlation_id',
    'http.request.id',
    'trace_id',
    'traceId',
  ],
  ['http.request.method', 'req.method', 'method', 'request.method', 'http.method', 'request_method'],
  ['url.path', 'req.url', 'url', 'path', 'uri', 'request.url', 'http.url', 'request_uri', 'http.target'],
  [
    'http.response.status_code',
    'res.statusCode',
    'statusCode',
    'status_code',
    'status',
    'response.status',
    'response_code',
    'http.status_code',
    'http.status',
  ],
  [
    'duration_ms',
    'responseTime',
    'response_time_ms',
    'duration_ms',
    'durationMs',
    'elapsed_ms',
    'elapsedMs',
    'latency_ms',
    'latencyMs',
    'took_ms',
    'duration',
    'Elapsed',
  ],
  ['db.query.text', 'db.statement', 'sql', 'query', 'statement'],
];

const NUMERIC = new Set(['http.response.status_code', 'duration_ms', 'process.pid']);

/** Adds the standard names beside the logger's own ones. */
export function addStandardNames(attributes: Attributes): void {
  for (const [name, ...synonyms] of SYNONYMS) {
    if (attributes.has(name)) continue;
    const value = firstUsable(attributes, synonyms, NUMERIC.has(name));
    if (value !== undefined) attributes.set(name, value);
  }
  addException(attributes);
}

function firstUsable(attributes: Attributes, names: readonly string[], numeric: boolean): AttributeValue | undefined {
  for (const name of names) {
    const value = attributes.get(name);
    if (value === undefined || typeof value === 'boolean') continue;
    if (!numeric) return String(value);
    const number = Number(value);
    if (value !== '' && Number.isFinite(number)) return number;
  }
  return undefined;
}

const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;

/** Trace and span id in W3C form, wherever loggers put them. */
export function traceContext(attributes: Attributes): { traceId?: string; spanId?: string } {
  const traceId = firstText(attributes, TRACE_ID, ['trace_id', 'traceId', 'trace.id', 'dd.trace_id', 'otelTraceID']);
  const spanId = firstText(attributes, SPAN_ID, ['span_id', 'spanId', 'span.id', 'dd.span_id', 'otelSpanID']);
  return { ...(traceId === undefined ? {} : { traceId }), ...(spanId === undefined ? {} : { spanId }) };
}

function firstText(attributes: Attributes, shape: RegExp, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes.get(name);
    if (typeof value === 'string' && shape.test(value.toLowerCase())) return value.toLowerCase();
  }
  return undefined;
}
