import type { LogFormat, ParsedLine } from './format.ts';
import { readDayFirstStamp, type Clock } from './time.ts';

const SEVERITIES: Readonly<Record<string, number>> = { '.': 5, '-': 6, '*': 10, '#': 13 };

/**
 * Redis and Valkey: `PID:ROLE DATE LEVEL message`, before 3.0 `[PID] DATE LEVEL message`.
 * @see https://github.com/redis/redis/blob/7.0/src/server.c `serverLogRaw`
 */
export const redis: LogFormat = {
  id: 'redis',
  title: 'Redis and Valkey',
  technology: 'redis',
  firstCharacters: '[0123456789',
  continuation: 'text',
  parse,
  samples: [
    {
      text: '1:C 25 Apr 2024 05:32:35.018 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo',
      origin: 'tstack/lnav:test/logfile_docker_compose_with_noise.0',
      time: '2024-04-25T05:32:35.018Z',
      severityNumber: 10,
      body: 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo',
      attributes: { 'process.pid': 1, 'redis.role': 'child' },
    },
    {
      text: '[4018] 14 Nov 07:01:22.119 * Background saving terminated with success',
      origin: 'logstash-plugins/logstash-patterns-core:spec/patterns/redis_spec.rb',
      time: '2026-11-14T07:01:22.119Z',
      severityNumber: 10,
      body: 'Background saving terminated with success',
    },
    {
      text: '7985:C 21 Nov 2026 02:47:36.096 # Write error saving DB on disk(rdbSaveRio): No space left on device',
      origin: 'generated here, Redis 7.0.15',
      time: '2026-11-21T02:47:36.096Z',
      severityNumber: 13,
      body: 'Write error saving DB on disk(rdbSaveRio): No space left on device',
      attributes: { 'process.pid': 7985 },
    },
    {
      text: '17446:signal-handler (1795229656) Received SIGTERM scheduling shutdown...',
      origin: 'generated here, Redis 7.0.15',
      time: '2026-11-21T02:54:16Z',
      severityNumber: 10,
      body: 'Received SIGTERM scheduling shutdown...',
    },
    {
      text: '2143:C 21 Nov 2026 02:31:56.047 # Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=2143, just started',
      origin: 'generated here, Redis 7.0.15',
      time: '2026-11-21T02:31:56.047Z',
      severityNumber: 9,
      body: 'Redis version=7.0.15, bits=64, commit=00000000, modified=0, pid=2143, just started',
    },
  ],
};

const FROM_SIGNAL = /^(\d{1,10}):signal-handler \((\d{9,10})\) /;
const HEAD =
  /^(?:(\d{1,10}):([XCSM]) |\[(\d{1,10})\] )(\d\d [A-Z][a-z]{2}(?: \d{4})? \d\d:\d\d:\d\d\.\d{3}) ([.*#-])(?: |$)/;
/** The level of warnings is used for ordinary events of start and end, too. */
const BANNER =
  /^(?:oO0OoO0|(?:Redis|Valkey) version=|Configuration loaded$|Server initialized$|User requested shutdown\.\.\.$)/;
const ROLES: Readonly<Record<string, string>> = { X: 'sentinel', C: 'child', S: 'replica', M: 'master' };

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return parseFromSignal(line);
  const [head, pid, role = '', oldPid, stamp = '', level = ''] = found;
  const instant = readDayFirstStamp(stamp, clock)?.instant;
  if (instant === undefined) return undefined;
  const body = line.slice(head.length);
  const name = ROLES[role];
  return {
    timestamp: instant,
    severityNumber: BANNER.test(body) && level === '#' ? 9 : (SEVERITIES[level] ?? 9),
    severityText: level,
    body,
    attributes: new Map<string, string | number>([
      ['process.pid', Number(pid ?? oldPid)],
      ...(name === undefined ? [] : [['redis.role', name] as const]),
    ]),
  };
}

/** A signal handler may not format a date: it writes the epoch. */
function parseFromSignal(line: string): ParsedLine | undefined {
  const found = FROM_SIGNAL.exec(line);
  if (found === null) return undefined;
  const [head, pid, epoch] = found;
  return {
    timestamp: Number(epoch) * 1000,
    severityNumber: 10,
    body: line.slice(head.length),
    attributes: new Map([['process.pid', Number(pid)]]),
  };
}
