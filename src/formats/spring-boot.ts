import type { LogFormat } from './format.ts';
import { JAVA_LEVEL } from './java-levels.ts';
import { numberOf, readStamped, textLine } from './text-line.ts';

const HEAD = new RegExp(`^ {1,3}${JAVA_LEVEL} (?:\\[([^\\]\\n]{0,200})\\] ?)?(\\d{1,10}|) ?--- `);
const GROUP = /^\[([^\]\n]{0,200})\] ?/;
const LOGGER = /^(\S{1,200}) *: ?/;
/** `traceId-spanId`, padded, or dashes where there is no trace; ids of 64 bits are padded on the left. */
const CORRELATION = /^ *(?:([0-9A-Fa-f]{16,32})-([0-9A-Fa-f]{16})|-+)? *$/;

/**
 * Spring Boot's console: `TIME LEVEL PID --- [application] [thread] [traceId-spanId] logger : message`; before 3.0 without
 * zone and application, with Sleuth `[application,traceId,spanId]` before the process id.
 * @see https://docs.spring.io/spring-boot/reference/features/logging.html
 */
export const springBoot: LogFormat = {
  id: 'spring-boot',
  title: 'Spring Boot',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse(line, clock) {
    const stamped = readStamped(line, clock);
    const head = stamped === undefined ? null : HEAD.exec(stamped.rest);
    if (stamped === undefined || head === null) return undefined;
    const { groups, rest } = takeGroups(stamped.rest.slice(head[0].length));
    const logger = LOGGER.exec(rest);
    if (logger === null || groups.length === 0) return undefined;
    const [application, sleuthTrace, sleuthSpan] = (head[2] ?? '').split(',').map((part) => part.trim());
    const correlation = groups
      .map((group) => CORRELATION.exec(group))
      .find((found) => found !== null && found[1] !== undefined);
    const names = groups.filter((group) => !CORRELATION.test(group)).map((group) => group.trim());
    return textLine({
      stamp: stamped.stamp,
      level: head[1],
      body: rest.slice(logger[0].length),
      traceId: (correlation?.[1] ?? hexId(sleuthTrace))?.toLowerCase().padStart(32, '0'),
      spanId: (correlation?.[2] ?? hexId(sleuthSpan))?.toLowerCase(),
      attributes: [
        ['service.name', names.length > 1 ? names[0] : application],
        ['thread.name', names.at(-1)],
        ['log.logger', logger[1]],
        ['process.pid', numberOf(head[3])],
      ],
    });
  },
  samples: [
    {
      text: '2026-02-19T12:22:37.451Z  INFO 128443 --- [myapp] [           main] o.s.b.d.f.logexample.MyApplication       : Starting MyApplication',
      origin: 'docs.spring.io/spring-boot/reference/features/logging.html',
      time: '2026-02-19T12:22:37.451Z',
      severityNumber: 9,
      body: 'Starting MyApplication',
      attributes: {
        'service.name': 'myapp',
        'thread.name': 'main',
        'log.logger': 'o.s.b.d.f.logexample.MyApplication',
        'process.pid': 128443,
      },
    },
    {
      text: '2019-03-05 10:57:51.112  INFO 45469 --- [           main] org.apache.catalina.core.StandardEngine  : Starting Servlet Engine: Apache Tomcat/7.0.52',
      origin: 'docs.spring.io/spring-boot/docs/2.1.x/reference/html/boot-features-logging.html',
      time: '2019-03-05T10:57:51.112Z',
      severityNumber: 9,
      body: 'Starting Servlet Engine: Apache Tomcat/7.0.52',
      attributes: { 'thread.name': 'main', 'log.logger': 'org.apache.catalina.core.StandardEngine' },
    },
    {
      text: '2019-06-19 09:31:05.875 INFO [tkc,37b5f215d418d0ff,d5501f25ae8599bf,false] 13 --- [ntainer#0-1-C-1] a.b.c.d.sample.ClassName : This is log message',
      origin: 'Spring Cloud Sleuth, example-a.com/answer/56682309',
      time: '2019-06-19T09:31:05.875Z',
      severityNumber: 9,
      body: 'This is log message',
      attributes: { 'service.name': 'tkc', 'thread.name': 'ntainer#0-1-C-1', 'process.pid': 13 },
    },
  ],
};

function hexId(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9A-Fa-f]{16,32}$/.test(text) ? text : undefined;
}

function takeGroups(text: string): { readonly groups: readonly string[]; readonly rest: string } {
  const groups: string[] = [];
  let rest = text;
  while (groups.length < 4) {
    const found = GROUP.exec(rest);
    if (found === null) break;
    groups.push(found[1] ?? '');
    rest = rest.slice(found[0].length);
  }
  return { groups, rest: rest.trimStart() };
}
