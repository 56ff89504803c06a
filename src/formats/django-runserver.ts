import type { LogFormat } from './format.ts';
import { requestAttributes, responseAttributes } from './http-text.ts';
import { severityOfStatus } from './levels.ts';
import { textLine } from './text-line.ts';
import { readDayFirstStamp } from './time.ts';

/** Between date and time stands a blank, unlike in the Common Log Format. */
const LINE = /^(?:(\S{1,100}) - (\S{1,64}) )?\[(\d\d\/[A-Z][a-z]{2}\/\d{4} \d\d:\d\d:\d\d)\] (.*)$/;
const ACCESS = /^"([^"\n]*)" (\d{3}) (?:\d+|-)$/;
const CODE = /^code (\d{3}), message /;

/**
 * Python's development servers: Django's `runserver`, Werkzeug (Flask) and `http.server`.
 * @see https://docs.djangoproject.com/en/stable/ref/logging/#django-server
 */
export const djangoRunserver: LogFormat = {
  id: 'django-runserver',
  title: 'Django runserver, Werkzeug and http.server',
  continuation: 'trace',
  parse(line, clock) {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    const [, client, user, time = '', body = ''] = found;
    const access = ACCESS.exec(body);
    const status = access?.[2] ?? CODE.exec(body)?.[1];
    if (client === undefined && status === undefined) return undefined;
    return textLine({
      stamp: readDayFirstStamp(time, clock),
      severityNumber: status === undefined ? undefined : severityOfStatus(Number(status)),
      body,
      attributes: [
        ['client.address', client],
        ['user.name', user === '-' ? undefined : user],
        ...(access === null ? [] : requestAttributes(access[1] ?? '')),
        ...responseAttributes(status),
      ],
    });
  },
  samples: [
    {
      text: '[21/Nov/2026 01:30:55] "GET /boom HTTP/1.1" 500 54048',
      origin: 'generated here, Django 5.2.17',
      time: '2026-11-21T01:30:55Z',
      severityNumber: 17,
      body: '"GET /boom HTTP/1.1" 500 54048',
      attributes: { 'http.request.method': 'GET', 'url.path': '/boom', 'http.response.status_code': 500 },
    },
    {
      text: '127.0.0.1 - - [21/Nov/2026 02:54:12] "GET /errors/1 HTTP/1.1" 404 -',
      origin: 'generated here, python -m http.server 3.11',
      time: '2026-11-21T02:54:12Z',
      severityNumber: 13,
      body: '"GET /errors/1 HTTP/1.1" 404 -',
      attributes: { 'client.address': '127.0.0.1' },
    },
    {
      text: '127.0.0.1 - - [21/Nov/2026 02:54:12] code 404, message File not found',
      origin: 'generated here, python -m http.server 3.11',
      time: '2026-11-21T02:54:12Z',
      severityNumber: 13,
      body: 'code 404, message File not found',
    },
  ],
};
