import type { AttributeValue } from '../../model/index.ts';
import { isLevelWord, severityOfSyslog } from '../levels.ts';
import type { PeeledLine, Wrapper } from '../wrapper.ts';
import { syslogText } from './syslog-text.ts';
import { readSyslogTime, type SyslogTime } from './syslog-time.ts';

const PRIORITY = /^<(\d{1,3})>/;
/** `host ident[pid]: `; journald can leave out the host, and then the pid must be there. */
const NAMED = /^(?:([\w.:-]{1,255}) )?([\w.@/()+-]{1,128})(?:\[(\d{1,10})\])?: ?/;
const UNNAMED = /^([\w.:-]{1,255}) (?=(?:last message repeated \d+ times|-- MARK --))/;
/** Programs that write no pid; others must, where the stamp alone does not tell syslog. */
const WITHOUT_PID = new Set(['kernel', 'sudo', 'su', 'rsyslogd', 'systemd', 'sshd', 'cron', 'CRON', 'logger', 'root']);
/** rsyslog's own stamp: microseconds and an offset, before names in small letters. */
const RSYSLOG = /^\S{19}\.\d{6}[+-]\d\d:\d\d [a-z0-9][a-z0-9.-]{0,254} [a-z][\w.@/-]{0,127}: /;
interface Header {
  readonly host?: string;
  readonly ident?: string;
  readonly pid?: number;
  readonly length: number;
}

/**
 * syslog's classic line, as it comes over the wire (`<34>Oct 11 …`) and as it stands in /var/log; `journalctl` prints the
 * same (`short` and the other `short-…`, `with-unit`), and so does rsyslog with its ISO stamp.
 * @see https://www.rfc-editor.org/rfc/rfc3164
 * @see https://www.freedesktop.org/software/systemd/man/latest/journalctl.html
 */
export const syslog3164: Wrapper = {
  id: 'syslog-3164',
  title: 'syslog (RFC 3164) or journalctl short',
  firstCharacters: '<0123456789JFMASONDTW[',
  peel(line, clock) {
    const priority = PRIORITY.exec(line);
    const rest = line.slice(priority?.[0].length ?? 0);
    const stamp = readSyslogTime(rest, clock);
    if (stamp === undefined || (stamp.instant === undefined && priority !== null)) return undefined;
    const text = rest.slice(stamp.length);
    const header = readHeader(text, stamp.isCommon, priority !== null || RSYSLOG.test(rest));
    return header === undefined ? undefined : peeled(text, stamp, header, priority?.[1]);
  },
  samples: [
    {
      template: 'Jun 14 15:16:01 combo sshd(pam_unix)[19939]: {}',
      origin: 'logpai/loghub:Linux/Linux_2k.log',
      time: '2026-06-14T15:16:01Z',
      attributes: { 'host.name': 'combo', 'service.name': 'sshd(pam_unix)', 'process.pid': 19939 },
    },
    {
      template: '<34>Oct 11 22:14:15 mymachine su: {}',
      origin: 'rsyslog/rsyslog:tests/fuzz/corpus/syslog-message/rfc3164-basic',
      time: '2026-10-11T22:14:15Z',
      attributes: { 'host.name': 'mymachine', 'service.name': 'su' },
    },
    {
      template: 'Dec 02 14:22:52 node-0 kubelet[42965]: {}',
      origin: 'prequel-dev/cre:rules/cre-2025-0048/test.log, journalctl -o short',
      time: '2025-12-02T14:22:52Z',
      attributes: { 'host.name': 'node-0', 'service.name': 'kubelet', 'process.pid': 42965 },
    },
    {
      template: '2024-02-29T10:15:30.123456+01:00 db-1 postgres[812]: {}',
      origin: 'rsyslog/rsyslog:tools/syslogd.c, RSYSLOG_FileFormat; journalctl -o short-iso-precise',
      time: '2024-02-29T09:15:30.123456Z',
      attributes: { 'host.name': 'db-1', 'service.name': 'postgres', 'process.pid': 812 },
    },
    {
      template: '2026-11-21T03:01:36.086624+00:00 vm orders: {}',
      origin: 'rsyslog 8.2302.0',
      time: '2026-11-21T03:01:36.086624Z',
      attributes: { 'host.name': 'vm', 'service.name': 'orders' },
    },
    {
      template: 'Sat 2026-11-21 03:27:46 UTC vm backup[20199]: {}',
      origin: 'systemd 252, journalctl -o short-full',
      time: '2026-11-21T03:27:46Z',
      attributes: { 'host.name': 'vm', 'service.name': 'backup', 'process.pid': 20199 },
    },
    {
      template: '1795231666.928555 vm backup[20199]: {}',
      origin: 'systemd 252, journalctl -o short-unix',
      time: '2026-11-21T03:27:46.928555Z',
      attributes: { 'host.name': 'vm' },
    },
    {
      template: '[ 3381.242053] vm backup[20199]: {}',
      origin: 'systemd 252, journalctl -o short-monotonic',
      attributes: { 'host.name': 'vm', 'process.pid': 20199 },
    },
  ],
};

function readHeader(text: string, isCommon: boolean, isSyslog: boolean): Header | undefined {
  const found = NAMED.exec(text);
  if (found === null) return readUnnamed(text);
  const [whole, host, ident = '', pid] = found;
  if (isLevelWord(host ?? '') || isLevelWord(ident)) return undefined;
  const isCertain = pid !== undefined || isSyslog || WITHOUT_PID.has(ident);
  if (isCommon ? host === undefined || !isCertain : host === undefined && !isCertain) return undefined;
  return {
    ...(host === undefined ? {} : { host }),
    ident,
    ...(pid === undefined ? {} : { pid: Number(pid) }),
    length: whole.length,
  };
}

function readUnnamed(text: string): Header | undefined {
  const found = UNNAMED.exec(text);
  return found === null ? undefined : { host: found[1] ?? '', length: found[0].length };
}

function peeled(text: string, stamp: SyslogTime, header: Header, priority: string | undefined): PeeledLine {
  const { host, ident, pid } = header;
  const attributes: [name: string, value: AttributeValue][] = [];
  if (host !== undefined) attributes.push(['host.name', host]);
  if (ident !== undefined) attributes.push(['service.name', ident]);
  if (pid !== undefined) attributes.push(['process.pid', pid]);
  const severityNumber = statedSeverity(priority);
  return {
    inner: syslogText(text.slice(header.length), ident),
    ...(stamp.instant === undefined ? {} : { timestamp: stamp.instant }),
    ...(severityNumber === undefined ? {} : { severityNumber, severityText: String(Number(priority) & 7) }),
    attributes,
    stream: attributes.map(([, value]) => String(value)).join('/'),
  };
}

/** `info` is what every collector gives to a line of stdout: that states nothing. */
function statedSeverity(priority: string | undefined): number | undefined {
  if (priority === undefined || Number(priority) > 191 || (Number(priority) & 7) === 6) return undefined;
  return severityOfSyslog(Number(priority));
}
