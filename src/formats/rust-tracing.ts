import type { AttributeValue } from '../model/index.ts';
import type { LogFormat } from './format.ts';
import { numberOf, textLine } from './text-line.ts';
import { readIsoStamp } from './time.ts';

/** Levels are padded to five on the left; `TIME  INFO`, but `TIME ERROR`. */
const LEVEL = /^(?: ( INFO| WARN|ERROR|DEBUG|TRACE) )(?:([^\s{}:]{1,80}) )?(?:ThreadId\((\d+)\) )?/;
const TARGET = /^((?:[A-Za-z_][\w-]{0,80})(?:::[\w{}<>#-]{1,80}){0,20}): /;
const SPAN_NAME = /^([A-Za-z_][\w.<>:& -]{0,120}?)(?=[{:])/;
const SOURCE = /^([\w./\\-]{1,200}\.rs):(?:(\d+):)? /;
const FIELD = /([A-Za-z_][\w.]{0,80})=("(?:[^"\\]|\\.){0,2000}"|[^\s"{}]{1,200})/g;
const MAX_SPANS = 32;

/**
 * Rust's tracing-subscriber as text: `TIME LEVEL span{field=value}: target: message field=value`.
 * @see https://docs.rs/tracing-subscriber/latest/tracing_subscriber/fmt/format/index.html
 */
export const rustTracing: LogFormat = {
  id: 'rust-tracing',
  title: 'Rust tracing (text)',
  firstCharacters: ' 0123456789',
  continuation: 'text',
  parse(line, clock) {
    const stamp = readIsoStamp(line.trimStart(), clock);
    const indent = line.length - line.trimStart().length;
    if (stamp === undefined ? !/^ (?:INFO|WARN) /.test(line) : indent !== 0 && indent !== 2) return undefined;
    const text = stamp === undefined ? ` ${line}` : line.slice(indent + stamp.length);
    const level = LEVEL.exec(text);
    if (level === null) return undefined;
    const { spans, rest } = takeSpans(text.slice(level[0].length));
    const target = TARGET.exec(rest);
    if (target === null) return undefined;
    const afterTarget = rest.slice(target[0].length);
    const source = SOURCE.exec(afterTarget);
    return textLine({
      stamp,
      level: level[1]?.trim(),
      body: afterTarget.slice(source?.[0].length ?? 0),
      attributes: [
        ['log.logger', target[1]],
        ['thread.name', level[2]],
        ['code.file.path', source?.[1]],
        ['code.line.number', numberOf(source?.[2])],
        ...fieldsOf(spans),
        ...fieldsOf(afterTarget),
      ],
    });
  },
  samples: [
    {
      text: '2026-11-21T03:00:48.395054Z  INFO orders: listening on 127.0.0.1:3000',
      origin: 'generated here, tracing-subscriber 0.3.16',
      time: '2026-11-21T03:00:48.395054Z',
      severityNumber: 9,
      body: 'listening on 127.0.0.1:3000',
      attributes: { 'log.logger': 'orders' },
    },
    {
      text: '2026-11-21T03:00:48.395248Z ERROR request{method="GET" path="/orders" id=42}:query{db.table="orders"}: orders: query failed error=connection refused',
      origin: 'generated here, tracing-subscriber 0.3.16',
      time: '2026-11-21T03:00:48.395248Z',
      severityNumber: 17,
      body: 'query failed error=connection refused',
      attributes: { 'log.logger': 'orders', method: 'GET', path: '/orders', 'db.table': 'orders' },
    },
    {
      text: '2026-11-21T03:00:48.404684Z  WARN main ThreadId(01) request{method="GET" path="/orders" id=42}:query{db.table="orders"}: orders: src/main.rs:6: slow query elapsed_ms=812',
      origin: 'generated here, tracing-subscriber 0.3.16 with threads, file and line',
      time: '2026-11-21T03:00:48.404684Z',
      severityNumber: 13,
      body: 'slow query elapsed_ms=812',
      attributes: { 'thread.name': 'main', 'code.file.path': 'src/main.rs', 'code.line.number': 6, elapsed_ms: 812 },
    },
    {
      text: '  2026-11-21T03:00:48.401983Z ERROR orders: query failed, error: connection refused\n    at src/main.rs:6\n    in orders::query with db.table: "orders"',
      origin: 'generated here, tracing-subscriber 0.3.16, pretty',
      time: '2026-11-21T03:00:48.401983Z',
      severityNumber: 17,
      body: 'query failed, error: connection refused\n    at src/main.rs:6\n    in orders::query with db.table: "orders"',
    },
    {
      text: ' WARN request{method="GET" path="/orders" id=42}:query{db.table="orders"}: orders: slow query elapsed_ms=812',
      origin: 'generated here, tracing-subscriber 0.3.16 without time',
      severityNumber: 13,
      body: 'slow query elapsed_ms=812',
    },
  ],
};

/** Takes the chain of spans (`request{…}:query{…}: `, or `request:query: ` in the compact form) off the front. */
function takeSpans(text: string): { readonly spans: string; readonly rest: string } {
  let at = 0;
  for (let count = 0; count < MAX_SPANS; count++) {
    const name = SPAN_NAME.exec(text.slice(at));
    if (name === null) break;
    const end = endOfFields(text, at + name[0].length);
    if (text.charAt(end) !== ':' || text.charAt(end + 1) === ':') break;
    if (text.charAt(end + 1) !== ' ') {
      at = end + 1;
      continue;
    }
    const isSpan = at > 0 || end > name[0].length;
    return isSpan ? { spans: text.slice(0, end), rest: text.slice(end + 2) } : { spans: '', rest: text };
  }
  return { spans: '', rest: text };
}

/** Where `{…}` that begins at an index ends, strings in it skipped; the index itself when none begins there. */
function endOfFields(text: string, start: number): number {
  if (text.charAt(start) !== '{') return start;
  let depth = 0;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (isQuoted && character === '\\') at++;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === '{') depth++;
    else if (!isQuoted && character === '}' && --depth === 0) return at + 1;
  }
  return start;
}

function fieldsOf(text: string): readonly (readonly [name: string, value: AttributeValue])[] {
  return [...text.slice(0, 8_192).matchAll(FIELD)].map(([, name = '', value = '']) => [name, valueOf(value)] as const);
}

function valueOf(text: string): AttributeValue {
  if (text.startsWith('"')) return text.slice(1, -1).replace(/\\(["\\])/g, '$1');
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
