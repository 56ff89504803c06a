import type { LogFormat } from './format.ts';
import { responseAttributes } from './http-text.ts';
import { severityOfStatus } from './levels.ts';
import { numberOf, textLine } from './text-line.ts';

const METHOD = '(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)';
const DEV = new RegExp(`^${METHOD} (\\S+) (\\d{3}) ([\\d.]+) ms - (?:\\d+|-)$`);
const TINY = new RegExp(`^${METHOD} (\\S+) (\\d{3}) (?:\\d+|-) - ([\\d.]+) ms$`);

/**
 * morgan's `dev` and `tiny`: `GET /orders 200 1.462 ms - 5`, `GET /orders 200 5 - 1.462 ms`.
 * @see https://github.com/expressjs/morgan#predefined-formats
 */
export const morgan: LogFormat = {
  id: 'morgan',
  title: 'morgan (Express)',
  firstCharacters: 'GHPDO',
  continuation: 'trace',
  parse(line) {
    const found = DEV.exec(line) ?? TINY.exec(line);
    if (found === null) return undefined;
    const [, method, path, status, durationMs] = found;
    return textLine({
      severityNumber: severityOfStatus(Number(status)),
      body: line,
      attributes: [
        ['http.request.method', method],
        ['url.path', path],
        ...responseAttributes(status, numberOf(durationMs)),
      ],
    });
  },
  samples: [
    {
      text: 'GET / 200 1.462 ms - 5',
      origin: 'generated here, morgan 1.10 (dev), colours taken off',
      severityNumber: 9,
      body: 'GET / 200 1.462 ms - 5',
      attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200, duration_ms: 1.462 },
    },
  ],
};
