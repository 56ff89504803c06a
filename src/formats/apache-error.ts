import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readCtimeStamp, type Clock } from './time.ts';

/**
 * Apache httpd's error log, 2.2 (`[date] [level] [client …] message`) and 2.4 (`[date] [module:level] [pid n:tid n] …
 * AHnnnnn: message`), and what it prints before its log is open.
 * @see https://httpd.apache.org/docs/2.4/logs.html#errorlog
 */
export const apacheError: LogFormat = {
  id: 'apache-error',
  title: 'Apache httpd (error log)',
  technology: 'apache',
  firstCharacters: '[(A',
  continuation: 'text',
  parse,
  samples: [
    {
      text: '[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok /etc/httpd/conf/workers2.properties',
      origin: 'logpai/loghub:Apache/Apache_2k.log',
      time: '2005-12-04T04:47:44Z',
      severityNumber: 10,
      body: 'workerEnv.init() ok /etc/httpd/conf/workers2.properties',
    },
    {
      text: '[Sat Nov 21 02:49:18.402699 2026] [proxy:error] [pid 10792:tid 10795] (111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:18999 (127.0.0.1:18999) failed',
      origin: 'generated here, Apache 2.4.71',
      time: '2026-11-21T02:49:18.402699Z',
      severityNumber: 17,
      body: '(111)Connection refused: AH00957: http: attempt to connect to 127.0.0.1:18999 (127.0.0.1:18999) failed',
      attributes: { 'error.code': 'AH00957', 'log.logger': 'proxy', 'process.pid': 10792, 'thread.id': 10795 },
    },
    {
      text: '[Sat Nov 21 02:49:18.402787 2026] [proxy_http:error] [pid 10792:tid 10795] [client 127.0.0.1:49316] AH01114: HTTP: failed to make connection to backend: 127.0.0.1',
      origin: 'generated here, Apache 2.4.71',
      time: '2026-11-21T02:49:18.402787Z',
      severityNumber: 17,
      body: 'AH01114: HTTP: failed to make connection to backend: 127.0.0.1',
      attributes: { 'client.address': '127.0.0.1', 'client.port': 49316 },
    },
    {
      text: '(98)Address already in use: AH00072: make_sock: could not bind to address 127.0.0.1:18080\nno listening sockets available, shutting down',
      origin: 'generated here, Apache 2.4.71',
      body: '(98)Address already in use: AH00072: make_sock: could not bind to address 127.0.0.1:18080\nno listening sockets available, shutting down',
      attributes: { 'error.code': 'AH00072' },
    },
  ],
};

const HEAD =
  /^\[([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{6})? \d{4})\] \[(?:([a-z0-9_]{0,40}):)?(emerg|alert|crit|error|warn|notice|info|debug|trace[1-8])\] (?:\[pid (\d{1,10})(?::tid (\d{1,20}))?\] )?/;
const CLIENT = /^(?:\[(?:remote|client) ([^\]\s]{1,255}?)(?::(\d{1,5}))?\] )/;
const CODE = /^(?:\(\d{1,5}\)[^:\n]{1,100}: |[^:\n]{0,80}: )?(AH\d{5}): /;
/** Printed to stderr while it starts: the code is there, the date is not. */
const EARLY = /^(?:\(\d{1,5}\)[A-Z][^:\n]{1,100}: )?(AH\d{5}): /;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return parseEarly(line);
  const [head, stamp = '', module, level = '', pid, tid] = found;
  const instant = readCtimeStamp(stamp, clock)?.instant;
  const severityNumber = level.startsWith('trace') ? 1 : severityOfWord(level);
  if (instant === undefined || severityNumber === undefined) return undefined;
  const rest = line.slice(head.length);
  const [withClient = '', address, port] = CLIENT.exec(rest) ?? [];
  const body = rest.slice(withClient.length);
  const attributes: Attributes = new Map();
  if (module) attributes.set('log.logger', module);
  if (pid !== undefined) attributes.set('process.pid', Number(pid));
  if (tid !== undefined) attributes.set('thread.id', Number(tid));
  if (address !== undefined) attributes.set('client.address', address);
  if (port !== undefined) attributes.set('client.port', Number(port));
  const code = CODE.exec(body)?.[1];
  if (code !== undefined) attributes.set('error.code', code);
  return { timestamp: instant, severityNumber, severityText: level, body, attributes };
}

function parseEarly(line: string): ParsedLine | undefined {
  const code = EARLY.exec(line)?.[1];
  return code === undefined ? undefined : { body: line, attributes: new Map([['error.code', code]]) };
}
