import { parseJsonObject } from './json-fields.ts';
import { isObject, jsonRecord, wordLevel } from './json-record.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { epochToMs, readIsoStamp, type Clock } from './time.ts';

const PREFIX = /^(\d{4}-\d\d-\d\d[T ][\d:.,]{8,18}(?:Z|[+-]\d\d:?\d\d)?|\d\.\d{4,15}e\+09)\t([A-Za-z]{4,6})\t/;
const CALLER = /^[\w./@~+-]{1,256}\.go:\d{1,6}$/;
const LOGGER = /^[\w./-]{1,128}$/;

/**
 * zap's console encoder: time, level, logger, caller, message and the fields as JSON, with tabs between; a stack trace
 * follows in pairs of lines.
 * @see https://pkg.go.dev/go.uber.org/zap/zapcore#NewConsoleEncoder
 */
export const zapConsole: LogFormat = {
  id: 'zap-console',
  title: 'zap (console)',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse,
  samples: [
    {
      text: '2025-04-24T22:09:20.856Z\terror\tinternal/queue_sender.go:128\tExporting failed. Dropping data.\t{"otelcol.component.id": "otlphttp/prometheus", "otelcol.component.kind": "Exporter", "otelcol.signal": "metrics", "error": "not retryable error: Permanent error: rpc error: code = Unknown desc = error exporting items, request to http://prometheus:9090/api/v1/otlp/v1/metrics responded with HTTP Status Code 500", "dropped_items": 60}',
      origin: 'tstack/lnav:test/logfile_zap_console.0',
      time: '2025-04-24T22:09:20.856Z',
      severityNumber: 17,
      body: 'Exporting failed. Dropping data.',
      attributes: {
        dropped_items: 60,
        'code.file.path': 'internal/queue_sender.go',
        'code.line.number': 128,
        'otelcol.component.id': 'otlphttp/prometheus',
      },
    },
    {
      text: '2026-11-21T03:17:47.022Z\tERROR\tshop\tformats/loggers.go:47\tquery failed\t{"error": "dial tcp 127.0.0.1:5599: connect: connection refused"}\nmain.main\n\t/srv/shop/formats/loggers.go:47\nruntime.main\n\t/usr/lib/go-1.19/src/runtime/proc.go:250',
      origin: 'zap 1.23.0, development encoder',
      time: '2026-11-21T03:17:47.022Z',
      severityNumber: 17,
      body: 'query failed\nmain.main\n\t/srv/shop/formats/loggers.go:47\nruntime.main\n\t/usr/lib/go-1.19/src/runtime/proc.go:250',
      attributes: {
        'log.logger': 'shop',
        'code.file.path': 'formats/loggers.go',
        'exception.message': 'dial tcp 127.0.0.1:5599: connect: connection refused',
      },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = PREFIX.exec(line);
  if (found === null) return undefined;
  const [prefix, stamp = '', word = ''] = found;
  const level = wordLevel(word);
  const timestamp = stamp.includes('e+') ? epochToMs(Number(stamp)) : readIsoStamp(stamp, clock)?.instant;
  if (level === undefined || timestamp === undefined) return undefined;
  const parts = line.slice(prefix.length).split('\t');
  const fields = parts.length > 1 ? parseJsonObject(parts.at(-1) ?? '') : undefined;
  if (fields !== undefined) parts.pop();
  const origin = takeOrigin(parts);
  return jsonRecord(isObject(fields) ? fields : {}, {
    timestamp,
    level: word.toLowerCase() === 'panic' ? { ...level, severityNumber: 19 } : level,
    body: parts.join('\t'),
    known: [],
    extra: origin,
  });
}

/** Takes logger and caller off the front; the message is what stays. */
function takeOrigin(parts: string[]): [name: string, value: string | number | undefined][] {
  const origin: [name: string, value: string | number | undefined][] = [];
  if (parts.length > 1 && !CALLER.test(parts[0] ?? '') && LOGGER.test(parts[0] ?? '')) {
    origin.push(['log.logger', parts.shift()]);
  }
  if (parts.length > 1 && CALLER.test(parts[0] ?? '')) {
    const [path, number] = (parts.shift() ?? '').split(':');
    origin.push(['code.file.path', path], ['code.line.number', Number(number)]);
  }
  return origin;
}
