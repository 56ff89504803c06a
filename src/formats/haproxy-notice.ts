import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { readHaproxyHead } from './haproxy-line.ts';
import { severityOfWord } from './levels.ts';
import type { Clock } from './time.ts';

/**
 * What HAProxy says of itself: on stderr with a level (`[ALERT]    (10929) : …`), in its log without one (`Server b/s is
 * DOWN, reason: …`), and connections that end before a request (`SSL handshake failure`).
 * @see https://docs.haproxy.org/2.6/management.html
 */
export const haproxyNotice: LogFormat = {
  id: 'haproxy-notice',
  title: 'HAProxy (process messages)',
  technology: 'haproxy',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '[WARNING]  (10929) : Server bk_api/api1 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.',
      origin: 'generated here, HAProxy 2.6.12',
      severityNumber: 13,
      body: 'Server bk_api/api1 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.',
      attributes: { 'process.pid': 10929, 'haproxy.backend': 'bk_api', 'haproxy.server': 'api1' },
    },
    {
      text: "[ALERT]    (10929) : backend 'bk_api' has no server available!",
      origin: 'generated here, HAProxy 2.6.12',
      severityNumber: 19,
      body: "backend 'bk_api' has no server available!",
      attributes: { 'haproxy.backend': 'bk_api' },
    },
    {
      text: 'backend bk_api has no server available!',
      origin: 'generated here, HAProxy 2.6.12, log stdout format raw',
      severityNumber: 19,
      body: 'backend bk_api has no server available!',
    },
    {
      text: 'Connect from 127.0.0.1:46220 to 127.0.0.1:18085 (fe_def/TCP)',
      origin: 'generated here, HAProxy 2.6.12, without option tcplog',
      severityNumber: 9,
      body: 'Connect from 127.0.0.1:46220 to 127.0.0.1:18085 (fe_def/TCP)',
    },
    {
      text: 'Proxy fe_http stopped (cumulated conns: FE: 1, BE: 0).',
      origin: 'generated here, HAProxy 2.6.12',
      severityNumber: 9,
      body: 'Proxy fe_http stopped (cumulated conns: FE: 1, BE: 0).',
    },
  ],
};

const LEVELLED = /^\[(NOTICE|WARNING|ALERT|DEBUG|EMERG)\] {1,4}(?:\d{1,3}\/\d{6} )?\((\d{1,10})\) : /;
/** Messages of the log, which bears no level, and the level that HAProxy gives them. */
const MESSAGES: readonly (readonly [look: RegExp, severityNumber: number])[] = [
  [/^(?:[Bb]ackend|[Pp]roxy) '?([^\s']{1,128})'? has no server available!/, 19],
  [/^(?:Backup )?Server ([^\s/]{1,128})\/(\S{1,128}) is (?:going )?DOWN\b/, 13],
  [/^(?:Backup )?Server ([^\s/]{1,128})\/(\S{1,128}) is (?:UP|stopping|DRAIN|NOLB|in drain state)\b/, 10],
  [/^Health check for (?:backup )?server ([^\s/]{1,128})\/(\S{1,128}) (?:succeeded|failed|conditionally)/, 10],
  [/^Proxy (\S{1,128}) (?:started\.|stopped \(|stopped\.)/, 9],
  [/^Stopping (?:frontend|backend|proxy) (\S{1,128}) in \d{1,10} ms\./, 9],
  [/^Connect from \S{1,255}:\d{1,5} to \S{1,255}:\d{1,5} \(([^\s/]{1,128})\/(?:HTTP|TCP)\)$/, 9],
];
/** `frontend/listener: reason` behind client and date. */
const EARLY_END = /^[^\s/]{1,128}\/[^\s:]{1,128}: \S/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const levelled = LEVELLED.exec(line);
  if (levelled === null) return parseMessage(line) ?? parseEarlyEnd(line, clock);
  const [head, level = '', pid] = levelled;
  const body = line.slice(head.length);
  const attributes: Attributes = new Map([['process.pid', Number(pid)], ...(parseMessage(body)?.attributes ?? [])]);
  return { severityNumber: severityOfWord(level) ?? 13, severityText: level, body, attributes };
}

function parseMessage(line: string): ParsedLine | undefined {
  for (const [look, severityNumber] of MESSAGES) {
    const found = look.exec(line);
    if (found === null) continue;
    const [, backend = '', server] = found;
    const attributes: Attributes = new Map([['haproxy.backend', backend]]);
    if (server !== undefined) attributes.set('haproxy.server', server);
    return { severityNumber, body: line, attributes };
  }
  return undefined;
}

function parseEarlyEnd(line: string, clock: Clock): ParsedLine | undefined {
  const head = readHaproxyHead(line, clock);
  if (head === undefined || !EARLY_END.test(head.rest)) return undefined;
  return { timestamp: head.timestamp, body: head.rest, attributes: head.attributes };
}
