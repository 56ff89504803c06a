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

/** JSON of log libraries and shippers, which have a test of their own. */
const OF_LOGGERS = new Set(['elasticsearch-json', 'envoy-access-json', 'logstash-json']);
/** Catch-alls that come after the formats of one program. */
const GENERIC = new Set(['json', 'logfmt', 'text', 'level-text', 'go-log', 'access-log']);

/** Formats of servers: databases, brokers, proxies, web servers, the kernel. */
const SERVERS = FORMATS.filter(
  ({ id }) =>
    /^(?:postgresql|mysql|mariadb|mongodb|redis|rabbitmq|kafka|zookeeper|cassandra|elasticsearch|opensearch|logstash|solr|nats|etcd|influxdb|memcached|mosquitto|nginx|apache|access-log|haproxy|envoy|traefik|squid|kernel|pgbouncer|aws|iis)/.test(
      id,
    ) && !OF_LOGGERS.has(id),
);

/** The record that the lines of a sample make; fails when they make more than one. */
function readSample(format: LogFormat, text: string): ParsedLine {
  const [head = '', ...tail] = text.split('\n');
  const first = parseLine(head, FORMATS, clock);
  expect(first?.format.id).toBe(format.id);
  if (first === undefined) throw new Error('not parsed');
  const open = { first: first.parsed, lines: [head] };
  const bodies = [first.parsed.body];
  for (const line of tail) {
    if (format.continues?.(line, open) === true) {
      bodies.push(line);
    } else {
      const next = parseLine(line, FORMATS, clock);
      if (next === undefined) expect(format.continuation).not.toBe('none');
      else
        expect([next.format.id, next.parsed.role, next.parsed.key]).toEqual([format.id, 'continue', first.parsed.key]);
      bodies.push(next?.parsed.body ?? line);
    }
    open.lines.push(line);
  }
  return format.complete?.(open, clock) ?? { ...first.parsed, body: bodies.join('\n') };
}

function expectSample(format: LogFormat, sample: FormatSample): void {
  const parsed = readSample(format, sample.text);
  const time = sample.time === undefined ? undefined : Date.parse(`${sample.time.slice(0, 19)}Z`);
  const fraction = /\.(\d+)/.exec(sample.time ?? '')?.[1] ?? '0';
  expect(parsed.timestamp).toBe(
    time === undefined ? undefined : time + Math.round(Number(`0.${fraction}`) * 1e6) / 1e3,
  );
  expect(parsed.severityNumber).toBe(sample.severityNumber);
  expect(parsed.body).toBe(sample.body);
  for (const [name, value] of Object.entries(sample.attributes ?? {}))
    expect([name, parsed.attributes?.get(name)]).toEqual([name, value]);
}

describe('formats of servers', () => {
  for (const format of SERVERS) {
    describe(format.id, () => {
      it('has samples', () => expect(format.samples.length).toBeGreaterThan(0));
      for (const sample of format.samples) {
        it(`reads ${sample.text.slice(0, 90)}`, () => expectSample(format, sample));
        it(`alone understands ${sample.text.slice(0, 90)}`, () => {
          const [head = ''] = sample.text.split('\n');
          const others = FORMATS.filter(({ id }) => id !== format.id && !GENERIC.has(id));
          expect(others.filter((other) => understands(other, head)).map(({ id }) => id)).toEqual([]);
        });
      }
      it('begins with its first characters', () => {
        for (const { text } of format.samples)
          expect((format.firstCharacters ?? text).includes(text.charAt(0))).toBe(true);
      });
    });
  }
});

function understands(format: LogFormat, line: string): boolean {
  return (format.firstCharacters?.includes(line.charAt(0)) ?? true) && format.parse(line, clock) !== undefined;
}
