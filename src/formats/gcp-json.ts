import type { LogFormat, ParsedLine } from './format.ts';
import { field, numberField, parseJsonObject, stringField, type JsonObject } from './json-fields.ts';
import { firstText, isObject, jsonRecord, timeOf, wordLevel } from './json-record.ts';
import type { Clock } from './time.ts';

const SEVERITY = /^(?:DEFAULT|DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERGENCY)$/;
const TRACE = 'logging.googleapis.com/trace';
const SPAN = 'logging.googleapis.com/spanId';

/**
 * Google Cloud Logging: what a program writes to be ingested (`severity`, `message`), and exported entries
 * (`textPayload`, `jsonPayload`).
 * @see https://cloud.google.com/logging/docs/structured-logging
 * @see https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry
 */
export const gcpJson: LogFormat = {
  id: 'gcp-json',
  title: 'Google Cloud Logging (JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"severity":"ERROR","message":"There was an error in the application.","httpRequest":{"requestMethod":"GET"},"time":"2020-10-12T07:20:50.52Z","logging.googleapis.com/insertId":"42","logging.googleapis.com/labels":{"user_label_1":"value_1","user_label_2":"value_2"},"logging.googleapis.com/sourceLocation":{"file":"get_data.py","line":"142","function":"getData"},"logging.googleapis.com/spanId":"000000000000004a","logging.googleapis.com/trace":"projects/my-projectid/traces/06796866738c859f2f19b7cfb3214824","logging.googleapis.com/trace_sampled":false}',
      origin: 'cloud.google.com/logging/docs/structured-logging, on one line',
      time: '2020-10-12T07:20:50.520Z',
      severityNumber: 17,
      body: 'There was an error in the application.',
      attributes: { 'http.request.method': 'GET' },
    },
    {
      text: '{"timestamp":{"seconds":1795231199,"nanos":414999961},"severity":"ERROR","logging.googleapis.com/insertId":"..........T2Upi1GNVRNCfmFbWZPz64","message":{"serviceContext":{"service":"shop"},"message":"query failed connect ECONNREFUSED 127.0.0.1:5599 Error: connect ECONNREFUSED 127.0.0.1:5599\\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)","metadata":{"errno":-111,"code":"ECONNREFUSED","syscall":"connect","address":"127.0.0.1","port":5599}},"logName":"projects/shop/logs/winston_log"}',
      origin: '@google-cloud/logging-winston 6.0.2, redirectToStdout, stack of the metadata taken out',
      time: '2026-11-21T03:19:59.415Z',
      severityNumber: 17,
      body: 'query failed connect ECONNREFUSED 127.0.0.1:5599 Error: connect ECONNREFUSED 127.0.0.1:5599\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)',
      attributes: { 'error.code': 'ECONNREFUSED', port: 5599 },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  const severity = object?.['severity'];
  if (object === undefined || typeof severity !== 'string' || !SEVERITY.test(severity)) return undefined;
  const body = messageOf(object);
  if (body === undefined) return undefined;
  const trace = stringField(object, TRACE, 'trace')?.split('/').at(-1);
  return jsonRecord(object, {
    timestamp: readTime(object, clock),
    level: severity === 'DEFAULT' ? undefined : wordLevel(severity),
    body,
    known: ['severity', 'message', 'textPayload', 'jsonPayload.message', 'time', 'timestamp', TRACE, SPAN],
    promoted: [object['jsonPayload'], object['message'], field(object, 'message.metadata')],
    extra: [
      ['trace_id', trace],
      ['span_id', stringField(object, SPAN, 'spanId')],
      ['container.name', stringField(object, 'resource.labels.container_name')],
      ['k8s.pod.name', stringField(object, 'resource.labels.pod_name')],
      ['k8s.namespace.name', stringField(object, 'resource.labels.namespace_name')],
      ['http.request.method', stringField(object, 'httpRequest.requestMethod')],
      ['url.path', stringField(object, 'httpRequest.requestUrl')],
      ['http.response.status_code', numberField(object, 'httpRequest.status')],
    ],
  });
}

function messageOf(object: JsonObject): string | undefined {
  const payload = object['jsonPayload'] ?? object['message'];
  if (isObject(payload)) return firstText(payload['message'], payload['msg'], payload['error']);
  return stringField(object, 'message', 'textPayload', 'protoPayload.status.message');
}

function readTime(object: JsonObject, clock: Clock): number | undefined {
  const seconds = field(object, 'timestamp.seconds') ?? object['timestampSeconds'];
  const nanos = field(object, 'timestamp.nanos') ?? object['timestampNanos'];
  if (seconds === undefined) return timeOf(object['time'] ?? object['timestamp'], clock);
  return timeOf(Number(seconds) + Number(nanos ?? 0) / 1e9, clock);
}
