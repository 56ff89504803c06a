import { readAccessLine } from './access-line.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import type { Clock } from './time.ts';

/**
 * An access log that shows by its fields that Apache wrote it: the virtual host before the client (`vhost_combined`), a
 * duration in microseconds (`%D`) at the end, escapes such as `\"` and `\x1b`.
 * @see https://httpd.apache.org/docs/2.4/mod/mod_log_config.html
 */
export const apacheAccess: LogFormat = {
  id: 'apache-access',
  title: 'Apache httpd (access log)',
  technology: 'apache',
  continuation: 'none',
  parse,
  samples: [
    {
      text: 'shop.local:80 127.0.0.1 - - [21/Nov/2026:02:49:18 +0000] "GET /api/orders?id=7 HTTP/1.1" 503 529 "-" "curl/7.88.1"',
      origin: 'generated here, Apache 2.4.71, format vhost_combined',
      time: '2026-11-21T02:49:18Z',
      severityNumber: 17,
      body: '"GET /api/orders?id=7 HTTP/1.1" 503 529 "-" "curl/7.88.1"',
      attributes: { 'server.address': 'shop.local', 'server.port': 80, 'http.response.status_code': 503 },
    },
    {
      text: '127.0.0.1 - - [21/Nov/2026:02:49:18 +0000] "GET /api/orders?id=7 HTTP/1.1" 503 339 420',
      origin: 'generated here, Apache 2.4.71, format common with %D',
      time: '2026-11-21T02:49:18Z',
      severityNumber: 17,
      body: '"GET /api/orders?id=7 HTTP/1.1" 503 339 420',
      attributes: { duration_ms: 0.42 },
    },
  ],
};

const VHOST = /^([\w.*-]{1,253}):(\d{1,5}) (?=\S{1,255} \S{1,255} )/;
const OWN_ESCAPE = /\\(?:"|x(?:[a-f][0-9a-f]|[0-9][a-f]))/;

function parse(text: string, clock: Clock): ParsedLine | undefined {
  const vhost = VHOST.exec(text);
  const access = readAccessLine(vhost === null ? text : text.slice(vhost[0].length), clock);
  if (access === undefined) return undefined;
  const { line, extra, request, userAgent = '' } = access;
  const micros = /^\d{1,15}$/.test(extra) ? Number(extra) : undefined;
  if (vhost === null && micros === undefined && !OWN_ESCAPE.test(request) && !OWN_ESCAPE.test(userAgent))
    return undefined;
  const attributes = new Map(line.attributes);
  if (vhost?.[1] !== undefined) attributes.set('server.address', vhost[1]).set('server.port', Number(vhost[2]));
  if (micros !== undefined) attributes.set('duration_ms', micros / 1e3);
  return { ...line, attributes };
}
