import type { LogFormat } from './format.ts';
import { textLine } from './text-line.ts';

const LINE = /^npm (ERR!|error|WARN|warn|notice|info|http|verb|sill|timing)(?: (.*)|$)/;
const SEVERITIES: Readonly<Record<string, number>> = {
  'ERR!': 17,
  error: 17,
  WARN: 13,
  warn: 13,
  notice: 10,
  info: 9,
  http: 9,
  verb: 5,
  sill: 1,
  timing: 5,
};

/**
 * npm's own messages: `npm error code ELIFECYCLE` (npm 10 and later), `npm ERR! code ELIFECYCLE` (before). Lines of one
 * level that follow each other are one message.
 * @see https://docs.npmjs.com/cli/using-npm/logging
 */
export const npm: LogFormat = {
  id: 'npm',
  title: 'npm',
  technology: 'npm',
  firstCharacters: 'n',
  continuation: 'trace',
  parse(line) {
    const found = LINE.exec(line);
    if (found === null) return undefined;
    const [, level = '', body = ''] = found;
    return { ...textLine({ level, severityNumber: SEVERITIES[level], body }), role: 'continue', key: level };
  },
  samples: [
    {
      text: 'npm error code EINVALIDTAGNAME\nnpm error Invalid tag name "@" of package "nope-@@": Tags may not have any characters that encodeURIComponent encodes.',
      origin: 'generated here, npm 11.19.1',
      severityNumber: 17,
      body: 'code EINVALIDTAGNAME\nInvalid tag name "@" of package "nope-@@": Tags may not have any characters that encodeURIComponent encodes.',
    },
  ],
};
