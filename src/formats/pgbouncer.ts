import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { readIsoStamp, type Clock } from './time.ts';

const SEVERITIES: Readonly<Record<string, number>> = {
  NOISE: 1,
  DEBUG: 5,
  LOG: 9,
  INFO: 9,
  WARNING: 13,
  ERROR: 17,
  FATAL: 21,
};

/**
 * PgBouncer: `time [pid] LEVEL socket: database/user@host:port message`.
 * @see https://www.pgbouncer.org/config.html#log-settings
 */
export const pgbouncer: LogFormat = {
  id: 'pgbouncer',
  title: 'PgBouncer',
  technology: 'pgbouncer',
  firstCharacters: '0123456789',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '2026-11-21 02:51:04.459 UTC [14289] WARNING C-0x55fca0383840: shop/app@127.0.0.1:57646 pooler error: query_wait_timeout',
      origin: 'generated here, PgBouncer 1.18.0',
      time: '2026-11-21T02:51:04.459Z',
      severityNumber: 13,
      body: 'C-0x55fca0383840: shop/app@127.0.0.1:57646 pooler error: query_wait_timeout',
      attributes: { 'process.pid': 14289, 'db.namespace': 'shop', 'db.user': 'app' },
    },
    {
      text: '2026-11-21 02:50:23.292 UTC [12243] ERROR C-0x55728dba96d0: (nodb)/(nouser)@127.0.0.1:42660 auth_type=any requires forced user',
      origin: 'generated here, PgBouncer 1.18.0',
      time: '2026-11-21T02:50:23.292Z',
      severityNumber: 17,
      body: 'C-0x55728dba96d0: (nodb)/(nouser)@127.0.0.1:42660 auth_type=any requires forced user',
    },
    {
      text: '2026-11-21 02:51:02.146 UTC [14289] LOG S-0x55fca038af20: shop/app@127.0.0.1:54999 closing because: connect failed (age=0s)',
      origin: 'generated here, PgBouncer 1.18.0',
      time: '2026-11-21T02:51:02.146Z',
      severityNumber: 9,
      body: 'S-0x55fca038af20: shop/app@127.0.0.1:54999 closing because: connect failed (age=0s)',
      attributes: { 'server.address': '127.0.0.1', 'server.port': 54999 },
    },
  ],
};

const HEAD =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (?:[A-Z]{2,5}|[+-]\d\d(?::?\d\d)?)) \[(\d{1,10})\] (NOISE|DEBUG|LOG|INFO|WARNING|ERROR|FATAL) (?! )/;
const SOCKET = /^([CS])-0x[0-9a-f]{1,16}: ([^\s/]{1,128})\/([^\s@]{1,128})@([^\s]{1,255}):(\d{1,5}) /;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', pid, level = ''] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = SEVERITIES[level];
  if (instant === undefined || severityNumber === undefined) return undefined;
  const body = line.slice(head.length);
  const attributes: Attributes = new Map([['process.pid', Number(pid)], ...peer(body)]);
  return { timestamp: instant, severityNumber, severityText: level, body, attributes };
}

function peer(body: string): (readonly [string, string | number])[] {
  const [, side, database = '', user = '', address = '', port] = SOCKET.exec(body) ?? [];
  if (side === undefined) return [];
  const role = side === 'S' ? 'server' : 'client';
  return [
    ...(database.startsWith('(') ? [] : [['db.namespace', database] as const]),
    ...(user.startsWith('(') ? [] : [['db.user', user] as const]),
    [`${role}.address`, address],
    [`${role}.port`, Number(port)],
  ];
}
