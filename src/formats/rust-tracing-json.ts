import type { LogFormat, ParsedLine } from './format.ts';
import { parseJsonObject } from './json-fields.ts';
import { firstText, isObject, jsonRecord, timeOf, wordLevel } from './json-record.ts';
import type { Clock } from './time.ts';

const LEVEL = /^(?:TRACE|DEBUG|INFO|WARN|ERROR)$/;

/**
 * Rust's tracing-subscriber with its JSON formatter: `timestamp`, `level`, `fields` (or flattened into the object),
 * `target`, `span`, `spans`.
 * @see https://docs.rs/tracing-subscriber/latest/tracing_subscriber/fmt/format/struct.Json.html
 */
export const rustTracingJson: LogFormat = {
  id: 'rust-tracing-json',
  title: 'Rust tracing (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"timestamp":"2025-10-28T19:15:10.821315Z","level":"INFO","fields":{"message":"preparing to shave yaks","number_of_yaks":3},"target":"fmt_json","threadName":"main","threadId":1}',
      origin: 'tstack/lnav:test/logfile_rust_tracing.0',
      time: '2025-10-28T19:15:10.821315Z',
      severityNumber: 9,
      body: 'preparing to shave yaks',
      attributes: { 'log.logger': 'fmt_json', number_of_yaks: 3, 'fields.number_of_yaks': 3, 'thread.name': 'main' },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined) return undefined;
  const { fields, target, message } = object;
  if (typeof target !== 'string' || (!isObject(fields) && typeof message !== 'string')) return undefined;
  const level = wordLevel(object['level']);
  const timestamp = timeOf(object['timestamp'], clock);
  if (timestamp === undefined || level === undefined || !LEVEL.test(level.severityText)) return undefined;
  const own = isObject(fields) ? fields : {};
  return jsonRecord(object, {
    timestamp,
    level,
    body: firstText(own['message'], message, own['error']),
    known: ['timestamp', 'level', 'message', 'fields.message'],
    promoted: [without(own, 'message')],
    extra: [['log.logger', target]],
  });
}

function without(object: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
