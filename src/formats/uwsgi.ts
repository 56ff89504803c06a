import type { LogFormat, ParsedLine } from './format.ts';
import { responseAttributes } from './http-text.ts';
import { severityOfStatus } from './levels.ts';
import { numberOf, textLine } from './text-line.ts';
import { readCtimeStamp, type Clock } from './time.ts';

const REQUEST =
  /^\[pid: (\d+)\|app: -?\d+\|req: [-\d]+\/\d+\] (\S*) \(([^)]*)\) \{\d+ vars in \d+ bytes\} \[([^\]]{24})\] ([A-Z]{3,10}) (\S*) => (generated \d+ bytes in (\d+) msecs(?: via \w+\([^)]*\))* \(\S+ (\d{3})\).*)$/;
const EVENT = /^([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}) - (.*)$/;

/**
 * uWSGI: request lines, and events that begin with the time and a dash.
 * @see https://uwsgi-docs.readthedocs.io/en/latest/LogFormat.html
 */
export const uwsgi: LogFormat = {
  id: 'uwsgi',
  title: 'uWSGI',
  technology: 'uwsgi',
  continuation: 'trace',
  parse: (line, clock) => (line.startsWith('[') ? parseRequest(line, clock) : parseEvent(line, clock)),
  samples: [
    {
      text: '[pid: 88185|app: 0|req: 1/1] 127.0.0.1 () {38 vars in 696 bytes} [Sun Mar 13 22:49:12 2016] POST /update_metrics => generated 47 bytes in 129 msecs (HTTP/1.1 200) 9 headers in 378 bytes (1 switches on core 3)',
      origin: 'tstack/lnav:test/logfile_uwsgi.0',
      time: '2016-03-13T22:49:12Z',
      severityNumber: 9,
      body: 'POST /update_metrics => generated 47 bytes in 129 msecs (HTTP/1.1 200) 9 headers in 378 bytes (1 switches on core 3)',
      attributes: {
        'process.pid': 88185,
        'client.address': '127.0.0.1',
        duration_ms: 129,
        'http.response.status_code': 200,
      },
    },
    {
      text: '[pid: 22110|app: -1|req: -1/1] 127.0.0.1 () {24 vars in 244 bytes} [Sat Nov 21 02:57:09 2026] GET / => generated 21 bytes in 0 msecs (HTTP/1.1 500) 2 headers in 83 bytes (0 switches on core 0)',
      origin: 'generated here, uWSGI 2.0.21',
      time: '2026-11-21T02:57:09Z',
      severityNumber: 17,
      body: 'GET / => generated 21 bytes in 0 msecs (HTTP/1.1 500) 2 headers in 83 bytes (0 switches on core 0)',
    },
    {
      text: 'Sat Nov 21 02:56:59 2026 - *** HARAKIRI ON WORKER 1 (pid: 21701, try: 1) ***',
      origin: 'generated here, uWSGI 2.0.21',
      time: '2026-11-21T02:56:59Z',
      body: '*** HARAKIRI ON WORKER 1 (pid: 21701, try: 1) ***',
    },
  ],
};

function parseRequest(line: string, clock: Clock): ParsedLine | undefined {
  const found = REQUEST.exec(line);
  if (found === null) return undefined;
  const [, pid, client, user, time = '', method, path, answer, durationMs, status] = found;
  return textLine({
    stamp: readCtimeStamp(time, clock),
    severityNumber: severityOfStatus(Number(status)),
    body: `${method ?? ''} ${path ?? ''} => ${answer ?? ''}`,
    attributes: [
      ['process.pid', numberOf(pid)],
      ['client.address', client],
      ['user.name', user],
      ['http.request.method', method],
      ['url.path', path],
      ...responseAttributes(status, numberOf(durationMs)),
    ],
  });
}

function parseEvent(line: string, clock: Clock): ParsedLine | undefined {
  const found = EVENT.exec(line);
  const stamp = found === null ? undefined : readCtimeStamp(line, clock);
  return stamp === undefined ? undefined : textLine({ stamp, body: found?.[2] ?? '' });
}
