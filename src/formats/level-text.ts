import type { LogFormat } from './format.ts';
import { textLine } from './text-line.ts';

const WORDS = 'TRACE|DEBUG|VERBOSE|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL|SEVERE|EMERGENCY';
/** In brackets the word is a level however it is written. */
const BRACKETED = new RegExp(`^\\[ ?(${WORDS}) *\\]:? ?(?:- )?(.*)$`, 'i');
/**
 * In small letters the word may begin a sentence; V8's `FATAL ERROR:` stands in the middle of its report,
 * and `WARNING: DATA RACE` begins that of Go's race detector.
 */
const CAPITALS = new RegExp(`^(?!FATAL ERROR: |WARNING: DATA RACE$)(${WORDS})(?: ?[:|] *| +- | +)(\\S.*)$`);
/** What libpq, and programs that print its messages, put below a level's line. */
const DETAIL =
  /^(?:DETAIL|HINT|CONTEXT|QUERY|STATEMENT|LOCATION|LINE \d{1,6}|WHERE|SCHEMA NAME|TABLE NAME|COLUMN NAME|DATATYPE NAME|CONSTRAINT NAME): /;
/** Alembic and others name the logger in brackets. */
const LOGGER = /^\[([a-z_]\w{0,60}(?:\.\w{1,60}){1,10})\] /;

/**
 * Any line that begins with a level and has no time: `ERROR: message`, `[error] message`, `WARN message`. What shell
 * scripts, build tools and loggers below a supervisor write.
 */
export const levelText: LogFormat = {
  id: 'level-text',
  title: 'Text with a level',
  firstCharacters: '[TDVINWECFStdvinwecfs',
  continuation: 'trace',
  continues: (line) => DETAIL.test(line),
  parse(line) {
    const found = BRACKETED.exec(line) ?? CAPITALS.exec(line);
    if (found === null) return undefined;
    const [, level, text = ''] = found;
    const logger = LOGGER.exec(text);
    return textLine({ level, body: text.slice(logger?.[0].length ?? 0), attributes: [['log.logger', logger?.[1]]] });
  },
  samples: [
    {
      text: 'INFO  [alembic.runtime.migration] Context impl SQLiteImpl.',
      origin: 'generated here, Alembic 1.8.1',
      severityNumber: 9,
      body: 'Context impl SQLiteImpl.',
      attributes: { 'log.logger': 'alembic.runtime.migration' },
    },
    {
      text: '[INFO] Scanning for projects...',
      origin: 'maven.apache.org/guides/getting-started/maven-in-five-minutes.html',
      severityNumber: 9,
      body: 'Scanning for projects...',
    },
    {
      text: 'WARNING: This is a development server. Do not use it in a production deployment. Use a production WSGI server instead.',
      origin: 'generated here, Flask 2.2.2',
      severityNumber: 13,
      body: 'This is a development server. Do not use it in a production deployment. Use a production WSGI server instead.',
    },
  ],
};
