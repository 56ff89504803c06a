import { describe, expect, it } from 'vitest';
import {
  FORMATS,
  fixedClock,
  parseLine,
  type FormatSample,
  type LogFormat,
  type ParsedLine,
} from '../../src/formats/index.ts';

const clock = fixedClock(Date.UTC(2026, 10, 21, 12));

const LOGGERS = [
  'celery',
  'django-runserver',
  'dotnet-console',
  'elixir',
  'env-logger',
  'gin',
  'go-log',
  'gunicorn',
  'jul',
  'jvm-log',
  'level-text',
  'log4j',
  'log4js',
  'loguru',
  'monolog',
  'morgan',
  'nestjs',
  'npm',
  'php-error-log',
  'php-fpm',
  'pino-pretty',
  'pm2-daemon',
  'puma',
  'python-basic',
  'python-logging',
  'quarkus',
  'rails',
  'rust-tracing',
  'serilog',
  'sidekiq',
  'spring-boot',
  'text',
  'tomcat',
  'uvicorn',
  'uwsgi',
  'winston-simple',
].map((id) => FORMATS.find((format) => format.id === id) ?? expect.fail(`no format ${id}`));

/** The record that the lines of a sample make; fails when they make more than one. */
function readSample(format: LogFormat, text: string): ParsedLine {
  const [head = '', ...tail] = text.split('\n');
  const first = parseLine(head, FORMATS, clock);
  expect(first?.format.id).toBe(format.id);
  if (first === undefined) throw new Error('not parsed');
  const open = { first: first.parsed, lines: [head] };
  const bodies = [first.parsed.body];
  for (const line of tail) {
    const next = format.continues?.(line, open) === true ? undefined : parseLine(line, FORMATS, clock);
    if (next !== undefined) expect([next.format.id, next.parsed.role]).toEqual([format.id, 'continue']);
    bodies.push(next?.parsed.body ?? line);
    open.lines.push(line);
  }
  return format.complete?.(open, clock) ?? { ...first.parsed, body: bodies.join('\n') };
}

function expectSample(format: LogFormat, sample: FormatSample): void {
  const parsed = readSample(format, sample.text);
  expect({ time: timeOf(parsed), severityNumber: parsed.severityNumber, body: parsed.body }).toEqual({
    time: sample.time?.replace(/\.(\d+)Z$/, (_, digits: string) => `.${digits.padEnd(6, '0')}Z`),
    severityNumber: sample.severityNumber,
    body: sample.body,
  });
  expect(Object.fromEntries(parsed.attributes ?? [])).toMatchObject(sample.attributes ?? {});
}

/** RFC 3339 with microseconds where there are fractions. */
function timeOf({ timestamp }: ParsedLine): string | undefined {
  if (timestamp === undefined) return undefined;
  const micros = Math.round(timestamp * 1000);
  const seconds = new Date(Math.floor(micros / 1e6) * 1000).toISOString().slice(0, 19);
  const fraction = micros % 1e6;
  return fraction === 0 ? `${seconds}Z` : `${seconds}.${String(fraction).padStart(6, '0')}Z`;
}

describe.each(LOGGERS.map((format) => [format.id, format] as const))('%s', (_, format) => {
  it.each(format.samples.map((sample) => [sample.text.slice(0, 100), sample] as const))('reads %s', (_text, sample) => {
    expectSample(format, sample);
  });

  it('begins with its first characters', () => {
    const { firstCharacters } = format;
    for (const { text } of format.samples) expect(firstCharacters ?? text.charAt(0)).toContain(text.charAt(0));
  });
});

describe('hostile lines', () => {
  const heads = LOGGERS.flatMap((format) => format.samples.map(({ text }) => text.split('\n')[0] ?? ''));
  const pieces = ['[', ' ', 'a=', 'a{', ':', '"', ' - ', 'x.', '(', '0', ' [a] '];

  it('cost no time', () => {
    const slow: string[] = [];
    for (const head of heads) {
      for (const piece of pieces) {
        for (const cut of [head.length, 30]) {
          const line = head.slice(0, cut) + piece.repeat(Math.floor(60_000 / piece.length));
          const start = performance.now();
          for (const format of LOGGERS) format.parse(line, clock);
          if (performance.now() - start > 200) slow.push(`${line.slice(0, 60)}… ${piece}`);
        }
      }
    }
    expect(slow).toEqual([]);
  }, 60_000);
});

describe('lines that are no log lines', () => {
  it.each([
    '',
    'error',
    'Server started',
    'Error: connect ECONNREFUSED 127.0.0.1:5432',
    '    at f (a.js:1:2)',
    '2026',
    'info',
    '[',
    '{}',
  ])('%j', (line) => {
    expect(LOGGERS.filter((format) => format.parse(line, clock) !== undefined).map(({ id }) => id)).toEqual([]);
  });
});

describe('traces in Spring Boot logs', () => {
  const read = (line: string) => parseLine(line, FORMATS, clock)?.parsed;

  it('are read from the correlation id of Spring Boot 3', () => {
    const line =
      '2024-05-02T10:00:00.000Z  INFO 1 --- [orders] [nio-8080-exec-1] [803B448A0489F84084905D3093480352-3425F23BB2432450] c.e.Orders : x';
    expect(read(line)).toMatchObject({
      traceId: '803b448a0489f84084905d3093480352',
      spanId: '3425f23bb2432450',
      body: 'x',
    });
  });

  it('are read from the bracket of Sleuth, 64 bits padded to 128', () => {
    const line = '2019-06-19 09:31:05.875 INFO [tkc,37b5f215d418d0ff,d5501f25ae8599bf,false] 13 --- [main] a.b.C : x';
    expect(read(line)).toMatchObject({ traceId: '000000000000000037b5f215d418d0ff', spanId: 'd5501f25ae8599bf' });
  });

  it('are absent where the bracket is empty', () => {
    const line =
      '2024-05-02T10:00:00.000Z  INFO 1 --- [orders] [           main] [                                                 ] c.e.Orders : x';
    expect(read(line)).toMatchObject({ body: 'x' });
    expect(read(line)?.traceId).toBeUndefined();
    expect(read(line)?.attributes?.get('thread.name')).toBe('main');
  });
});
