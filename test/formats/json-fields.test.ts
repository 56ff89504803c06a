import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../src/model/index.ts';
import { readRecords } from './read-records.ts';

function read(object: Readonly<Record<string, unknown>>): LogRecord {
  const [record] = readRecords(`${JSON.stringify(object)}\n`);
  if (record === undefined) throw new Error('no record');
  return record;
}

function attribute(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return read(object).attributes.get(name);
}

const PINO = { level: 50, time: 1531171074631, msg: 'x' };

describe('exceptions of JSON loggers', () => {
  const python =
    'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\n    f()\nConnectionRefusedError: [Errno 111] refused\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "a.py", line 3, in <module>\n    g()\npsycopg2.OperationalError: connection to server failed\n\tIs the server running?';

  it('are read from a Python traceback, the last one of a chain', () => {
    const record = read({ levelname: 'ERROR', message: 'x', exc_info: python });
    expect(record.attributes.get('exception.type')).toBe('psycopg2.OperationalError');
    expect(record.attributes.get('exception.message')).toBe('connection to server failed');
    expect(record.attributes.get('exception.stacktrace')).toBe(python);
  });

  it('are read from a stack that stands where the message should', () => {
    const stack =
      'java.net.ConnectException: Connection refused\n\tat java.base/sun.nio.ch.Net.connect0(Native Method)';
    const record = read({ level: 'ERROR', message: 'x', exception: stack });
    expect(record.attributes.get('exception.type')).toBe('java.net.ConnectException');
    expect(record.attributes.get('exception.message')).toBe('Connection refused');
    expect(record.attributes.get('exception.stacktrace')).toBe(stack);
  });

  it('are read from nested causes as well', () => {
    const err = {
      type: 'QueryFailedError',
      message: 'outer',
      stack: 'QueryFailedError: outer\n    at x',
      cause: { code: '57P01' },
    };
    expect(attribute({ ...PINO, err }, 'exception.type')).toBe('QueryFailedError');
    expect(attribute({ ...PINO, err }, 'error.code')).toBe('57P01');
    expect(attribute({ ...PINO, err }, 'err.cause.code')).toBe('57P01');
  });

  it('are read from lists of lines', () => {
    const object = {
      timestamp: '2026-11-21T01:00:00Z',
      level: 'ERROR',
      message: { errorType: 'Error', errorMessage: 'x', stackTrace: ['Error: x', '    at y'] },
    };
    expect(attribute(object, 'exception.stacktrace')).toBe('Error: x\n    at y');
    expect(read(object).body).toBe('x');
  });

  it('are no invention: an empty error or a mere word leaves none', () => {
    expect(attribute({ ...PINO, err: {} }, 'exception.type')).toBeUndefined();
    expect(attribute({ ...PINO, error: 'timeout' }, 'exception.type')).toBeUndefined();
    expect(attribute({ ...PINO, error: 'timeout' }, 'exception.message')).toBe('timeout');
  });
});

describe('other facts of JSON loggers', () => {
  it('keep their own dotted path beside the standard name', () => {
    const record = read({
      ...PINO,
      req: { id: 'r-1', method: 'GET', url: '/orders' },
      res: { statusCode: 502 },
      responseTime: 12,
    });
    expect(Object.fromEntries(record.attributes)).toMatchObject({
      'req.id': 'r-1',
      'request.id': 'r-1',
      'http.request.method': 'GET',
      'url.path': '/orders',
      'http.response.status_code': 502,
      duration_ms: 12,
    });
    expect(record.severityNumber).toBe(17);
  });

  it('do not take the status of HTTP for a severity', () => {
    expect(read({ message: 'proxied', status: 502, time: 1531171074 }).severityNumber).toBeUndefined();
  });

  it('count durations in milliseconds, whatever the logger counts in', () => {
    expect(
      attribute({ level: 'info', ts: 1761019822.3, msg: 'handled request', duration: 0.0125 }, 'duration_ms'),
    ).toBe(12.5);
    expect(
      attribute({ time: '2026-11-21T01:00:00Z', level: 'INFO', msg: 'x', duration: 12_500_000 }, 'duration_ms'),
    ).toBe(12.5);
    expect(
      attribute(
        { time_iso8601: '2026-11-21T01:00:00Z', request: 'GET / HTTP/1.1', status: 200, request_time: 0.0125 },
        'duration_ms',
      ),
    ).toBe(12.5);
  });

  it('carry trace and span in W3C form alone', () => {
    const ids = { trace_id: 'C759F29F5F1E2162BE56F32DD1E77FCE', span_id: '17c4a60ca4297cf1' };
    expect(read({ ...PINO, ...ids })).toMatchObject({
      traceId: 'c759f29f5f1e2162be56f32dd1e77fce',
      spanId: '17c4a60ca4297cf1',
    });
    expect(read({ ...PINO, trace_id: '12345' }).traceId).toBeUndefined();
  });
});

describe('JSON of no known logger', () => {
  it.each([
    [
      { levelname: 'WARNING', name: 'shop', asctime: '2026-11-21 01:00:00,250', message: 'x' },
      13,
      'x',
      '2026-11-21T01:00:00.250Z',
    ],
    [
      { Timestamp: '2026-11-21T01:00:00Z', EventId: 7, LogLevel: 'Error', Category: 'Shop', Message: 'x', State: {} },
      17,
      'x',
      '2026-11-21T01:00:00.000Z',
    ],
    [
      {
        message: 'x',
        context: {},
        level: 400,
        level_name: 'ERROR',
        channel: 'app',
        datetime: '2026-11-21T01:00:00.000000+00:00',
      },
      17,
      'x',
      '2026-11-21T01:00:00.000Z',
    ],
    [
      { level: '\u001b[31merror\u001b[39m', message: 'x', timestamp: '2026-11-21 01:00:00' },
      17,
      'x',
      '2026-11-21T01:00:00.000Z',
    ],
    [{ severity: 'warn', msg: 'x', time: '1795222800' }, 13, 'x', '2026-11-21T01:00:00.000Z'],
    [
      { level: 'INFO', requestId: 'r', timestamp: '2026-11-21T01:00:00.000Z', message: 'x' },
      9,
      'x',
      '2026-11-21T01:00:00.000Z',
    ],
  ])('%j', (object, severityNumber, body, time) => {
    const record = read(object);
    expect(record).toMatchObject({ severityNumber, body });
    expect(new Date(record.timestamp ?? 0).toISOString()).toBe(time);
  });

  it('is plain text when nothing of it is known', () => {
    expect(read({ a: 1, b: [2] }).format).toBe('plain');
  });
});

describe('messages of JSON loggers', () => {
  it('are not lost where a record has two', () => {
    const record = read({ ...PINO, msg: 'request failed', message: 'connect ECONNREFUSED 127.0.0.1:5432' });
    expect(record.body).toBe('request failed');
    expect(record.attributes.get('message')).toBe('connect ECONNREFUSED 127.0.0.1:5432');
  });

  it('are not repeated', () => {
    expect(attribute(PINO, 'msg')).toBeUndefined();
    expect(attribute({ level: 'error', time: 1531171074631, message: 'x' }, 'message')).toBeUndefined();
  });
});
