import type { LogFormat, ParsedLine } from './format.ts';
import { addStandardNames, field, flattenFields, numberField, parseJsonObject, stringField } from './json-fields.ts';
import { readIsoStamp, type Clock } from './time.ts';

/** `D1` … `D5` are debug as well. */
const SEVERITIES: Readonly<Record<string, number>> = { F: 21, E: 17, W: 13, I: 9, D: 5 };

/** MongoDB's one-letter severity. */
export function severityOfMongodb(letter: string): number | undefined {
  return SEVERITIES[letter.charAt(0)];
}

/**
 * The structured log of MongoDB ≥ 4.4.
 * @see https://www.mongodb.com/docs/manual/reference/log-messages/#structured-logging
 */
export const mongodbJson: LogFormat = {
  id: 'mongodb-json',
  title: 'MongoDB (JSON)',
  technology: 'mongodb',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"t":{"$date":"2026-03-10T20:58:09.401+00:00"},"s":"I",  "c":"NETWORK",  "id":22943,   "ctx":"listener","msg":"Connection accepted","attr":{"remote":"10.29.42.162:56982","uuid":"9b9119f8-f43a-475a-a4db-11e53d36bc00","connectionId":162095,"connectionCount":22461}}',
      origin: 'tstack/lnav:test/logfile_mongodb.0',
      time: '2026-03-10T20:58:09.401Z',
      severityNumber: 9,
      body: 'Connection accepted',
      attributes: { 'log.logger': 'NETWORK', 'thread.name': 'listener', 'attr.connectionCount': 22461 },
    },
    {
      text: '{"t":{"$date":"2026-07-01T07:13:10.924+00:00"},"s":"F",  "c":"CONTROL",  "id":20574,   "ctx":"main","msg":"Error during global initialization","attr":{"error":{"code":2,"codeName":"BadValue","errmsg":"Unknown --setParameter \'vectorSearchServiceShard\'"}}}',
      origin: 'public file index id 56222816789',
      time: '2026-07-01T07:13:10.924Z',
      severityNumber: 21,
      body: 'Error during global initialization',
      attributes: { 'error.code': '2', 'exception.message': "Unknown --setParameter 'vectorSearchServiceShard'" },
    },
    {
      text: '{"t":{"$date":"2024-06-23T13:11:43.207+00:00"},"s":"E",  "c":"NETWORK",  "id":23024,   "ctx":"initandlisten","msg":"Failed to unlink socket file","attr":{"path":"/tmp/mongodb-27017.sock","error":"Operation not permitted"}}',
      origin: 'public file index id 35428392349',
      time: '2024-06-23T13:11:43.207Z',
      severityNumber: 17,
      body: 'Failed to unlink socket file',
      attributes: { 'attr.error': 'Operation not permitted' },
    },
  ],
};

/** Attribute ← where MongoDB puts it. */
const NAMES = [
  ['error.code', 'attr.error.code'],
  ['exception.type', 'attr.error.codeName'],
  ['exception.message', 'attr.error.errmsg'],
  ['duration_ms', 'attr.durationMillis'],
  ['db.namespace', 'attr.ns'],
] as const;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined) return undefined;
  const severity = stringField(object, 's');
  const message = stringField(object, 'msg');
  const date = field(object, 't.$date');
  if (severity === undefined || message === undefined || date === undefined) return undefined;
  const severityNumber = severityOfMongodb(severity);
  const timestamp = typeof date === 'string' ? readIsoStamp(date, clock)?.instant : numberField(object, 't.$date');
  if (severityNumber === undefined || timestamp === undefined) return undefined;
  const attributes = flattenFields(object, ['t', 't.$date', 's', 'msg']);
  for (const [name, path] of NAMES) {
    const value = attributes.get(path);
    if (value !== undefined) attributes.set(name, name === 'error.code' ? String(value) : value);
  }
  setText(attributes, 'log.logger', object['c']);
  setText(attributes, 'thread.name', object['ctx']);
  addStandardNames(attributes);
  return { timestamp, severityNumber, severityText: severity, body: message, attributes };
}

function setText(attributes: Map<string, string | number | boolean>, name: string, value: unknown): void {
  if (typeof value === 'string') attributes.set(name, value);
}
