import type { LogFormat, ParsedLine } from './format.ts';
import { JAVA_LEVEL } from './java-levels.ts';
import { numberOf, readBracketed, readStamped, textLine, type StampedText } from './text-line.ts';
import { readTimeOfDay } from './time-of-day.ts';
import type { Clock, ReadStamp } from './time.ts';

const LEVEL = `(?<level>${JAVA_LEVEL.slice(1, -1)})`;
const THREAD = '\\[(?<thread>[^\\n]{0,200}?)\\]';
const LOGGER = '(?<logger>[A-Za-z_$][\\w.$]{0,200})(?:[:(](?<line>\\d+|\\?)\\)?)?';
const QUALIFIED = '(?<logger>(?:[a-z_$][\\w$]{0,80}\\.){1,12}[\\w$]{1,120})(?:[:(](?<line>\\d+|\\?)\\)?)?';
/** What stands between logger and message: ` - `, Logback's ` -- ` with key-value pairs between, or a colon. */
const DASH = ' +-(?:-|[^\\s-][^\\n]{0,200}?-)? ';
/** Layouts behind the time. */
const LAYOUTS: readonly RegExp[] = [
  `^ ${LEVEL} +${THREAD} ${QUALIFIED}: `,
  `^ ${LEVEL} +${THREAD} ${LOGGER}(?: +:|${DASH})`,
  `^ ${LEVEL} +${THREAD} \\((?<logger>[\\w$]{1,120}\\.java):(?<line>\\d+)\\) - `,
  `^ +${THREAD} ${LEVEL} +${LOGGER}(?: *:|${DASH})`,
  `^ ${LEVEL} +${LOGGER}${DASH}`,
  `^ ${LEVEL} +${QUALIFIED}: `,
].map((source) => new RegExp(source));
/** SLF4J's simple logger and Log4j 1's TTCC layout, where milliseconds since the start come first. */
const TIMELESS = new RegExp(`^(?:\\d{1,12} +)?${THREAD} ${LEVEL} +${LOGGER}${DASH}`);
const SPARK = /^(\d\d)\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)/;
const SPARK_REST = new RegExp(`^ ${LEVEL} +${LOGGER}: `);

/**
 * Log4j, Logback and SLF4J in the layouts that are their defaults or widespread: thread and level in either order, then
 * the logger.
 * @see https://logging.apache.org/log4j/2.x/manual/pattern-layout.html
 * @see https://logback.qos.ch/manual/layouts.html
 */
export const log4j: LogFormat = {
  id: 'log4j',
  title: 'Log4j, Logback, SLF4J',
  firstCharacters: '[0123456789',
  continuation: 'text',
  parse(line, clock) {
    const stamped = stampedText(line, clock);
    if (stamped === undefined) return parseTimeless(line);
    for (const layout of LAYOUTS) {
      const found = layout.exec(stamped.rest);
      if (found !== null) return parsed(found, stamped);
    }
    return undefined;
  },
  samples: [
    {
      text: '2015-10-18 18:01:47,978 INFO [main] org.apache.hadoop.mapreduce.v2.app.MRAppMaster: Created MRAppMaster for application appattempt_1445144423722_0020_000001',
      origin: 'logpai/loghub:Hadoop/Hadoop_2k.log',
      time: '2015-10-18T18:01:47.978Z',
      severityNumber: 9,
      body: 'Created MRAppMaster for application appattempt_1445144423722_0020_000001',
      attributes: { 'thread.name': 'main', 'log.logger': 'org.apache.hadoop.mapreduce.v2.app.MRAppMaster' },
    },
    {
      text: '2025-01-24T07:00:30,139 INFO [background-preinit       ] Version                  : HV000001: Hibernate Validator 8.0.1.Final',
      origin: 'tstack/lnav:test/logfile_java.0',
      time: '2025-01-24T07:00:30.139Z',
      severityNumber: 9,
      body: 'HV000001: Hibernate Validator 8.0.1.Final',
      attributes: { 'thread.name': 'background-preinit', 'log.logger': 'Version' },
    },
    {
      text: '03:01:39.768 [main] ERROR L - query failed\njava.lang.RuntimeException: boom\n\tat L.main(L.java:2)\nCaused by: java.io.IOException: why\n\t... 1 common frames omitted',
      origin: 'generated here, Logback 1.2.11 without a configuration',
      time: '2026-11-21T03:01:39.768Z',
      severityNumber: 17,
      body: 'query failed\njava.lang.RuntimeException: boom\n\tat L.main(L.java:2)\nCaused by: java.io.IOException: why\n\t... 1 common frames omitted',
      attributes: { 'thread.name': 'main', 'log.logger': 'L' },
    },
    {
      text: '2026-11-21 02:59:20.711 [main] DEBUG com.zaxxer.hikari.HikariConfig - orders - configuration:',
      origin: 'generated here, Logback 1.2.11',
      time: '2026-11-21T02:59:20.711Z',
      severityNumber: 5,
      body: 'orders - configuration:',
      attributes: { 'log.logger': 'com.zaxxer.hikari.HikariConfig' },
    },
    {
      text: '2026-11-21 03:01:43 SEVERE orders - query failed',
      origin:
        'generated here, OpenJDK 17 with java.util.logging.SimpleFormatter.format=%1$tF %1$tT %4$s %3$s - %5$s%6$s%n',
      time: '2026-11-21T03:01:43Z',
      severityNumber: 17,
      body: 'query failed',
      attributes: { 'log.logger': 'orders' },
    },
    {
      text: '[main] WARN Orders - property orders.legacyErrors is deprecated, use orders.errors',
      origin: 'generated here, slf4j-simple 1.7.32',
      severityNumber: 13,
      body: 'property orders.legacyErrors is deprecated, use orders.errors',
      attributes: { 'thread.name': 'main', 'log.logger': 'Orders' },
    },
  ],
};

function stampedText(line: string, clock: Clock): StampedText | undefined {
  const timeOfDay = readTimeOfDay(line, clock);
  if (timeOfDay !== undefined) return { stamp: timeOfDay, rest: line.slice(timeOfDay.length) };
  return readStamped(line, clock) ?? readBracketed(line, clock) ?? sparkStamp(line, clock);
}

/** Spark's and Hadoop's console: `yy/MM/dd HH:mm:ss LEVEL Class: message`. */
function sparkStamp(line: string, clock: Clock): StampedText | undefined {
  const found = SPARK.exec(line);
  if (found === null) return undefined;
  const [whole, year, month, day, time] = found;
  const stamped = readStamped(`20${year ?? ''}-${month ?? ''}-${day ?? ''} ${time ?? ''}`, clock);
  const rest = line.slice(whole.length);
  return stamped === undefined || !SPARK_REST.test(rest)
    ? undefined
    : { stamp: stamped.stamp, rest: rest.replace(': ', ' - ') };
}

interface TimedText {
  readonly stamp: ReadStamp | undefined;
  readonly rest: string;
}

function parseTimeless(line: string): ParsedLine | undefined {
  const found = TIMELESS.exec(line);
  return found === null ? undefined : parsed(found, { stamp: undefined, rest: line });
}

function parsed(found: RegExpExecArray, { stamp, rest }: TimedText): ParsedLine {
  const { level, thread, logger, line } = found.groups ?? {};
  return textLine({
    stamp,
    level,
    body: rest.slice(found[0].length).replace(/^ /, ''),
    attributes: [
      ['thread.name', thread?.trim()],
      ['log.logger', logger],
      ['code.line.number', numberOf(line)],
    ],
  });
}
