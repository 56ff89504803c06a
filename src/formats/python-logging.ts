import type { LogFormat, ParsedLine } from './format.ts';
import { textLine, numberOf, readBracketed, readStamped, type StampedText } from './text-line.ts';
import type { Clock } from './time.ts';

const LEVEL = '(?<level>DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|FATAL|NOTSET)';
const NAME = '(?<name>[A-Za-z_][\\w.:@-]{0,120})';
/** Layouts behind `asctime`, as people configure them, the message last; not Log4j's thread and logger. */
const LAYOUTS: readonly RegExp[] = [
  `^ - ${NAME} - ${LEVEL} - `,
  `^ - ${LEVEL} - ${NAME} - `,
  `^ - ${LEVEL} - `,
  `^ \\[${LEVEL} *\\] ${NAME}(?::(?<line>\\d+))?: `,
  `^ ${LEVEL} +\\[${NAME}\\] (?!(?:[a-z_]\\w*\\.)+[\\w$]+: |\\S+ +[:-] )`,
  `^ ${LEVEL} +${NAME}:(?<line>\\d+):? `,
  `^ ${LEVEL} +(?<name>[A-Za-z_]\\w{0,60}(?:\\.\\w{1,60}){1,10}): `,
  `^ - ${NAME} - ${LEVEL}: `,
  `^ (?:\\[(?<pid>\\d{1,10})\\] )?${LEVEL} +(?<name>[a-z_][a-z0-9_]{0,60}(?:\\.[a-z0-9_]{1,60}){0,10}) - `,
].map((source) => new RegExp(source));
/** Layouts behind `[asctime]`: Flask's default and Airflow's. */
const BRACKET_LAYOUTS: readonly RegExp[] = [
  `^ ${LEVEL} in ${NAME}: `,
  `^ \\{(?<file>[\\w./-]{1,120}):(?<line>\\d+)\\} ${LEVEL} - `,
].map((source) => new RegExp(source));
/** `%(levelname)s %(asctime)s %(module)s %(process)d %(thread)d %(message)s`, the verbose one of Django's documentation. */
const LEVEL_FIRST = new RegExp(`^${LEVEL} +(?=\\d{4}-)`);
const AFTER_STAMP = /^ ([A-Za-z_][\w.]{0,120}) (\d+) (\d+) /;
const COMMA_MILLISECONDS = /^\[?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}/;
const PYTHON_LEVEL = /^(?:WARNING|CRITICAL|NOTSET)$/;

/**
 * Python's `logging` with a formatter of one's own: `asctime` with milliseconds after a comma, logger and level in one of
 * the usual orders.
 * @see https://docs.python.org/3/library/logging.html#logrecord-attributes
 */
export const pythonLogging: LogFormat = {
  id: 'python-logging',
  title: 'Python logging',
  firstCharacters: '[DIWECFN0123456789',
  continuation: 'text',
  parse: (line, clock) => parseLevelFirst(line, clock) ?? parseStampFirst(line, clock),
  samples: [
    {
      text: "2026-11-21 02:48:32,912 - db - ERROR - query failed\nTraceback (most recent call last):\n  File \"/srv/orders/a.py\", line 11, in <module>\n    {}['k']\nKeyError: 'k'",
      origin: 'generated here, CPython 3.11 with %(asctime)s - %(name)s - %(levelname)s - %(message)s',
      time: '2026-11-21T02:48:32.912Z',
      severityNumber: 17,
      body: "query failed\nTraceback (most recent call last):\n  File \"/srv/orders/a.py\", line 11, in <module>\n    {}['k']\nKeyError: 'k'",
      attributes: { 'log.logger': 'db' },
    },
    {
      text: '2026-11-21 03:01:32,289 [ERROR] db: a',
      origin: 'generated here, CPython 3.11 with %(asctime)s [%(levelname)s] %(name)s: %(message)s',
      time: '2026-11-21T03:01:32.289Z',
      severityNumber: 17,
      body: 'a',
      attributes: { 'log.logger': 'db' },
    },
    {
      text: '2026-11-21 02:50:40,162 INFO     shop.worker:22 batch 0: 62 rows, 0 errors, 0 failed',
      origin: 'generated here, CPython 3.11',
      time: '2026-11-21T02:50:40.162Z',
      severityNumber: 9,
      body: 'batch 0: 62 rows, 0 errors, 0 failed',
      attributes: { 'log.logger': 'shop.worker', 'code.line.number': 22 },
    },
    {
      text: '2026-11-21 02:54:07,682 INFO [orders] order 1 loaded in 1.4 ms, 0 errors',
      origin: 'generated here, CPython 3.11',
      time: '2026-11-21T02:54:07.682Z',
      severityNumber: 9,
      body: 'order 1 loaded in 1.4 ms, 0 errors',
      attributes: { 'log.logger': 'orders' },
    },
    {
      text: "2026-11-21 02:49:03,089 [10411] WARNING psycopg.pool - reconnection attempt in pool 'pool-1' failed after 1 sec",
      origin: 'generated here, psycopg-pool 3.1.4 with %(asctime)s [%(process)d] %(levelname)s %(name)s - %(message)s',
      time: '2026-11-21T02:49:03.089Z',
      severityNumber: 13,
      body: "reconnection attempt in pool 'pool-1' failed after 1 sec",
      attributes: { 'log.logger': 'psycopg.pool', 'process.pid': 10411 },
    },
    {
      text: 'ERROR    2026-11-21 03:01:32,289 l 1453 140404098125888 django verbose',
      origin: "generated here, CPython 3.11 with the verbose formatter of Django's documentation",
      time: '2026-11-21T03:01:32.289Z',
      severityNumber: 17,
      body: 'django verbose',
      attributes: { 'code.module': 'l', 'process.pid': 1453 },
    },
    {
      text: '[2026-11-21 03:01:32,289] {l.py:15} ERROR - airflow',
      origin: "generated here, CPython 3.11 with Airflow's default format",
      time: '2026-11-21T03:01:32.289Z',
      severityNumber: 17,
      body: 'airflow',
      attributes: { 'code.file.path': 'l.py', 'code.line.number': 15 },
    },
    {
      text: '[2026-11-21 02:54:05,238] INFO in flask_app: retry policy: 3 attempts on ConnectionError, TimeoutError',
      origin: 'generated here, Flask 2.2',
      time: '2026-11-21T02:54:05.238Z',
      severityNumber: 9,
      body: 'retry policy: 3 attempts on ConnectionError, TimeoutError',
    },
  ],
};

function parseStampFirst(line: string, clock: Clock): ParsedLine | undefined {
  const bracketed = readBracketed(line, clock);
  const stamped = bracketed ?? readStamped(line, clock);
  if (stamped === undefined) return undefined;
  const found = firstMatch(bracketed === undefined ? LAYOUTS : BRACKET_LAYOUTS, stamped.rest);
  if (found === undefined) return undefined;
  const { level = '', name, file, pid, line: lineNumber } = found.groups ?? {};
  if (!COMMA_MILLISECONDS.test(line) && !PYTHON_LEVEL.test(level)) return undefined;
  return textLine({
    stamp: stamped.stamp,
    level,
    body: stamped.rest.slice(found[0].length),
    attributes: [
      ['log.logger', name],
      ['code.file.path', file],
      ['code.line.number', numberOf(lineNumber)],
      ['process.pid', numberOf(pid)],
    ],
  });
}

function parseLevelFirst(line: string, clock: Clock): ParsedLine | undefined {
  const level = LEVEL_FIRST.exec(line);
  if (level === null) return undefined;
  const stamped: StampedText | undefined = readStamped(line.slice(level[0].length), clock);
  const after = stamped === undefined ? null : AFTER_STAMP.exec(stamped.rest);
  if (stamped === undefined || after === null) return undefined;
  return textLine({
    stamp: stamped.stamp,
    level: level.groups?.['level'],
    body: stamped.rest.slice(after[0].length),
    attributes: [
      ['code.module', after[1]],
      ['process.pid', numberOf(after[2])],
      ['thread.id', numberOf(after[3])],
    ],
  });
}

function firstMatch(layouts: readonly RegExp[], rest: string): RegExpExecArray | undefined {
  for (const layout of layouts) {
    const found = layout.exec(rest);
    if (found !== null) return found;
  }
  return undefined;
}
