import type { LogFormat, ParsedLine } from './format.ts';
import { field, parseJsonObject, stringField, type JsonObject } from './json-fields.ts';
import { firstText, isObject, jsonRecord, timeOf, wordLevel, type StatedLevel } from './json-record.ts';
import { requestFacts, requestLine } from './json-request.ts';
import { severityOfPinoLevel } from './levels.ts';
import type { Clock } from './time.ts';

const TIMES = [
  'timestamp',
  'time',
  '@timestamp',
  'ts',
  't',
  'Timestamp',
  'datetime',
  'asctime',
  'date',
  'eventTime',
  'time_iso8601',
  'time_local',
  'created_at',
  '@t',
  'log.timestamp',
];
const LEVELS = [
  'level',
  'levelname',
  'level_name',
  'severity',
  'log.level',
  'LogLevel',
  'Level',
  'lvl',
  'loglevel',
  'log_level',
  'logLevel',
  'severityText',
  'severity_text',
  'severity_name',
];
const MESSAGES = [
  'message',
  'msg',
  'Message',
  'RenderedMessage',
  'event',
  'log',
  'text',
  'body',
  'short_message',
  'MessageTemplate',
  'errorMessage',
  'error.message',
  'error',
  'exception.message',
  'err.message',
];

/**
 * JSON of no logger in particular: any object with a time, a level or a message under one of their usual names. Docker's
 * daemon, logrus, AWS Lambda's JSON format, python-json-logger, structlog, Monolog, .NET, access logs of nginx.
 */
export const json: LogFormat = {
  id: 'json',
  title: 'JSON',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"order_id": 4711, "event": "order placed", "level": "info", "timestamp": "2026-11-21T03:08:54.113258Z"}',
      origin: 'structlog 22.3.0, JSONRenderer',
      time: '2026-11-21T03:08:54.113258Z',
      severityNumber: 9,
      body: 'order placed',
      attributes: { order_id: 4711 },
    },
    {
      text: '{"event": "query failed", "level": "error", "timestamp": "2026-11-21T03:08:54.114557Z", "exception": "Traceback (most recent call last):\\n  File \\"/srv/shop/app.py\\", line 6, in <module>\\n    import socket; socket.create_connection((\\"127.0.0.1\\", 5599))\\nConnectionRefusedError: [Errno 111] Connection refused"}',
      origin: 'structlog 22.3.0, JSONRenderer with format_exc_info, frames shortened',
      time: '2026-11-21T03:08:54.114557Z',
      severityNumber: 17,
      body: 'query failed',
      attributes: {
        'exception.type': 'ConnectionRefusedError',
        'exception.message': '[Errno 111] Connection refused',
      },
    },
    {
      text: '{"time_iso8601":"2026-11-21T03:08:24+00:00","remote_addr":"127.0.0.1","request":"GET /orders HTTP/1.1","status":502,"request_time":0.000,"upstream_addr":"127.0.0.1:5599","http_user_agent":"curl/7.88.1"}',
      origin: 'nginx 1.22.1, log_format with escape=json',
      time: '2026-11-21T03:08:24Z',
      body: 'GET /orders HTTP/1.1 502',
      attributes: {
        'http.request.method': 'GET',
        'url.path': '/orders',
        'http.response.status_code': 502,
        'client.address': '127.0.0.1',
        'user_agent.original': 'curl/7.88.1',
        duration_ms: 0,
      },
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined) return undefined;
  const timestamp = readTime(object, clock);
  const level = readLevel(object);
  const message = readMessage(object);
  if (timestamp === undefined && level === undefined && message === undefined) return undefined;
  return jsonRecord(object, {
    timestamp,
    level,
    body: message ?? requestLine(object),
    known: [...TIMES, ...LEVELS, ...(message === undefined ? [] : ['message', 'msg', 'Message', 'RenderedMessage'])],
    promoted: [isObject(object['message']) ? object['message'] : undefined, object['extra'], object['context']],
    extra: message === undefined ? requestFacts(object) : [],
  });
}

function readTime(object: JsonObject, clock: Clock): number | undefined {
  for (const name of TIMES) {
    const timestamp = timeOf(field(object, name), clock);
    if (timestamp !== undefined) return timestamp;
  }
  return undefined;
}

function readLevel(object: JsonObject): StatedLevel | undefined {
  for (const name of LEVELS) {
    const value = field(object, name);
    const level = wordLevel(value) ?? numberLevel(value);
    if (level !== undefined) return level;
  }
  return undefined;
}

/** pino's numbers, which others have taken over (10 … 60); smaller and larger ones mean something else everywhere. */
function numberLevel(value: unknown): StatedLevel | undefined {
  if (typeof value !== 'number' || value < 10 || value > 60) return undefined;
  const severityNumber = severityOfPinoLevel(value);
  return severityNumber === undefined ? undefined : { severityNumber, severityText: String(value) };
}

function readMessage(object: JsonObject): string | undefined {
  const message = object['message'] ?? object['msg'];
  if (isObject(message)) return firstText(message['message'], message['errorMessage'], message['msg']);
  return stringField(object, ...MESSAGES);
}
