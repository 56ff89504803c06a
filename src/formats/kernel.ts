import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfSyslog, severityOfWord } from './levels.ts';
import { readCtimeStamp, type Clock } from './time.ts';

/**
 * The Linux kernel's ring buffer: `[12345.678901] message`, by `dmesg -T` with a date, by `dmesg -x` with facility and
 * level, raw with `<6>`.
 * @see https://man7.org/linux/man-pages/man1/dmesg.1.html
 */
export const kernel: LogFormat = {
  id: 'kernel',
  title: 'Linux kernel (dmesg)',
  technology: 'linux',
  firstCharacters: '[<kuds',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '[ 1259.421122] Memory cgroup out of memory: Killed process 15377 (python3) total-vm:221368kB, anon-rss:30336kB, file-rss:6752kB, shmem-rss:0kB, UID:0 pgtables:124kB oom_score_adj:0',
      origin: 'generated here, Linux 6.18',
      body: 'Memory cgroup out of memory: Killed process 15377 (python3) total-vm:221368kB, anon-rss:30336kB, file-rss:6752kB, shmem-rss:0kB, UID:0 pgtables:124kB oom_score_adj:0',
      attributes: { 'system.uptime': 1259.421122 },
    },
    {
      text: '[Sat Nov 21 02:52:24 2026] Memory cgroup out of memory: Killed process 15377 (python3) total-vm:221368kB, anon-rss:30336kB, file-rss:6752kB, shmem-rss:0kB, UID:0 pgtables:124kB oom_score_adj:0',
      origin: 'generated here, Linux 6.18, dmesg -T',
      time: '2026-11-21T02:52:24Z',
      body: 'Memory cgroup out of memory: Killed process 15377 (python3) total-vm:221368kB, anon-rss:30336kB, file-rss:6752kB, shmem-rss:0kB, UID:0 pgtables:124kB oom_score_adj:0',
    },
    {
      text: 'kern  :err   : [ 1259.421122] Memory cgroup out of memory: Killed process 15377 (python3) total-vm:221368kB, anon-rss:30336kB, file-rss:6752kB, shmem-rss:0kB, UID:0 pgtables:124kB oom_score_adj:0',
      origin: 'generated here, Linux 6.18, dmesg -x',
      severityNumber: 17,
      body: 'Memory cgroup out of memory: Killed process 15377 (python3) total-vm:221368kB, anon-rss:30336kB, file-rss:6752kB, shmem-rss:0kB, UID:0 pgtables:124kB oom_score_adj:0',
    },
    {
      text: '<4>[ 1707.705871] __vm_enough_memory: pid: 28674, comm: java, bytes: 966367641600 not enough memory for the allocation',
      origin: 'generated here, Linux 6.18, dmesg -r',
      severityNumber: 13,
      body: '__vm_enough_memory: pid: 28674, comm: java, bytes: 966367641600 not enough memory for the allocation',
    },
  ],
};

/** Not Apache's `[time] [module:level]`, nor PHP's development server, which have the same date. */
const HEAD =
  /^(?:<(\d{1,3})>|(?:kern|user|daemon|syslog) +:(emerg|alert|crit|err|warn|notice|info|debug) *: )?\[(?: *(\d{1,9}\.\d{6})|([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:[.,]\d{1,6})? \d{4}))\](?:\[ *[TC]\d{1,10}\])? (?!\[(?:[a-z0-9_]{0,40}:)?[a-z0-9]{4,8}\] |PHP |\S{1,64}:\d{1,5} (?:Accepted|Closing|\[\d{3}\]))/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, priority, word, uptime, date] = found;
  const instant = date === undefined ? undefined : readCtimeStamp(date, clock)?.instant;
  if (date !== undefined && instant === undefined) return undefined;
  const severityNumber = word === undefined ? priority && severityOfSyslog(Number(priority)) : severityOfWord(word);
  const attributes: Attributes = new Map();
  if (uptime !== undefined) attributes.set('system.uptime', Number(uptime));
  return {
    ...(instant === undefined ? {} : { timestamp: instant }),
    ...(typeof severityNumber === 'number' ? { severityNumber, severityText: word ?? `<${priority}>` } : {}),
    body: line.slice(head.length),
    attributes,
  };
}
