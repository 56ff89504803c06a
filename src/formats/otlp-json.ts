import type { Attributes, AttributeValue } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { addStandardNames, parseJsonObject, type JsonObject } from './json-fields.ts';
import { isObject } from './json-record.ts';
import { epochToMs } from './time.ts';

const MAX_DEPTH = 8;

/**
 * OpenTelemetry's OTLP in JSON, one export request a line (the Collector's file exporter): many records a line.
 * @see https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/
 */
export const otlpJson: LogFormat = {
  id: 'otlp-json',
  title: 'OpenTelemetry (OTLP JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"payment-service"}},{"key":"host.name","value":{"stringValue":"prod-01"}}]},"scopeLogs":[{"scope":{"name":"com.example.payment"},"logRecords":[{"timeUnixNano":"1700000000000000000","severityNumber":9,"severityText":"INFO","body":{"stringValue":"Processing payment request"},"traceId":"5b8aa5a2d2c872e8321cf37308d69df2","spanId":"051581bf3cb55c13"},{"timeUnixNano":"1700000001000000000","severityNumber":13,"severityText":"WARN","body":{"stringValue":"Payment gateway slow response"},"traceId":"5b8aa5a2d2c872e8321cf37308d69df2","spanId":"051581bf3cb55c14"},{"timeUnixNano":"1700000002000000000","severityNumber":9,"severityText":"INFO","body":{"stringValue":"Payment completed successfully"},"traceId":"5b8aa5a2d2c872e8321cf37308d69df2","spanId":"051581bf3cb55c15"}]}]}]}',
      origin: 'tstack/lnav:test/logfile_otel_collector.jsonl',
      time: '2023-11-14T22:13:20Z',
      severityNumber: 9,
      body: 'Processing payment request',
      attributes: { 'service.name': 'payment-service', 'host.name': 'prod-01', 'log.logger': 'com.example.payment' },
    },
  ],
};

function parse(line: string): ParsedLine | undefined {
  if (!line.includes('"resourceLogs"')) return undefined;
  const object = parseJsonObject(line);
  if (object === undefined || !Array.isArray(object['resourceLogs'])) return undefined;
  const records = objects(object['resourceLogs']).flatMap(readResource);
  const [first] = records;
  return { ...(first ?? { body: '' }), records };
}

function readResource(resourceLogs: JsonObject): ParsedLine[] {
  const resource: Attributes = new Map();
  if (isObject(resourceLogs['resource'])) addKeyValues(resourceLogs['resource']['attributes'], '', resource, 0);
  const scopes = objects(resourceLogs['scopeLogs'] ?? resourceLogs['instrumentationLibraryLogs']);
  return scopes.flatMap((scopeLogs) => readScope(scopeLogs, resource));
}

function readScope(scopeLogs: JsonObject, resource: Attributes): ParsedLine[] {
  const scope = scopeLogs['scope'];
  const name = isObject(scope) ? scope['name'] : undefined;
  return objects(scopeLogs['logRecords'] ?? scopeLogs['logs']).map((record) => {
    const attributes: Attributes = new Map(resource);
    if (typeof name === 'string' && name !== '') attributes.set('log.logger', name);
    addKeyValues(record['attributes'], '', attributes, 0);
    return readRecord(record, attributes);
  });
}

function readRecord(record: JsonObject, attributes: Attributes): ParsedLine {
  const nanoseconds = Number(record['timeUnixNano'] ?? 0) || Number(record['observedTimeUnixNano'] ?? 0);
  const timestamp = nanoseconds > 0 ? epochToMs(nanoseconds) : undefined;
  const severityNumber = readSeverity(record['severityNumber']);
  const { severityText, traceId, spanId } = record;
  const body = textOf(record['body'], attributes);
  addStandardNames(attributes);
  return {
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(severityNumber === undefined ? {} : { severityNumber }),
    ...(typeof severityText === 'string' && severityText !== '' ? { severityText } : {}),
    body,
    attributes,
    ...(typeof traceId === 'string' && traceId !== '' ? { traceId: traceId.toLowerCase() } : {}),
    ...(typeof spanId === 'string' && spanId !== '' ? { spanId: spanId.toLowerCase() } : {}),
  };
}

/** The number, or the name of the enumeration (`SEVERITY_NUMBER_ERROR2`). */
function readSeverity(value: unknown): number | undefined {
  const named =
    typeof value === 'string' ? /^SEVERITY_NUMBER_(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)([234]?)$/.exec(value) : null;
  const number =
    named === null
      ? Number(value)
      : ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].indexOf(named[1] ?? '') * 4 + Number(named[2] || 1);
  return Number.isInteger(number) && number >= 1 && number <= 24 ? number : undefined;
}

/** A body is text, or a map whose `message` is the text and whose fields are attributes. */
function textOf(value: unknown, attributes: Attributes): string {
  if (!isObject(value)) return '';
  const scalar = scalarOf(value);
  if (scalar !== undefined) return String(scalar);
  const fields: Attributes = new Map();
  addValue(value, 'body', fields, 0);
  for (const [name, field] of fields) attributes.set(name, field);
  return String(fields.get('body.message') ?? fields.get('body.msg') ?? [...fields.values()].join(' '));
}

function addKeyValues(list: unknown, prefix: string, to: Attributes, depth: number): void {
  for (const { key, value } of objects(list)) {
    if (typeof key === 'string') addValue(value, prefix === '' ? key : `${prefix}.${key}`, to, depth + 1);
  }
}

function addValue(value: unknown, name: string, to: Attributes, depth: number): void {
  if (!isObject(value) || depth > MAX_DEPTH) return;
  const scalar = scalarOf(value);
  if (scalar !== undefined) to.set(name, scalar);
  const { kvlistValue: map, arrayValue: list } = value;
  if (isObject(map)) addKeyValues(map['values'], name, to, depth);
  if (isObject(list))
    objects(list['values']).forEach((item, index) => addValue(item, `${name}.${index}`, to, depth + 1));
}

function scalarOf(value: JsonObject): AttributeValue | undefined {
  const { stringValue, intValue, doubleValue, boolValue } = value;
  if (typeof stringValue === 'string') return stringValue;
  if (typeof boolValue === 'boolean') return boolValue;
  const number = Number(intValue ?? doubleValue ?? Number.NaN);
  return Number.isNaN(number) ? undefined : number;
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
