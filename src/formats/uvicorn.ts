import type { LogFormat } from './format.ts';
import { requestAttributes, responseAttributes } from './http-text.ts';
import { severityOfStatus } from './levels.ts';
import { textLine } from './text-line.ts';

/** The level with its colon is padded to nine characters and followed by a blank. */
const LINE = /^(?:(TRACE|DEBUG|ERROR): {4}|(INFO): {5}|(WARNING): {2})(?! )(.*)$/;
const ACCESS = /^(\S+?)(?::\d+)? - "([^"]*)" (\d{3})(?: |$)/;

/**
 * Uvicorn: `INFO:     message`, and access lines with the request in quotes.
 * @see https://www.uvicorn.org/settings/#logging
 */
export const uvicorn: LogFormat = {
  id: 'uvicorn',
  title: 'Uvicorn',
  firstCharacters: 'TDIWE',
  continuation: 'text',
  parse(line) {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    const body = found[4] ?? '';
    const level = found[1] ?? found[2] ?? found[3];
    const access = ACCESS.exec(body);
    if (access === null) return textLine({ level, body });
    const [, client, request = '', status] = access;
    return textLine({
      level,
      severityNumber: severityOfStatus(Number(status)),
      body,
      attributes: [['client.address', client], ...requestAttributes(request), ...responseAttributes(status)],
    });
  },
  samples: [
    {
      text: 'INFO:     127.0.0.1:57068 - "GET / HTTP/1.1" 200 OK',
      origin: 'generated here, uvicorn 0.54.0',
      severityNumber: 9,
      body: '127.0.0.1:57068 - "GET / HTTP/1.1" 200 OK',
      attributes: { 'client.address': '127.0.0.1', 'http.response.status_code': 200, 'url.path': '/' },
    },
    {
      text: 'INFO:     Uvicorn running on http://127.0.0.1:8092 (Press CTRL+C to quit)',
      origin: 'generated here, uvicorn 0.17.6',
      severityNumber: 9,
      body: 'Uvicorn running on http://127.0.0.1:8092 (Press CTRL+C to quit)',
    },
    {
      text: 'ERROR:    Exception in ASGI application\nTraceback (most recent call last):\n  File "/usr/lib/python3/dist-packages/uvicorn/protocols/http/h11_impl.py", line 366, in run_asgi',
      origin: 'generated here, uvicorn 0.17.6, trace clipped',
      severityNumber: 17,
      body: 'Exception in ASGI application\nTraceback (most recent call last):\n  File "/usr/lib/python3/dist-packages/uvicorn/protocols/http/h11_impl.py", line 366, in run_asgi',
    },
  ],
};
