import type { LogFormat } from './format.ts';
import { addStandardNames, flattenFields, parseJsonObject } from './json-fields.ts';
import { textLine } from './text-line.ts';

/** Go's `net/http` begins its own messages with `http: `. */
const LINE =
  /^(error|warn|info|http(?!: (?:TLS|panic|proxy|Accept|superfluous|response|Server|URL|multiple|named|request|ContentLength|invalid|no |wrote) ?)|verbose|debug|silly): {1,8}(?! )(.*)$/;

/**
 * winston's `format.simple()` and `format.cli()`: `level: message {"further":"fields"}`.
 * @see https://github.com/winstonjs/logform#simple
 */
export const winstonSimple: LogFormat = {
  id: 'winston-simple',
  title: 'winston (simple)',
  firstCharacters: 'ewihvds',
  continuation: 'trace',
  parse(line) {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    const [, level, text = ''] = found;
    const parsed = textLine({ level, body: text });
    const start = text.endsWith('}') ? text.indexOf(' {"') : -1;
    const fields = start < 0 ? undefined : parseJsonObject(text.slice(start + 1));
    if (fields === undefined) return parsed;
    const attributes = flattenFields(fields);
    addStandardNames(attributes);
    return { ...parsed, body: text.slice(0, start), attributes };
  },
  samples: [
    {
      text: 'error: query failed connect ECONNREFUSED 127.0.0.1:5599 {"stack":"Error: connect ECONNREFUSED 127.0.0.1:5599\\n    at Object.<anonymous> (/srv/orders/npm/w.js:4:58)"}',
      origin: 'generated here, winston 3.19.0, stack clipped',
      severityNumber: 17,
      body: 'query failed connect ECONNREFUSED 127.0.0.1:5599',
      attributes: {
        'exception.stacktrace':
          'Error: connect ECONNREFUSED 127.0.0.1:5599\n    at Object.<anonymous> (/srv/orders/npm/w.js:4:58)',
      },
    },
    {
      text: 'info:     listening {"port":3000}',
      origin: 'generated here, winston 3.19.0 with padLevels',
      severityNumber: 9,
      body: 'listening',
      attributes: { port: 3000 },
    },
  ],
};
