import { addRequest } from './access-line.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { addHaproxyRoute, addHaproxyTimers, readHaproxyHead } from './haproxy-line.ts';
import { severityOfStatus } from './levels.ts';
import type { Clock } from './time.ts';

/**
 * HAProxy's HTTP log (`option httplog`).
 * @see https://docs.haproxy.org/2.6/configuration.html#8.2.3
 */
export const haproxyHttp: LogFormat = {
  id: 'haproxy-http',
  title: 'HAProxy (HTTP log)',
  technology: 'haproxy',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '127.0.0.1:49882 [21/Nov/2026:02:49:21.497] fe_http bk_api/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC-- 1/1/0/0/0 0/0 "GET /x HTTP/1.1"',
      origin: 'generated here, HAProxy 2.6.12',
      time: '2026-11-21T02:49:21.497Z',
      severityNumber: 17,
      body: 'fe_http bk_api/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC-- 1/1/0/0/0 0/0 "GET /x HTTP/1.1"',
      attributes: {
        'haproxy.frontend': 'fe_http',
        'haproxy.backend': 'bk_api',
        'http.response.status_code': 503,
        duration_ms: 0,
        'haproxy.termination_state': 'SC--',
        'http.request.method': 'GET',
        'url.path': '/x',
      },
    },
    {
      text: '141.35.244.171:53332 [25/Feb/2019:16:19:48.143] prod_http_in~ bk_admin/nginx_sonst 0/0/7/1457/1487 200 11394 - - ---- 2/1/0/0/0 0/0 {Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:65.0) Gecko/20100101 Firefox/65.0} {} "GET /admin/colt/administration?survey=130&input_stats=1&ajax=1&&ajax=1&refresh=1&ihandle=1 HTTP/1.1"',
      origin: 'tstack/lnav:test/logfile_haproxy.0, without the syslog prefix',
      time: '2019-02-25T16:19:48.143Z',
      severityNumber: 9,
      body: 'prod_http_in~ bk_admin/nginx_sonst 0/0/7/1457/1487 200 11394 - - ---- 2/1/0/0/0 0/0 {Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:65.0) Gecko/20100101 Firefox/65.0} {} "GET /admin/colt/administration?survey=130&input_stats=1&ajax=1&&ajax=1&refresh=1&ihandle=1 HTTP/1.1"',
      attributes: {
        'haproxy.frontend': 'prod_http_in',
        'haproxy.server': 'nginx_sonst',
        duration_ms: 1487,
        'haproxy.connect_ms': 7,
        'haproxy.response_ms': 1457,
        'client.address': '141.35.244.171',
      },
    },
    {
      text: '188.223.50.7:51940 [18/Jul/2011:17:05:24.339] http_proxy_ads http_proxy_ads/<NOSRV> -1/-1/-1/-1/6001 408 212 - - cR-- 100/89/0/0/0 0/0 "<BADREQ>"',
      origin: 'logstash-plugins/logstash-patterns-core:spec/patterns/haproxy_spec.rb, without the syslog prefix',
      time: '2011-07-18T17:05:24.339Z',
      severityNumber: 13,
      body: 'http_proxy_ads http_proxy_ads/<NOSRV> -1/-1/-1/-1/6001 408 212 - - cR-- 100/89/0/0/0 0/0 "<BADREQ>"',
      attributes: { 'http.response.status_code': 408, 'haproxy.termination_state': 'cR--', duration_ms: 6001 },
    },
  ],
};

const REST =
  /^(\S{1,128}) ([^\s/]{1,128})\/(\S{1,128}) (-?\d{1,10})\/(-?\d{1,10})\/(-?\d{1,10})\/(-?\d{1,10})\/\+?(-?\d{1,10}) (-1|\d{1,3}) \+?(\d{1,15}) \S+ \S+ ([A-Za-z-]{2}[A-Z-]{2}) \d{1,9}\/\d{1,9}\/\d{1,9}\/\d{1,9}\/\+?\d{1,9} \d{1,9}\/\d{1,9} /;
const REQUEST = /"((?:[^"\\]|\\.)*)"?$/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const head = readHaproxyHead(line, clock);
  const found = head === undefined ? null : REST.exec(head.rest);
  if (head === undefined || found === null) return undefined;
  const [prefix, frontend = '', backend = '', server = '', ...more] = found;
  const [request = '', queue = '', connect = '', response = '', total = '', code, size, state = ''] = more;
  const { timestamp, attributes, rest } = head;
  addHaproxyRoute(attributes, frontend, backend, server);
  addHaproxyTimers(
    attributes,
    ['haproxy.request_ms', 'haproxy.queue_ms', 'haproxy.connect_ms', 'haproxy.response_ms', 'duration_ms'],
    [request, queue, connect, response, total],
  );
  const status = Number(code);
  attributes.set('http.response.status_code', status);
  attributes.set('http.response.body.size', Number(size));
  attributes.set('haproxy.termination_state', state);
  // Captured headers stand in braces before the request, which is quoted; it may be cut off.
  addRequest(attributes, REQUEST.exec(rest.slice(prefix.length))?.[1] ?? '');
  return { timestamp, severityNumber: severityOfStatus(status), severityText: String(status), body: rest, attributes };
}
