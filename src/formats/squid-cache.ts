import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readSlashStamp, type Clock } from './time.ts';

/**
 * Squid's cache.log: `2026/11/21 02:50:16 kid1| message`. Only what is wrong bears a level.
 * @see https://wiki.squid-cache.org/SquidFaq/SquidLogs
 */
export const squidCache: LogFormat = {
  id: 'squid-cache',
  title: 'Squid (cache.log)',
  technology: 'squid',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse,
  samples: [
    {
      text: '2013/08/28 19:54:59 kid1| ERROR: No forward-proxy ports configured.',
      origin: 'public file index id 56859027422',
      time: '2013-08-28T19:54:59Z',
      severityNumber: 17,
      body: 'ERROR: No forward-proxy ports configured.',
    },
    {
      text: '2026/11/21 02:50:21| Preparing for shutdown after 1 requests',
      origin: 'generated here, Squid 5.7',
      time: '2026-11-21T02:50:21Z',
      severityNumber: 9,
      body: 'Preparing for shutdown after 1 requests',
    },
  ],
};

const HEAD = /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{3})?)(?: ([a-z][a-z-]{0,20}\d{0,3}))?\| ?/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', worker] = found;
  const instant = readSlashStamp(stamp, clock)?.instant;
  if (instant === undefined) return undefined;
  const body = line.slice(head.length);
  const level = /^(?:SECURITY )?(WARNING|ERROR|FATAL|ALERT)\b/.exec(body)?.[1];
  return {
    timestamp: instant,
    severityNumber: level === undefined ? 9 : (severityOfWord(level) ?? 9),
    ...(level === undefined ? {} : { severityText: level }),
    body,
    ...(worker === undefined ? {} : { attributes: new Map([['thread.name', worker]]) }),
  };
}
