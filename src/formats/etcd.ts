import type { LogFormat, ParsedLine } from './format.ts';
import { readIsoStamp, type Clock } from './time.ts';

const SEVERITIES: Readonly<Record<string, number>> = { C: 21, E: 17, W: 13, N: 10, I: 9, D: 5, T: 1 };

/**
 * etcd before 3.5 and other programs that log with CoreOS' capnslog: `time L | package: message`. Later ones log JSON.
 * @see https://github.com/coreos/pkg/blob/main/capnslog/formatters.go
 */
export const etcd: LogFormat = {
  id: 'etcd',
  title: 'etcd before 3.5 (capnslog)',
  technology: 'etcd',
  firstCharacters: '0123456789',
  continuation: 'trace',
  parse,
  samples: [
    {
      text: '2026-11-21 02:49:29.528059 W | auth: simple token is not cryptographically signed',
      origin: 'generated here, etcd 3.4.23',
      time: '2026-11-21T02:49:29.528059Z',
      severityNumber: 13,
      body: 'simple token is not cryptographically signed',
      attributes: { 'log.logger': 'auth' },
    },
    {
      text: '2026-11-21 02:49:33.517988 N | pkg/osutil: received terminated signal, shutting down...',
      origin: 'generated here, etcd 3.4.23',
      time: '2026-11-21T02:49:33.517988Z',
      severityNumber: 10,
      body: 'received terminated signal, shutting down...',
      attributes: { 'log.logger': 'pkg/osutil' },
    },
    {
      text: '2026-11-21 03:06:40.414893 C | etcdmain: listen tcp 127.0.0.1:18089: bind: address already in use',
      origin: 'generated here, etcd 3.4.23',
      time: '2026-11-21T03:06:40.414893Z',
      severityNumber: 21,
      body: 'listen tcp 127.0.0.1:18089: bind: address already in use',
    },
  ],
};

const HEAD = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}) ([CEWNIDT]) \| (?:([\w./-]{1,100}): )?/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', letter = '', logger] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = SEVERITIES[letter];
  if (instant === undefined || severityNumber === undefined) return undefined;
  return {
    timestamp: instant,
    severityNumber,
    severityText: letter,
    body: line.slice(head.length),
    ...(logger === undefined ? {} : { attributes: new Map([['log.logger', logger]]) }),
  };
}
