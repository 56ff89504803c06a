import type { AttributeValue } from '../../model/index.ts';
import { severityOfSyslog } from '../levels.ts';
import { readIsoStamp } from '../time.ts';
import type { Wrapper } from '../wrapper.ts';
import { syslogText } from './syslog-text.ts';

/** `<PRI>1 TIME HOST APP PROCID MSGID `, with the octet count of RFC 6587 before it when it comes from a TCP stream. */
const HEADER = /^(?:\d{1,7} )?<(\d{1,3})>1 (-|\S{19,35}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /;
const PARAMETER = / ([^\s="\]]{1,32})="((?:[^"\\\]]|\\.)*)"/gy;
const ELEMENT = /\[([^\s="\]]{1,32})/y;

/**
 * syslog's newer line. Structured data becomes attributes (`exampleSDID@32473.iut`).
 * @see https://www.rfc-editor.org/rfc/rfc5424#section-6
 */
export const syslog5424: Wrapper = {
  id: 'syslog-5424',
  title: 'syslog (RFC 5424)',
  firstCharacters: '<0123456789',
  peel(line, clock) {
    const found = HEADER.exec(line);
    if (found === null) return undefined;
    const [header, priority, stamp = '', host = '-', app = '-', process = '-', message = '-'] = found;
    const data = readStructuredData(line, header.length);
    const timestamp = stamp === '-' ? undefined : readIsoStamp(stamp, clock)?.instant;
    if (data === undefined || Number(priority) > 191) return undefined;
    const severityNumber = statedSeverity(Number(priority));
    const names = namesOf(host, app, process, message);
    return {
      inner: syslogText(line.slice(data.end).replace(/^ ?\uFEFF?/, ''), app),
      ...(timestamp === undefined ? {} : { timestamp }),
      ...(severityNumber === undefined ? {} : { severityNumber, severityText: String(Number(priority) & 7) }),
      attributes: [...names, ...data.attributes],
      stream: [host, app, process].filter((part) => part !== '-').join('/'),
    };
  },
  samples: [
    {
      template:
        '<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application"] {}',
      origin: 'rsyslog/rsyslog:tests/fuzz/corpus/syslog-message/rfc5424-basic',
      time: '2003-10-11T22:14:15.003Z',
      attributes: {
        'host.name': 'mymachine.example.com',
        'service.name': 'evntslog',
        'syslog.msg.id': 'ID47',
        'exampleSDID@32473.iut': '3',
      },
    },
    {
      template: '<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \uFEFF{}',
      origin: 'RFC 5424, section 6.5, example 1',
      time: '2003-10-11T22:14:15.003Z',
      attributes: { 'service.name': 'su' },
    },
    {
      template: '<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - {}',
      origin: 'RFC 5424, section 6.5, example 2',
      time: '2003-08-24T12:14:15.000003Z',
      attributes: { 'host.name': '192.0.2.1', 'process.pid': 8710 },
    },
  ],
};

interface StructuredData {
  readonly attributes: readonly (readonly [name: string, value: AttributeValue])[];
  /** Where the message begins. */
  readonly end: number;
}

function readStructuredData(line: string, start: number): StructuredData | undefined {
  if (line.startsWith('-', start) && (line.length === start + 1 || line[start + 1] === ' ')) {
    return { attributes: [], end: start + 1 };
  }
  const attributes: [name: string, value: AttributeValue][] = [];
  let end = start;
  for (;;) {
    ELEMENT.lastIndex = end;
    const element = ELEMENT.exec(line);
    if (element === null) break;
    end = readParameters(line, ELEMENT.lastIndex, element[1] ?? '', attributes);
    if (line[end] !== ']') return undefined;
    end += 1;
  }
  return end === start ? undefined : { attributes, end };
}

/** Adds the parameters of one element; says where they end. */
function readParameters(line: string, start: number, id: string, to: [string, AttributeValue][]): number {
  let end = start;
  for (;;) {
    PARAMETER.lastIndex = end;
    const parameter = PARAMETER.exec(line);
    if (parameter === null) return end;
    end = PARAMETER.lastIndex;
    to.push([`${id}.${parameter[1] ?? ''}`, (parameter[2] ?? '').replace(/\\(["\\\]])/g, '$1')]);
  }
}

function namesOf(host: string, app: string, process: string, message: string): [string, AttributeValue][] {
  const names: [string, AttributeValue][] = [];
  if (host !== '-') names.push(['host.name', host]);
  if (app !== '-') names.push(['service.name', app]);
  if (/^\d+$/.test(process)) names.push(['process.pid', Number(process)]);
  if (message !== '-') names.push(['syslog.msg.id', message]);
  return names;
}

/** `info` is what every collector gives to a line of stdout: that states nothing. */
function statedSeverity(priority: number): number | undefined {
  return (priority & 7) === 6 ? undefined : severityOfSyslog(priority);
}
