import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readSlashStamp, type Clock } from './time.ts';

/**
 * NATS Server: `[pid] 2026/11/21 02:49:45.179204 [FTL] message`, without the time by `logtime: false`.
 * @see https://docs.nats.io/running-a-nats-service/configuration/logging
 */
export const natsServer: LogFormat = {
  id: 'nats-server',
  title: 'NATS Server',
  technology: 'nats',
  firstCharacters: '[',
  continuation: 'trace',
  parse,
  samples: [
    {
      text: '[2881] 2026/11/21 02:32:04.174018 [INF] Starting nats-server',
      origin: 'generated here, NATS Server 2.9.10',
      time: '2026-11-21T02:32:04.174018Z',
      severityNumber: 9,
      body: 'Starting nats-server',
      attributes: { 'process.pid': 2881 },
    },
    {
      text: `[12037] 2026/11/21 02:50:16.566703 [ERR] 127.0.0.1:51686 - cid:4 - Client parser ERROR, state=0, i=27: proto='"BOGUS\\r"...'`,
      origin: 'generated here, NATS Server 2.9.10',
      time: '2026-11-21T02:50:16.566703Z',
      severityNumber: 17,
      body: `127.0.0.1:51686 - cid:4 - Client parser ERROR, state=0, i=27: proto='"BOGUS\\r"...'`,
    },
    {
      text: '[11356] 2026/11/21 02:49:45.179204 [FTL] Error listening on port: 127.0.0.1:4222, "listen tcp 127.0.0.1:4222: bind: address already in use"',
      origin: 'generated here, NATS Server 2.9.10',
      time: '2026-11-21T02:49:45.179204Z',
      severityNumber: 21,
      body: 'Error listening on port: 127.0.0.1:4222, "listen tcp 127.0.0.1:4222: bind: address already in use"',
    },
  ],
};

const HEAD = /^\[(\d{1,10})\] (?:(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{6})?) )?\[(INF|DBG|WRN|ERR|FTL|TRC)\](?: |$)/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, pid, stamp, level = ''] = found;
  const severityNumber = severityOfWord(level);
  const instant = stamp === undefined ? undefined : readSlashStamp(stamp, clock)?.instant;
  if (severityNumber === undefined) return undefined;
  return {
    ...(instant === undefined ? {} : { timestamp: instant }),
    severityNumber,
    severityText: level,
    body: line.slice(head.length),
    attributes: new Map([['process.pid', Number(pid)]]),
  };
}
