import type { Attributes } from '../model/index.ts';
import { readAccessLine, secondsToMs, type AccessLine } from './access-line.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import type { Clock } from './time.ts';

/**
 * An access log that shows by its fields that nginx (or its Kubernetes ingress) wrote it: times in seconds behind the
 * Combined Log Format, upstream fields, nginx' own status codes, `\xNN` with capital letters.
 * @see https://nginx.org/en/docs/http/ngx_http_log_module.html
 */
export const nginxAccess: LogFormat = {
  id: 'nginx-access',
  title: 'nginx (access log)',
  technology: 'nginx',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '127.0.0.1 - - [21/Nov/2026:01:31:03 +0000] "GET /y HTTP/1.1" 502 157 "-" "evil\\x1B]0;pwn\\x07"',
      origin: 'generated here, nginx 1.22.1',
      time: '2026-11-21T01:31:03Z',
      severityNumber: 17,
      body: '"GET /y HTTP/1.1" 502 157 "-" "evil\\x1B]0;pwn\\x07"',
      attributes: { 'http.response.status_code': 502, 'url.path': '/y' },
    },
    {
      text: '127.0.0.1 - - [21/Nov/2026:02:49:16 +0000] "GET /api/orders?id=7 HTTP/1.1" 502 157 "-" "curl/7.88.1" "-" rt=0.000 uct=- uht=- urt=0.000',
      origin: 'generated here, nginx 1.22.1, log_format … rt=$request_time uct=$upstream_connect_time …',
      time: '2026-11-21T02:49:16Z',
      severityNumber: 17,
      body: '"GET /api/orders?id=7 HTTP/1.1" 502 157 "-" "curl/7.88.1" "-" rt=0.000 uct=- uht=- urt=0.000',
      attributes: { duration_ms: 0, 'upstream.response_ms': 0 },
    },
    {
      text: '127.0.0.1 - - [21/Nov/2026:02:49:16 +0000] "GET /api/orders?id=7 HTTP/1.1" 502 157 "-" "curl/7.88.1" 94 0.000 [127.0.0.1:18999] [] 127.0.0.1:18999 0 0.000 502 6bad87420362e77474624f8605af1649',
      origin: 'generated here, nginx 1.22.1 with the log_format of ingress-nginx',
      time: '2026-11-21T02:49:16Z',
      severityNumber: 17,
      body: '"GET /api/orders?id=7 HTTP/1.1" 502 157 "-" "curl/7.88.1" 94 0.000 [127.0.0.1:18999] [] 127.0.0.1:18999 0 0.000 502 6bad87420362e77474624f8605af1649',
      attributes: {
        duration_ms: 0,
        'upstream.address': '127.0.0.1:18999',
        'request.id': '6bad87420362e77474624f8605af1649',
      },
    },
    {
      text: '127.0.0.1 - bob [21/Nov/2026:02:49:16 +0000] "GET /missing HTTP/1.1" 404 153 "http://shop.local/" "curl/7.88.1" 0.000 - .',
      origin: 'generated here, nginx 1.22.1, log_format … $request_time $upstream_response_time $pipe',
      time: '2026-11-21T02:49:16Z',
      severityNumber: 13,
      body: '"GET /missing HTTP/1.1" 404 153 "http://shop.local/" "curl/7.88.1" 0.000 - .',
      attributes: { duration_ms: 0, 'user.name': 'bob', 'http.request.header.referer': 'http://shop.local/' },
    },
  ],
};

/** Client closed the request, no response, too large a header, certificate errors, HTTP on an HTTPS port. */
const OWN_STATUS = new Set([444, 494, 495, 496, 497, 499]);
const OWN_ESCAPE = /\\x(?:[A-F][0-9A-F]|[0-9][A-F])/;
const NAMED =
  /\b(rt|request_time|urt|upstream_response_time|uct|upstream_connect_time|uht|upstream_header_time)="?(\d{1,9}\.\d{3})/g;
const NAMES: Readonly<Record<string, string>> = {
  rt: 'duration_ms',
  request_time: 'duration_ms',
  urt: 'upstream.response_ms',
  upstream_response_time: 'upstream.response_ms',
  uct: 'upstream.connect_ms',
  upstream_connect_time: 'upstream.connect_ms',
  uht: 'upstream.header_ms',
  upstream_header_time: 'upstream.header_ms',
};
const INGRESS =
  /^\d{1,12} (\d{1,9}\.\d{3}) \[([^\]\s]{0,255})\] \[[^\]\s]{0,255}\] (\S+(?:, \S+){0,9}) .* ([0-9a-f]{32})$/;
const BARE = /^(?:"(?:[^"\\]|\\.)*" )?(\d{1,9}\.\d{3})(?= |$)(?: (\d{1,9}\.\d{3})(?= |$))?/;

function parse(text: string, clock: Clock): ParsedLine | undefined {
  const access = readAccessLine(text, clock);
  if (access === undefined) return undefined;
  const { extra, line } = access;
  const times = access.isCombined && extra !== '' ? timesIn(extra) : new Map<string, string | number>();
  if (times.size === 0 && !isOwn(access)) return undefined;
  return { ...line, attributes: new Map([...line.attributes, ...times]) };
}

function isOwn({ status, request, userAgent = '', line }: AccessLine): boolean {
  return (
    OWN_STATUS.has(status) ||
    OWN_ESCAPE.test(request) ||
    OWN_ESCAPE.test(userAgent) ||
    OWN_ESCAPE.test(String(line.attributes.get('http.request.header.referer') ?? ''))
  );
}

function timesIn(extra: string): Attributes {
  const attributes: Attributes = new Map();
  const ingress = INGRESS.exec(extra);
  if (ingress !== null) {
    const [, duration = '', upstream = '', address = '', id = ''] = ingress;
    attributes.set('duration_ms', secondsToMs(duration));
    if (upstream !== '-' && upstream !== '') attributes.set('upstream.name', upstream);
    if (address !== '-') attributes.set('upstream.address', address);
    return attributes.set('request.id', id);
  }
  for (const [, name = '', seconds = ''] of extra.matchAll(NAMED)) {
    attributes.set(NAMES[name] ?? name, secondsToMs(seconds));
  }
  const bare = attributes.size > 0 ? null : BARE.exec(extra);
  if (bare?.[1] !== undefined) attributes.set('duration_ms', secondsToMs(bare[1]));
  if (bare?.[2] !== undefined) attributes.set('upstream.response_ms', secondsToMs(bare[2]));
  return attributes;
}
