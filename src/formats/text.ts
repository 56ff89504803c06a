import type { LogFormat, ParsedLine } from './format.ts';
import { readStamped, textLine, type StampedText } from './text-line.ts';
import { readTimeOfDay } from './time-of-day.ts';
import { readLocaleStamp } from './time-of-locale.ts';
import { readCtimeStamp, readSyslogStamp, type Clock } from './time.ts';

const WORDS = 'TRACE|DEBUG|VERBOSE|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRITICAL|CRIT|FATAL|SEVERE|ALERT|EMERGENCY|PANIC';
const SEPARATOR = '[\\s:,|;-]{0,8}';
/** `[orders] `, `[12] [main] `: what loggers put between time and level. */
const LABELS = '((?:\\[[^\\]\\n]{1,120}\\] ?){0,3}?)';
const BRACKETED = new RegExp(`^${SEPARATOR}${LABELS}[[(<] *(${WORDS}) *[\\])>]:? ?(?:[-|] )?(.*)$`, 'i');
const MARKED = new RegExp(`^${SEPARATOR}${LABELS} ?(${WORDS})(?: *[:|]| +-(?= )) ?(.*)$`, 'i');
/** In capitals a level needs no mark; in small letters the word may begin a sentence. */
const CAPITALS = new RegExp(`^${SEPARATOR}${LABELS} ?(${WORDS})(?: +(.*)|\\t(.*)|(?=\\[)(.*)|$)`);
/** `ERROR [TIME] message` (Dropwizard), `INFO TIME: message`. */
const LEVEL_FIRST = new RegExp(`^\\[?(${WORDS})\\]?:? {1,6}(?=\\[?\\d{2,4}[-/])`);
const LABEL = /^\[([A-Za-z_][^\]\n]{0,119})\] ?$/;
/** What may follow a time that stands at the start of a line. */
const BOUNDARY = /^(?:[\s:,|;[\]-]|$)/;

/**
 * Any line that begins with a time: `TIME [LEVEL] message`, `[TIME] LEVEL message`, `TIME [label] level: message`, or
 * without a level. What home-grown loggers, printf formats of winston, structlog and many servers write.
 */
export const text: LogFormat = {
  id: 'text',
  title: 'Text with a time',
  continuation: 'text',
  parse(line, clock) {
    const stamped = bracketed(line, clock) ?? unbracketed(line, clock);
    if (stamped === undefined) return timeOfDay(line, clock) ?? levelFirst(line, clock);
    return leveled(stamped) ?? textLine({ stamp: stamped.stamp, body: bodyOf(stamped.rest) });
  },
  samples: [
    {
      text: '2026-11-21T03:00:48.625Z error: Error: connect ECONNREFUSED 127.0.0.1:5599\n    at Object.<anonymous> (/srv/orders/npm/w.js:4:58)',
      origin: 'generated here, winston 3.19.0 with printf(`${timestamp} ${level}: ${stack}`)',
      time: '2026-11-21T03:00:48.625Z',
      severityNumber: 17,
      body: 'Error: connect ECONNREFUSED 127.0.0.1:5599\n    at Object.<anonymous> (/srv/orders/npm/w.js:4:58)',
    },
    {
      text: '2026-11-21T03:00:48.625Z [orders] error: lost',
      origin: 'generated here, winston 3.19.0 with printf(`${timestamp} [${label}] ${level}: ${message}`)',
      time: '2026-11-21T03:00:48.625Z',
      severityNumber: 17,
      body: 'lost',
      attributes: { 'log.logger': 'orders' },
    },
    {
      text: '2026-11-21 03:00:48.672 ERROR db query failed Error: boom',
      origin: 'generated here, log4js 6.9.1 with %d{yyyy-MM-dd hh:mm:ss.SSS} %p %c %m',
      time: '2026-11-21T03:00:48.672Z',
      severityNumber: 17,
      body: 'db query failed Error: boom',
    },
    {
      text: 'INFO  [2011-12-03 00:38:32,927] io.dropwizard.cli.ServerCommand: Starting hello-world',
      origin: 'Dropwizard, public file index id 147039720',
      time: '2011-12-03T00:38:32.927Z',
      severityNumber: 9,
      body: 'io.dropwizard.cli.ServerCommand: Starting hello-world',
    },
    {
      text: '2026-11-21 03:01:32 [error    ] query failed                   err=x table=orders',
      origin: 'generated here, structlog 22.3.0 on the console',
      time: '2026-11-21T03:01:32Z',
      severityNumber: 17,
      body: 'query failed                   err=x table=orders',
    },
    {
      text: 'Nov 21 03:02:00 master: Info: Dovecot v2.3.19.1 (9b53102964) starting up for imap (core dumps disabled)',
      origin: 'Dovecot 2.3.19.1, its own log file',
      time: '2026-11-21T03:02:00Z',
      body: 'master: Info: Dovecot v2.3.19.1 (9b53102964) starting up for imap (core dumps disabled)',
    },
  ],
};

function levelFirst(line: string, clock: Clock): ParsedLine | undefined {
  const level = LEVEL_FIRST.exec(line);
  if (level === null) return undefined;
  const rest = line.slice(level[0].length);
  const stamped = bracketed(rest, clock) ?? unbracketed(rest, clock);
  return stamped === undefined
    ? undefined
    : textLine({ stamp: stamped.stamp, level: level[1], body: bodyOf(stamped.rest) });
}

function bracketed(line: string, clock: Clock): StampedText | undefined {
  if (!line.startsWith('[')) return undefined;
  const found = readAnyStamp(line.slice(1), clock) ?? readTime(line.slice(1), clock);
  return found?.rest.startsWith(']') === true ? { stamp: found.stamp, rest: found.rest.slice(1) } : undefined;
}

function unbracketed(line: string, clock: Clock): StampedText | undefined {
  const found = readAnyStamp(line, clock);
  return found !== undefined && BOUNDARY.test(found.rest) ? found : undefined;
}

/** A bare time of day is too little to go by, unless a level follows it. */
function timeOfDay(line: string, clock: Clock): ParsedLine | undefined {
  const found = readTime(line, clock);
  return found !== undefined && BOUNDARY.test(found.rest) ? leveled(found) : undefined;
}

function readTime(line: string, clock: Clock): StampedText | undefined {
  const stamp = readTimeOfDay(line, clock);
  return stamp === undefined ? undefined : { stamp, rest: line.slice(stamp.length) };
}

function readAnyStamp(line: string, clock: Clock): StampedText | undefined {
  const stamped = readStamped(line, clock);
  if (stamped !== undefined) return stamped;
  const stamp = readLocaleStamp(line, clock) ?? readCtimeStamp(line, clock) ?? readSyslogStamp(line, clock);
  return stamp === undefined ? undefined : { stamp, rest: line.slice(stamp.length) };
}

function leveled({ stamp, rest }: StampedText): ParsedLine | undefined {
  const found = BRACKETED.exec(rest) ?? MARKED.exec(rest) ?? CAPITALS.exec(rest);
  if (found === null) return undefined;
  const [, labels = '', level, ...bodies] = found;
  const body = bodies.find((part) => part !== undefined) ?? '';
  return textLine({ stamp, level, body, attributes: [['log.logger', LABEL.exec(labels)?.[1]]] });
}

function bodyOf(rest: string): string {
  return rest.replace(/^[\s:,|;-]{1,4}/, '');
}
