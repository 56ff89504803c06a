import type { Attributes } from '../model/index.ts';
import type { ParsedLine } from './format.ts';
import { severityOfStatus } from './levels.ts';
import { readDayFirstStamp, type Clock } from './time.ts';

/** A line that begins as the Common Log Format says. */
export interface AccessLine {
  readonly line: ParsedLine & { readonly attributes: Attributes };
  readonly request: string;
  readonly status: number;
  readonly userAgent?: string;
  /** True when referrer and user agent follow the size (Combined Log Format). */
  readonly isCombined: boolean;
  /** What follows the fields of the format. */
  readonly extra: string;
}

const HEAD =
  /^(\S{1,255}) (\S{1,255}) (.{1,128}?) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d{1,15}|-)(?= |$)/;
const COMBINED = /^ "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"/;
const REQUEST = /^([A-Z][A-Z_-]{1,31}) (\S+)(?: (HTTP\/\d(?:\.\d)?))?$/;

/**
 * Reads `client ident user [time] "request" status size`, and `"referrer" "user agent"` behind it: the Common and the
 * Combined Log Format. The body is the line from the request on.
 * @see https://httpd.apache.org/docs/2.4/logs.html#accesslog
 */
export function readAccessLine(line: string, clock: Clock): AccessLine | undefined {
  if (line === lastText) return lastLine;
  lastText = line;
  lastLine = read(line, clock);
  return lastLine;
}

/** Several formats ask for the same line; its stamp bears the zone, so that the clock makes no difference. */
let lastText: string | undefined;
let lastLine: AccessLine | undefined;

function read(line: string, clock: Clock): AccessLine | undefined {
  const found = line.includes('] "') ? HEAD.exec(line) : null;
  if (found === null) return undefined;
  const [head, client = '', , user = '', stamp = '', request = '', code, size = ''] = found;
  const timestamp = readDayFirstStamp(stamp, clock)?.instant;
  if (timestamp === undefined) return undefined;
  const status = Number(code);
  const rest = line.slice(head.length);
  const combined = COMBINED.exec(rest);
  const attributes: Attributes = new Map<string, string | number>([
    ['client.address', client],
    ['http.response.status_code', status],
  ]);
  if (user !== '-') attributes.set('user.name', user);
  if (size !== '-') attributes.set('http.response.body.size', Number(size));
  addRequest(attributes, request);
  const [agents = '', referrer = '-', userAgent = '-'] = combined ?? [];
  if (referrer !== '-' && referrer !== '') attributes.set('http.request.header.referer', referrer);
  if (userAgent !== '-' && userAgent !== '') attributes.set('user_agent.original', userAgent);
  const body = line.slice(line.indexOf('] "') + 2);
  return {
    line: { timestamp, severityNumber: severityOfStatus(status), severityText: String(status), body, attributes },
    request,
    status,
    ...(combined === null ? {} : { userAgent }),
    isCombined: combined !== null,
    extra: rest.slice(agents.length).trim(),
  };
}

/** Method, path, query and protocol of a request line; nothing for one that is none. */
export function addRequest(attributes: Attributes, request: string): void {
  const found = REQUEST.exec(request);
  if (found === null) return;
  const [, method = '', target = '', protocol] = found;
  const query = target.indexOf('?');
  attributes.set('http.request.method', method);
  attributes.set('url.path', query < 0 ? target : target.slice(0, query));
  if (query >= 0) attributes.set('url.query', target.slice(query + 1));
  if (protocol !== undefined) attributes.set('network.protocol.version', protocol.slice('HTTP/'.length));
}

/** Seconds as access logs write them (`0.421`) → milliseconds. */
export function secondsToMs(seconds: string): number {
  return Math.round(Number(seconds) * 1e6) / 1e3;
}
