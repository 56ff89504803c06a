import type { LogFormat, ParsedLine } from './format.ts';
import { responseAttributes } from './http-text.ts';
import { severityOfStatus } from './levels.ts';
import { readSlashStamp, type Clock } from './time.ts';
import { textLine } from './text-line.ts';

const REQUEST =
  /^\[GIN\] (\d{4}\/\d\d\/\d\d) - (\d\d:\d\d:\d\d) \| {0,3}(\d{3}) \| {1,20}([\dhms.µn]{2,20}) \| {1,40}(\S{1,60}) \| {0,3}([A-Z]{3,8}) +"([^"\n]{0,8000})"$/;
const DEBUG = /^\[GIN-debug\] (?:\[(WARNING|ERROR)\] )?(.*)$/;
const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1, µs: 1e-3, ns: 1e-6 };

/**
 * Gin, the web framework for Go: `[GIN] date - time | status | latency | client | METHOD "path"`, and `[GIN-debug]`.
 * @see https://gin-gonic.com/docs/examples/custom-log-format/
 */
export const gin: LogFormat = {
  id: 'gin',
  title: 'Gin',
  technology: 'gin',
  firstCharacters: '[',
  continuation: 'trace',
  parse: (line, clock) => parseRequest(line, clock) ?? parseDebug(line),
  samples: [
    {
      text: '[GIN] 2026/11/21 - 03:07:01 | 500 |    2.884458ms |       127.0.0.1 | GET      "/orders"',
      origin: 'generated here, Gin 1.8',
      time: '2026-11-21T03:07:01Z',
      severityNumber: 17,
      body: '500 |    2.884458ms |       127.0.0.1 | GET      "/orders"',
      attributes: {
        'http.request.method': 'GET',
        'url.path': '/orders',
        'client.address': '127.0.0.1',
        duration_ms: 2.884458,
      },
    },
    {
      text: '[GIN-debug] [ERROR] listen tcp 127.0.0.1:5595: bind: address already in use',
      origin: 'generated here, Gin 1.8',
      severityNumber: 17,
      body: 'listen tcp 127.0.0.1:5595: bind: address already in use',
    },
  ],
};

function parseRequest(line: string, clock: Clock): ParsedLine | undefined {
  const found = REQUEST.exec(line);
  if (found === null) return undefined;
  const [, date = '', time = '', status, latency = '', client, method, path] = found;
  return textLine({
    stamp: readSlashStamp(`${date} ${time}`, clock),
    severityNumber: severityOfStatus(Number(status)),
    body: line.slice(line.indexOf('|') + 1).trimStart(),
    attributes: [
      ['http.request.method', method],
      ['url.path', path],
      ['client.address', client],
      ...responseAttributes(status, durationMs(latency)),
    ],
  });
}

/** Go's notation of a duration: `1m2.5s`, `2.884458ms`, `812µs`. */
function durationMs(text: string): number {
  let total = 0;
  for (const [, amount, unit = ''] of text.matchAll(/([\d.]+)(h|ms|m|s|µs|ns)/g))
    total += Number(amount) * (UNIT_MS[unit] ?? 0);
  return Math.round(total * 1e6) / 1e6;
}

function parseDebug(line: string): ParsedLine | undefined {
  const found = DEBUG.exec(line);
  if (found === null) return undefined;
  return textLine({ level: found[1], severityNumber: found[1] === undefined ? 5 : undefined, body: found[2] ?? '' });
}
