import { readAccessLine } from './access-line.ts';
import type { LogFormat } from './format.ts';

/**
 * The Common and the Combined Log Format where nothing tells which server wrote it: nginx and Apache by default, gunicorn,
 * Tomcat, morgan and many others.
 * @see https://httpd.apache.org/docs/2.4/logs.html#accesslog
 */
export const accessLog: LogFormat = {
  id: 'access-log',
  title: 'Access log (Common or Combined Log Format)',
  continuation: 'none',
  parse: (line, clock) => readAccessLine(line, clock)?.line,
  samples: [
    {
      text: '192.168.202.254 - - [20/Jul/2009:22:59:26 +0000] "GET /vmw/cgi/tramp HTTP/1.0" 200 134 "-" "gPXE/0.9.7"',
      origin: 'tstack/lnav:test/logfile_access_log.0',
      time: '2009-07-20T22:59:26Z',
      severityNumber: 9,
      body: '"GET /vmw/cgi/tramp HTTP/1.0" 200 134 "-" "gPXE/0.9.7"',
      attributes: {
        'client.address': '192.168.202.254',
        'http.request.method': 'GET',
        'url.path': '/vmw/cgi/tramp',
        'http.response.status_code': 200,
        'user_agent.original': 'gPXE/0.9.7',
      },
    },
    {
      text: '127.0.0.1 - - [21/Nov/2026:02:49:16 +0000] "GET /api/orders?id=7 HTTP/1.1" 502 157 "-" "curl/7.88.1"',
      origin: 'generated here, nginx 1.22.1, format combined',
      time: '2026-11-21T02:49:16Z',
      severityNumber: 17,
      body: '"GET /api/orders?id=7 HTTP/1.1" 502 157 "-" "curl/7.88.1"',
      attributes: { 'url.path': '/api/orders', 'url.query': 'id=7', 'http.response.status_code': 502 },
    },
    {
      text: '127.0.0.1 - - [21/Nov/2026:02:49:18 +0000] "GET /secret HTTP/1.1" 403 239',
      origin: 'generated here, Apache 2.4.71, format common',
      time: '2026-11-21T02:49:18Z',
      severityNumber: 13,
      body: '"GET /secret HTTP/1.1" 403 239',
      attributes: { 'http.response.status_code': 403 },
    },
  ],
};
