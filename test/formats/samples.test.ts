import { describe, expect, it } from 'vitest';
import {
  FORMATS,
  WRAPPERS,
  parseLine,
  peelLine,
  type FormatSample,
  type WrapperSample,
} from '../../src/formats/index.ts';
import type { LogRecord } from '../../src/model/index.ts';
import { CLOCK, instantOf, readRecords } from './read-records.ts';

/** A wrapper's sample with what it alone makes of a line that no other layer or format understands. */
interface Wrapping {
  readonly name: string;
  readonly layers: readonly WrapperSample[];
}

const PLAIN = 'there is nothing special in here';

const SINGLE: readonly Wrapping[] = WRAPPERS.flatMap(({ id, samples }) =>
  samples.map((sample, index) => ({ name: `${id}#${index}`, layers: [sample] })),
);

/** Outermost first. */
const STACKED: readonly Wrapping[] = [
  stack('ansi#0', 'compose#0', 'time-prefix#0'),
  stack('journald-json#0', 'compose#1'),
  stack('docker-json#0', 'ansi#1', 'syslog-3164#2'),
  stack('cri#1', 'ansi#1'),
  stack('time-prefix#2', 'ansi#1', 'compose#0'),
  stack('kubectl-prefix#0', 'time-prefix#0'),
  stack('heroku#0', 'pm2-prefix#0'),
];

const WRAPPINGS = [...SINGLE, ...STACKED];

function stack(...names: readonly string[]): Wrapping {
  return { name: names.join(' > '), layers: names.map(sampleNamed) };
}

function sampleNamed(name: string): WrapperSample {
  const [id, index] = name.split('#');
  const sample = WRAPPERS.find((wrapper) => wrapper.id === id)?.samples[Number(index)];
  if (sample === undefined) throw new Error(`no wrapper sample ${name}`);
  return sample;
}

function wrap(text: string, { layers }: Wrapping): string {
  return text
    .split('\n')
    .map((line) => layers.reduceRight(wrapLine, line))
    .join('\n');
}

function wrapLine(line: string, { template, escape }: WrapperSample): string {
  const inner = escape === 'json' ? JSON.stringify(line).slice(1, -1) : line;
  return template.split('{}').join(inner);
}

/** What of the transport stands in the line, as records show it. */
function readWrapping(wrapping: Wrapping): { ids: readonly string[]; timestamp: number | undefined } {
  const read = peelLine(wrap(PLAIN, wrapping), WRAPPERS, CLOCK);
  expect(read.inner).toBe(PLAIN);
  return { ids: read.wrappers, timestamp: read.timestamp };
}

function single(records: readonly LogRecord[]): LogRecord {
  expect(records.map(({ format, raw }) => [format, raw.slice(0, 120)])).toHaveLength(1);
  const [record] = records;
  if (record === undefined) throw new Error('no record');
  return record;
}

function first(records: readonly LogRecord[]): LogRecord {
  const [record] = records;
  if (record === undefined) throw new Error('no record');
  return record;
}

/** The fields that the sample names, as the record has them. */
function fieldsOf(record: LogRecord, sample: FormatSample): unknown {
  return {
    format: record.format,
    body: record.body,
    ...(sample.severityNumber === undefined ? {} : { severityNumber: record.severityNumber }),
    attributes: Object.fromEntries(
      Object.keys(sample.attributes ?? {}).map((name) => [name, record.attributes.get(name)]),
    ),
  };
}

function expectedFields(format: string, sample: FormatSample): unknown {
  const { body, severityNumber, attributes = {} } = sample;
  return { format, body, ...(severityNumber === undefined ? {} : { severityNumber }), attributes };
}

/** Whether the stamp lacks a year or a date, so that it is placed near the time around it. */
function isNearby({ text }: FormatSample): boolean {
  const [head = ''] = text.split('\n');
  const inner = peelLine(head, WRAPPERS, CLOCK).inner;
  const early = { ...CLOCK, reference: Date.UTC(2011, 4, 5, 6) };
  return parseLine(inner, FORMATS, CLOCK)?.parsed.timestamp !== parseLine(inner, FORMATS, early)?.parsed.timestamp;
}

/** Every published kind of line that must be understood, and what does it: wrappers, then the format. */
const KINDS: readonly (readonly [kind: string, ...ids: readonly string[]])[] = [
  ['pino', 'pino'],
  ['pino-string-level', 'pino'],
  ['bunyan', 'bunyan'],
  ['logfmt-logrus', 'logfmt'],
  ['logfmt-grafana(t=)', 'logfmt'],
  ['zap-json(caddy, compose prefix)', 'compose', 'zap-json'],
  ['zap-console', 'zap-console'],
  ['zerolog-in-CRI-ts', 'time-prefix', 'zerolog'],
  ['celery-in-kubectl-ts', 'time-prefix', 'celery'],
  ['log4j-hadoop', 'log4j'],
  ['log4j-zookeeper', 'zookeeper'],
  ['spring-custom', 'log4j'],
  ['rust-tracing-json', 'rust-tracing-json'],
  ['laravel', 'monolog'],
  ['apache-error-2.2', 'apache-error'],
  ['apache-access', 'access-log'],
  ['haproxy-http', 'syslog-3164', 'haproxy-http'],
  ['nginx-error', 'nginx-error'],
  ['envoy-app', 'envoy-app'],
  ['envoy-access-json', 'envoy-access-json'],
  ['postgres-stderr', 'postgresql-stderr'],
  ['mysql-error', 'mysql-error'],
  ['mysql-slow', 'mysql-slow'],
  ['mongodb-json', 'mongodb-json'],
  ['redis', 'compose', 'redis'],
  ['rabbitmq', 'rabbitmq'],
  ['kafka-broker', 'kafka'],
  ['syslog-3164', 'syslog-3164'],
  ['syslog-3164-pri', 'syslog-3164'],
  ['syslog-5424', 'syslog-5424'],
  ['journald-short+klog', 'syslog-3164', 'klog'],
  ['journald-json', 'journald-json'],
  ['cri', 'cri', 'logfmt'],
  ['compose-prefix', 'compose'],
  ['compose-ts-prefix-ansi', 'ansi', 'compose', 'time-prefix'],
  ['github-actions', 'time-prefix', 'github-actions'],
  ['otlp-json', 'otlp-json'],
  ['ecs-json', 'ecs-json'],
  ['klog/glog', 'klog'],
  ['uwsgi', 'uwsgi'],
  ['docker-json', 'docker-json'],
  ['rails', 'rails'],
  ['env_logger', 'env-logger'],
  ['winston-json', 'winston-json'],
  ['python-default', 'python-basic'],
  ['uvicorn', 'uvicorn'],
  ['gunicorn', 'gunicorn'],
  ['django-runserver', 'django-runserver'],
  ['jul-2line', 'jul'],
  ['php-error_log', 'php-error-log'],
  ['pg-csvlog', 'postgresql-csvlog'],
  ['pg-jsonlog', 'postgresql-jsonlog'],
  ['nginx-access', 'nginx-access'],
  ['spring-boot', 'spring-boot'],
  ['tomcat', 'tomcat'],
  ['quarkus', 'quarkus'],
  ['sidekiq', 'sidekiq'],
  ['dotnet-console', 'dotnet-console'],
  ['serilog-clef', 'serilog-clef'],
  ['zerolog', 'zerolog'],
  ['slog-text', 'logfmt'],
  ['php-fpm', 'php-fpm'],
  ['monolog', 'monolog'],
  ['mariadb', 'mariadb-error'],
  ['elasticsearch-json', 'elasticsearch-json'],
  ['elasticsearch-text', 'elasticsearch-text'],
  ['gitlab-section', 'ansi', 'gitlab-ci'],
  ['lambda', 'aws-lambda'],
  ['heroku', 'heroku'],
  ['kubectl-prefix', 'kubectl-prefix'],
  ['redis-2.x', 'redis'],
  ['mongodb-pre4.4', 'mongodb-text'],
];

describe('kinds of lines', () => {
  const known = new Set([...FORMATS, ...WRAPPERS].map(({ id }) => id));

  it.each(KINDS)('%s', (_, ...ids) => expect(ids.filter((id) => !known.has(id))).toEqual([]));

  it('have ids that are used once', () => {
    const ids = [...FORMATS, ...WRAPPERS].map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

describe.each(FORMATS.map((format) => [format.id, format] as const))('format %s', (id, format) => {
  it('has a sample, and firstCharacters that let it in', () => {
    expect(format.samples.length).toBeGreaterThan(0);
    for (const { text } of format.samples) expect(readRecords(`${text}\n`)[0]?.format, text).toBe(id);
  });

  it.each(format.samples.map((sample) => [sample.text.slice(0, 80), sample] as const))('reads %s', (_, sample) => {
    const records = readRecords(`${sample.text}\n`);
    const record = format.id === 'otlp-json' ? first(records) : single(records);
    expect(fieldsOf(record, sample)).toEqual(expectedFields(id, sample));
    const own = record.timestampInherited === true ? undefined : record.timestamp;
    expect(own).toBe(sample.time === undefined ? undefined : instantOf(sample.time));
  });

  it.each(format.samples.map((sample) => [sample.text.slice(0, 80), sample] as const))(
    'reads in every wrapper %s',
    (_, sample) => {
      const bare = first(readRecords(`${sample.text}\n`));
      const failures: unknown[] = [];
      for (const wrapping of WRAPPINGS) {
        const { ids, timestamp } = readWrapping(wrapping);
        if (ids.length + bare.wrappers.length > 4) continue;
        const records = readRecords(`${wrap(sample.text, wrapping)}\n`);
        const [record] = records;
        const expected = {
          ...(expectedFields(id, sample) as object),
          wrappers: [...ids, ...bare.wrappers.filter((inner) => inner !== 'ansi' || !ids.includes('ansi'))],
          timestamp: bare.timestamp ?? timestamp,
          raw: wrap(sample.text, wrapping),
        };
        const actual = record && {
          ...(fieldsOf(record, sample) as object),
          wrappers: record.wrappers,
          timestamp: isNearby(sample) ? expected.timestamp : record.timestamp,
          raw: record.raw,
        };
        try {
          expect(actual).toEqual(expected);
        } catch {
          failures.push({ wrapping: wrapping.name, actual, expected });
        }
      }
      expect(failures).toEqual([]);
    },
  );
});

describe.each(SINGLE.map((wrapping) => [wrapping.name, wrapping] as const))('wrapper %s', (name, wrapping) => {
  const [sample] = wrapping.layers;
  const [id = ''] = name.split('#');

  it('leaves the line, its time and its attributes', () => {
    const read = peelLine(wrap(PLAIN, wrapping), WRAPPERS, CLOCK);
    expect(read.wrappers).toContain(id);
    expect(read.inner).toBe(PLAIN);
    expect(read.timestamp).toBe(sample?.time === undefined ? undefined : instantOf(sample.time));
    expect(Object.fromEntries(read.attributes)).toMatchObject(sample?.attributes ?? {});
  });

  it('takes an empty line', () => {
    const read = peelLine(wrap('', wrapping), WRAPPERS, CLOCK);
    expect(read.inner.trim()).toBe('');
  });
});
