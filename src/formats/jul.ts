import type { LogFormat, OpenLines, ParsedLine } from './format.ts';
import { textLine } from './text-line.ts';
import { readLocaleStamp } from './time-of-locale.ts';
import { readCtimeStamp, type Clock } from './time.ts';

const ORIGIN = /^ ([\w.$/@-]{1,200})(?: ([\w$<>]{1,120}))?$/;
/** The JDK translates its levels; severity is that of the English one. */
const LEVELS: Readonly<Record<string, number>> = {
  SEVERE: 17,
  WARNING: 13,
  INFO: 9,
  CONFIG: 7,
  FINE: 5,
  FINER: 3,
  FINEST: 1,
  SCHWERWIEGEND: 17,
  WARNUNG: 13,
  INFORMATION: 9,
  GRAVE: 17,
  AVERTISSEMENT: 13,
  INFOS: 9,
  ADVERTENCIA: 13,
};
const SECOND_LINE = /^([A-ZÀ-Þ]{4,14}): (.*)$/;
const ONE_LINE = /^\[([A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d) [A-Z]{1,5} (\d{4})\] ([A-Z]{4,14}): (.*?) ?$/;

/**
 * java.util.logging's SimpleFormatter: the time and the caller on one line, level and message on the next; or the one-line
 * form of its documentation.
 * @see https://docs.oracle.com/en/java/javase/17/docs/api/java.logging/java/util/logging/SimpleFormatter.html
 */
export const jul: LogFormat = {
  id: 'jul',
  title: 'java.util.logging',
  continuation: 'text',
  parse: (line, clock) => (line.startsWith('[') ? parseOneLine(line, clock) : parseFirstLine(line, clock)),
  continues: (line, { first, lines }) => lines.length === 1 && first.body === '' && SECOND_LINE.test(line),
  complete,
  samples: [
    {
      text: 'Nov 21, 2026 1:30:59 AM A main\nSEVERE: query failed',
      origin: 'generated here, OpenJDK 17',
      time: '2026-11-21T01:30:59Z',
      severityNumber: 17,
      body: 'query failed',
      attributes: { 'log.logger': 'A', 'code.function.name': 'main' },
    },
    {
      text: 'Nov 21, 2026 3:01:43 AM J main\nSEVERE: query failed\njava.lang.RuntimeException: boom\n\tat J.main(J.java:2)',
      origin: 'generated here, OpenJDK 17',
      time: '2026-11-21T03:01:43Z',
      severityNumber: 17,
      body: 'query failed\njava.lang.RuntimeException: boom\n\tat J.main(J.java:2)',
    },
    {
      text: '[Sat Nov 21 03:01:43 UTC 2026] WARNING: slow ',
      origin: "generated here, OpenJDK 17 with the first format of SimpleFormatter's documentation",
      time: '2026-11-21T03:01:43Z',
      severityNumber: 13,
      body: 'slow',
    },
  ],
};

function parseFirstLine(line: string, clock: Clock): ParsedLine | undefined {
  const stamp = readLocaleStamp(line, clock);
  const found = stamp === undefined ? null : ORIGIN.exec(line.slice(stamp.length));
  if (stamp === undefined || found === null) return undefined;
  return textLine({
    stamp,
    body: '',
    attributes: [
      ['log.logger', found[1]],
      ['code.function.name', found[2]],
    ],
  });
}

function parseOneLine(line: string, clock: Clock): ParsedLine | undefined {
  const found = ONE_LINE.exec(line);
  if (found === null) return undefined;
  const [, time = '', year = '', level = '', body = ''] = found;
  return textLine({ stamp: readCtimeStamp(`${time} ${year}`, clock), level, severityNumber: LEVELS[level], body });
}

function complete({ first, lines }: OpenLines): ParsedLine {
  const [, second = '', ...further] = lines;
  const found = first.body === '' ? SECOND_LINE.exec(second) : null;
  if (found === null) return { ...first, body: [first.body, ...lines.slice(1)].join('\n') };
  const [, level = '', message = ''] = found;
  const severityNumber = LEVELS[level];
  return {
    ...first,
    severityText: level,
    ...(severityNumber === undefined ? {} : { severityNumber }),
    body: [message, ...further].join('\n'),
  };
}
