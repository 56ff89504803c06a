import type { Attributes } from '../model/index.ts';
import { addRequest } from './access-line.ts';
import type { LogFormat, OpenLines, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readSlashStamp, type Clock } from './time.ts';

/**
 * nginx' error log: `2023/07/15 16:44:53 [error] 12345#0: *69 message, client: …, server: …`, and what it prints before
 * its log is open: `nginx: [emerg] message`.
 * @see https://nginx.org/en/docs/ngx_core_module.html#error_log
 */
export const nginxError: LogFormat = {
  id: 'nginx-error',
  title: 'nginx (error log)',
  technology: 'nginx',
  firstCharacters: 'n0123456789',
  continuation: 'text',
  parse,
  complete,
  samples: [
    {
      text: '2023/07/15 16:44:53 [error] 12345#0: *69 no live upstreams while connecting to upstream, client: 192.168.1.1, server: example.com, request: "GET /api/data HTTP/1.1", upstream: "http://backend/api/data", host: "example.com"',
      origin: 'prequel-dev/cre:rules/cre-2025-0051/test.log',
      time: '2023-07-15T16:44:53Z',
      severityNumber: 17,
      body: 'no live upstreams while connecting to upstream, client: 192.168.1.1, server: example.com, request: "GET /api/data HTTP/1.1", upstream: "http://backend/api/data", host: "example.com"',
      attributes: {
        'process.pid': 12345,
        'client.address': '192.168.1.1',
        'server.address': 'example.com',
        'url.path': '/api/data',
        'upstream.address': 'http://backend/api/data',
      },
    },
    {
      text: '2026/11/21 02:49:16 [error] 10769#10769: *2 connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: shop.local, request: "GET /api/orders?id=7 HTTP/1.1", upstream: "http://127.0.0.1:18999/api/orders?id=7", host: "127.0.0.1:18080"',
      origin: 'generated here, nginx 1.22.1',
      time: '2026-11-21T02:49:16Z',
      severityNumber: 17,
      body: 'connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: shop.local, request: "GET /api/orders?id=7 HTTP/1.1", upstream: "http://127.0.0.1:18999/api/orders?id=7", host: "127.0.0.1:18080"',
      attributes: { 'error.code': '111', 'http.request.method': 'GET', 'process.pid': 10769 },
    },
    {
      text: '2026/11/21 02:49:16 [notice] 10768#10768: signal 15 (SIGTERM) received from 10763, exiting',
      origin: 'generated here, nginx 1.22.1',
      time: '2026-11-21T02:49:16Z',
      severityNumber: 10,
      body: 'signal 15 (SIGTERM) received from 10763, exiting',
    },
    {
      text: 'nginx: [emerg] bind() to 127.0.0.1:18080 failed (98: Address already in use)',
      origin: 'generated here, nginx 1.22.1',
      severityNumber: 21,
      body: 'bind() to 127.0.0.1:18080 failed (98: Address already in use)',
      attributes: { 'error.code': '98' },
    },
    {
      text: '2021/01/26 10:46:05 [error] 32#32: *1 FastCGI sent in stderr: "PHP message: PHP Fatal error:  Uncaught Error: Call to undefined function Symfony\\Polyfill\\Mbstring\\iconv_strpos() in /html/vendor/symfony/polyfill-mbstring/Mbstring.php:501\nStack trace:\n#0 /html/vendor/symfony/polyfill-mbstring/bootstrap.php(60): Symfony\\Polyfill\\Mbstring\\Mbstring::mb_strpos()\n  thrown in /html/vendor/symfony/polyfill-mbstring/Mbstring.php on line 501" while reading response header from upstream, client: 172.17.0.1, server: , request: "GET / HTTP/1.1", upstream: "fastcgi://127.0.0.1:9000", host: "127.0.0.1:5000"',
      origin: 'public file index id 7937540790, frames left out',
      time: '2021-01-26T10:46:05Z',
      severityNumber: 17,
      body: 'FastCGI sent in stderr: "PHP message: PHP Fatal error:  Uncaught Error: Call to undefined function Symfony\\Polyfill\\Mbstring\\iconv_strpos() in /html/vendor/symfony/polyfill-mbstring/Mbstring.php:501\nStack trace:\n#0 /html/vendor/symfony/polyfill-mbstring/bootstrap.php(60): Symfony\\Polyfill\\Mbstring\\Mbstring::mb_strpos()\n  thrown in /html/vendor/symfony/polyfill-mbstring/Mbstring.php on line 501" while reading response header from upstream, client: 172.17.0.1, server: , request: "GET / HTTP/1.1", upstream: "fastcgi://127.0.0.1:9000", host: "127.0.0.1:5000"',
      attributes: { 'client.address': '172.17.0.1', 'upstream.address': 'fastcgi://127.0.0.1:9000' },
    },
  ],
};

const HEAD =
  /^(?:(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[(debug|info|notice|warn|error|crit|alert|emerg)\] (\d{1,10})#(\d{1,10}): (?:\*(\d{1,15}) )?|nginx: \[(warn|error|crit|alert|emerg)\] )/;
const ERRNO = / \((\d{1,4}): [A-Z]/;
const FIELD = /, (client|server|upstream|request): (?:"((?:[^"\\]|\\.)*)"|([^,"\s]+))/g;
const FIELD_NAMES: Readonly<Record<string, string>> = {
  client: 'client.address',
  server: 'server.address',
  upstream: 'upstream.address',
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp, level, pid, , connection, earlyLevel] = found;
  const word = level ?? earlyLevel ?? '';
  const instant = stamp === undefined ? undefined : readSlashStamp(stamp, clock)?.instant;
  const severityNumber = severityOfWord(word);
  if (severityNumber === undefined || (stamp !== undefined && instant === undefined)) return undefined;
  const body = line.slice(head.length);
  const attributes = fieldsOf(body);
  if (pid !== undefined) attributes.set('process.pid', Number(pid));
  if (connection !== undefined) attributes.set('nginx.connection', Number(connection));
  return {
    ...(instant === undefined ? {} : { timestamp: instant }),
    severityNumber,
    severityText: word,
    body,
    attributes,
  };
}

/** What FastCGI programs print may have several lines; nginx adds its fields behind the last one. */
function complete({ first, lines }: OpenLines): ParsedLine {
  if (lines.length === 1) return first;
  const body = [first.body, ...lines.slice(1)].join('\n');
  return { ...first, body, attributes: new Map([...(first.attributes ?? []), ...fieldsOf(lines.at(-1) ?? '')]) };
}

function fieldsOf(body: string): Attributes {
  const attributes: Attributes = new Map();
  const errno = ERRNO.exec(body)?.[1];
  if (errno !== undefined) attributes.set('error.code', errno);
  for (const [, field = '', quoted, plain = ''] of body.matchAll(FIELD)) {
    const name = FIELD_NAMES[field];
    if (name === undefined) addRequest(attributes, quoted ?? plain);
    else attributes.set(name, quoted ?? plain);
  }
  return attributes;
}
