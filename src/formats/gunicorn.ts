import type { LogFormat } from './format.ts';
import { numberOf, readBracketed, textLine } from './text-line.ts';

const REST = /^ \[(\d+)\] \[(DEBUG|INFO|WARNING|ERROR|CRITICAL)\] (.*)$/;
const REQUEST = /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/\S*)$/;

/**
 * Gunicorn's error log: time, process and level in brackets.
 * @see https://docs.gunicorn.org/en/stable/settings.html#logging
 */
export const gunicorn: LogFormat = {
  id: 'gunicorn',
  title: 'Gunicorn error log',
  technology: 'gunicorn',
  firstCharacters: '[',
  continuation: 'text',
  parse(line, clock) {
    const stamped = readBracketed(line, clock);
    const found = stamped === undefined ? null : REST.exec(stamped.rest);
    if (stamped === undefined || found === null) return undefined;
    const [, pid, level, body = ''] = found;
    const request = REQUEST.exec(body);
    return textLine({
      stamp: stamped.stamp,
      level,
      body,
      attributes: [
        ['process.pid', numberOf(pid)],
        ['http.request.method', request?.[1]],
        ['url.path', request?.[2]],
      ],
    });
  },
  samples: [
    {
      text: '[2026-11-21 01:30:48 +0000] [956] [ERROR] Error handling request GET /boom',
      origin: 'generated here, gunicorn 26.2.0',
      time: '2026-11-21T01:30:48Z',
      severityNumber: 17,
      body: 'Error handling request GET /boom',
      attributes: { 'process.pid': 956, 'url.path': '/boom' },
    },
    {
      text: "[2026-11-21 02:56:42 +0000] [21404] [ERROR] Connection in use: ('127.0.0.1', 5590)",
      origin: 'generated here, gunicorn 20.1.0',
      time: '2026-11-21T02:56:42Z',
      severityNumber: 17,
      body: "Connection in use: ('127.0.0.1', 5590)",
    },
  ],
};
