import type { LogFormat } from './format.ts';
import { textLine } from './text-line.ts';

const LINE = /^(DEBUG|INFO|WARNING|ERROR|CRITICAL):([A-Za-z_][\w.-]{0,120}):(.*)$/;

/**
 * Python's `logging.basicConfig()`: `LEVEL:name:message`.
 * @see https://docs.python.org/3/library/logging.html#logging.basicConfig
 */
export const pythonBasic: LogFormat = {
  id: 'python-basic',
  title: 'Python logging.basicConfig',
  firstCharacters: 'DIWEC',
  continuation: 'text',
  parse(line) {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    const [, level, name, body = ''] = found;
    return textLine({ level, body, attributes: [['log.logger', name]] });
  },
  samples: [
    {
      text: 'ERROR:db:query failed',
      origin: 'generated here, CPython logging.basicConfig()',
      severityNumber: 17,
      body: 'query failed',
      attributes: { 'log.logger': 'db' },
    },
    {
      text: 'ERROR:db.pool:pool\nsecond',
      origin: 'generated here, CPython 3.11',
      severityNumber: 17,
      body: 'pool\nsecond',
      attributes: { 'log.logger': 'db.pool' },
    },
    { text: 'WARNING:root:basic x', origin: 'generated here, CPython 3.11', severityNumber: 13, body: 'basic x' },
  ],
};
