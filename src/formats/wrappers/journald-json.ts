import type { AttributeValue } from '../../model/index.ts';
import { parseJsonObject, stringField, type JsonObject } from '../json-fields.ts';
import { severityOfSyslog } from '../levels.ts';
import { epochToMs } from '../time.ts';
import type { PeeledLine, Wrapper } from '../wrapper.ts';
import { syslogText } from './syslog-text.ts';

const FACTS: readonly (readonly [name: string, field: string])[] = [
  ['host.name', '_HOSTNAME'],
  ['service.name', 'SYSLOG_IDENTIFIER'],
  ['systemd.unit', '_SYSTEMD_UNIT'],
  ['container.name', 'CONTAINER_NAME'],
];

/**
 * `journalctl -o json`: one object a line. MESSAGE is an array of bytes when it is not plain UTF-8 text.
 * @see https://systemd.io/JOURNAL_EXPORT_FORMATS/
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.journal-fields.html
 */
export const journaldJson: Wrapper = {
  id: 'journald-json',
  title: 'journald (JSON)',
  firstCharacters: '{',
  splitsLines: true,
  peel(line) {
    const object = line.includes('"MESSAGE"') ? parseJsonObject(line) : undefined;
    if (object === undefined || !isJournal(object)) return undefined;
    const inner = textOf(object['MESSAGE']);
    if (inner === undefined) return undefined;
    return { inner: syslogText(inner, stringField(object, 'SYSLOG_IDENTIFIER')), ...entryOf(object) };
  },
  samples: [
    {
      template:
        '{ "__CURSOR" : "s=e991dd5775894620914f2f7126aae6c1;i=372a", "__REALTIME_TIMESTAMP" : "1534860261221373", "PRIORITY" : "1", "_HOSTNAME" : "imx6ul-medusa", "SYSLOG_FACILITY" : "3", "_TRANSPORT" : "stdout", "SYSLOG_IDENTIFIER" : "python", "_PID" : "184", "_SYSTEMD_UNIT" : "medusa-GpsLocator.service", "MESSAGE" : "{}" }',
      escape: 'json',
      origin: 'tstack/lnav:test/logfile_journald.json, some fields taken out',
      time: '2018-08-21T14:04:21.221373Z',
      attributes: {
        'host.name': 'imx6ul-medusa',
        'service.name': 'python',
        'process.pid': 184,
        'systemd.unit': 'medusa-GpsLocator.service',
      },
    },
  ],
};

function isJournal(object: JsonObject): boolean {
  return ['__REALTIME_TIMESTAMP', '__CURSOR', '_HOSTNAME', '_SYSTEMD_UNIT', 'SYSLOG_IDENTIFIER'].some((name) =>
    Object.hasOwn(object, name),
  );
}

function textOf(message: unknown): string | undefined {
  if (typeof message === 'string') return message.replace(/\n$/, '');
  if (!Array.isArray(message) || !message.every((byte) => Number.isInteger(byte))) return undefined;
  return Buffer.from(message as number[]).toString('utf8');
}

function entryOf(object: JsonObject): Omit<PeeledLine, 'inner'> {
  const timestamp = epochToMs(Number(stringField(object, '_SOURCE_REALTIME_TIMESTAMP', '__REALTIME_TIMESTAMP')));
  const severityNumber = statedSeverity(object);
  const attributes: [name: string, value: AttributeValue][] = [];
  for (const [name, field] of FACTS) {
    const value = stringField(object, field);
    if (value !== undefined) attributes.push([name, value]);
  }
  const pid = Number(stringField(object, '_PID', 'SYSLOG_PID') ?? Number.NaN);
  if (Number.isInteger(pid)) attributes.push(['process.pid', pid]);
  return {
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(severityNumber === undefined ? {} : { severityNumber, severityText: stringField(object, 'PRIORITY') ?? '' }),
    attributes,
    stream: attributes
      .filter(([name]) => name !== 'systemd.unit')
      .map(([, value]) => String(value))
      .join('/'),
    partial: object['CONTAINER_PARTIAL_MESSAGE'] === 'true' || object['_LINE_BREAK'] === 'line-max',
  };
}

/**
 * journald gives what a service writes to its stdout the priority 6, whatever it says, and Docker's driver what stands on
 * stderr the priority 3: that states nothing.
 */
function statedSeverity(object: JsonObject): number | undefined {
  const priority = stringField(object, 'PRIORITY');
  if (priority === undefined || !/^[0-7]$/.test(priority) || object['CONTAINER_NAME'] !== undefined) return undefined;
  const isDefault = priority === '6' && object['_TRANSPORT'] !== 'kernel' && object['_TRANSPORT'] !== 'syslog';
  return isDefault ? undefined : severityOfSyslog(Number(priority));
}
