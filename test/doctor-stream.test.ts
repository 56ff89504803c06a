import { createReadStream, readFileSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { doctorStream, type FindingEvent } from '../src/index.ts';
import { fixture } from './support/fixtures.ts';

const API_LOG = fixture('incidents', 'postgres-stopped', 'api.log');
const REFUSED = '{"level":50,"time":1763700000000,"msg":"connect ECONNREFUSED 127.0.0.1:5432"}\n';

async function eventsOf(stream: AsyncIterable<unknown>): Promise<FindingEvent[]> {
  const events: FindingEvent[] = [];
  for await (const event of stream) events.push(event as FindingEvent);
  return events;
}

describe('doctorStream', () => {
  it('takes bytes and gives findings as objects', async () => {
    const stream = createReadStream(API_LOG, { highWaterMark: 1_000 }).pipe(doctorStream({ source: 'api.log' }));
    const events = await eventsOf(stream);
    expect(events.filter(({ isNew }) => isNew).map(({ finding }) => finding.rule.condition)).toContain(
      'connection-refused',
    );
    const report = stream.report();
    expect(report.diagnoses.length).toBeGreaterThan(0);
    expect(report.run.sources.map(({ name }) => name)).toEqual(['api.log']);
    expect(report.summary.lines).toBe(readFileSync(API_LOG, 'utf8').trimEnd().split('\n').length);
  });

  it('stands in a pipeline', async () => {
    let found = 0;
    const sink = new Writable({
      objectMode: true,
      write(_event: FindingEvent, _encoding, done) {
        found++;
        done();
      },
    });
    await pipeline(createReadStream(API_LOG), doctorStream(), sink);
    expect(found).toBeGreaterThan(10);
  });

  it('waits for its reader', async () => {
    const stream = doctorStream();
    let accepted = 0;
    while (accepted < 100_000 && stream.write(REFUSED.repeat(10))) {
      accepted++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(accepted).toBeLessThan(10_000);
    stream.end();
    const events = await eventsOf(stream);
    expect(events).toHaveLength((accepted + 1) * 10);
  });

  it('gives a finding while its input goes on, also when its record may have further lines', async () => {
    const input = new PassThrough();
    const events: FindingEvent[] = [];
    const stream = input.pipe(doctorStream()).on('data', (event: FindingEvent) => void events.push(event));
    input.write('2026-11-21T00:00:00Z ERROR Error: connect ECONNREFUSED 127.0.0.1:5432\n');
    await sleep(1_000);
    expect(events.map(({ finding }) => finding.rule.condition)).toEqual(['connection-refused']);
    input.end('    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\n');
    await new Promise((resolve) => stream.on('end', resolve));
    expect(stream.report().diagnoses).toMatchObject([{ condition: 'connection-refused', count: 1 }]);
  });

  it('keeps counting lines after a report in between', async () => {
    const stream = doctorStream();
    stream.resume();
    stream.write(REFUSED.repeat(3));
    await sleep(100);
    expect(stream.report()).toMatchObject({ summary: { lines: 3 }, diagnoses: [{ count: 3 }] });
    stream.end(REFUSED.repeat(2));
    await new Promise((resolve) => stream.on('end', resolve));
    const report = stream.report();
    expect(report).toMatchObject({ summary: { lines: 5 }, diagnoses: [{ count: 5 }] });
    expect(report.diagnoses[0]?.findings[0]?.evidence.at(-1)?.line).toBe(5);
  });

  it('is not broken by a line without an end', async () => {
    const stream = doctorStream();
    const events = eventsOf(stream);
    for (let piece = 0; piece < 40; piece++) stream.write('x'.repeat(100_000));
    stream.end(`\n${REFUSED}`);
    expect((await events).map(({ finding }) => finding.rule.condition)).toEqual(['connection-refused']);
  });
});
