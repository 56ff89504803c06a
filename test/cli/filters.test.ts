import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBinary } from '../support/binary.ts';
import { fixture } from '../support/fixtures.ts';
import type { JsonReport } from '../support/json-report.ts';
import { temporaryFile } from '../support/temporary.ts';

const INCIDENT = fixture('incidents', 'postgres-stopped');
const API_LOG = join(INCIDENT, 'api.log');

async function reportOn(...args: readonly string[]): Promise<JsonReport> {
  const { code, stdout, stderr } = await runBinary(['--format', 'json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as JsonReport;
}

/** Every condition that was found, with its count. */
function found({ diagnoses }: JsonReport): Readonly<Record<string, number>> {
  const entries = diagnoses.flatMap((diagnosis) => [diagnosis, ...diagnosis.symptoms]);
  return Object.fromEntries(entries.map(({ condition, count }) => [condition, count]));
}

function total(report: JsonReport): number {
  return Object.values(found(report)).reduce((sum, count) => sum + count, 0);
}

describe('--since and --until', () => {
  it('cut the time, both ends included', async () => {
    const all = await reportOn(API_LOG);
    const seen = all.diagnoses.flatMap(({ firstSeen, lastSeen }) => [firstSeen ?? '', lastSeen ?? '']).toSorted();
    const [first = '', last = ''] = [seen[0], seen.at(-1)];
    expect(total(await reportOn('--since', first, '--until', last, API_LOG))).toBeGreaterThan(0);
    expect(total(await reportOn('--until', new Date(Date.parse(first) - 60_000).toISOString(), API_LOG))).toBe(0);
    expect(total(await reportOn('--since', '2099-01-01', API_LOG))).toBe(0);
  });

  it('part the records without losing one', async () => {
    const middle = '2026-11-21T02:44:10Z';
    const before = await reportOn('--until', '2026-11-21T02:44:09.999999Z', API_LOG);
    const after = await reportOn('--since', middle, API_LOG);
    expect(total(before)).toBeGreaterThan(0);
    expect(total(after)).toBeGreaterThan(0);
    expect(total(before) + total(after)).toBe(total(await reportOn(API_LOG)));
  });

  it('take spans before now', async () => {
    const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();
    const line = (time: string): string => `${time} ERROR Error: connect ECONNREFUSED 127.0.0.1:5432\n`;
    const path = temporaryFile('app.log', line(at(180)) + line(at(90)) + line(at(1)));
    expect(total(await reportOn(path))).toBe(3);
    expect(total(await reportOn('--since', '2h', path))).toBe(2);
    expect(total(await reportOn('--since', '10m', path))).toBe(1);
    expect(total(await reportOn('--since', '2h', '--until', '1h', path))).toBe(1);
    expect(total(await reportOn('--until', '1d', path))).toBe(0);
  });

  it('are read in the zone of --timezone, like the stamps without one', async () => {
    const path = temporaryFile('app.log', '2026-11-21 14:00:00,000 ERROR Error: connect ECONNREFUSED 127.0.0.1:5432\n');
    const zone = ['--timezone', 'Europe/Berlin'];
    expect((await reportOn(...zone, path)).diagnoses[0]?.firstSeen).toBe('2026-11-21T13:00:00.000Z');
    expect(total(await reportOn(...zone, '--since', '2026-11-21T13:30:00', path))).toBe(1);
    expect(total(await reportOn(...zone, '--since', '2026-11-21T13:30:00Z', path))).toBe(0);
    expect(total(await reportOn(...zone, '--since', '2026-11-22', path))).toBe(0);
    expect((await reportOn('--timezone', '+02:00', path)).diagnoses[0]?.firstSeen).toBe('2026-11-21T12:00:00.000Z');
  });
});

describe('--min-severity', () => {
  it('leaves out records below', async () => {
    const path = temporaryFile(
      'app.log',
      [40, 50]
        .map((level) => `{"level":${level},"time":1763700000000,"msg":"connect ECONNREFUSED 127.0.0.1:5432"}\n`)
        .join(''),
    );
    expect(total(await reportOn(path))).toBe(2);
    expect(total(await reportOn('--min-severity', 'error', path))).toBe(1);
    expect(total(await reportOn('--min-severity', 'warn', path))).toBe(2);
    expect(total(await reportOn('--min-severity', 'fatal', path))).toBe(0);
  });
});

describe('the choice of rules', () => {
  const logs = [API_LOG, join(INCIDENT, 'postgres.log')];

  it('--technology uses only its rules', async () => {
    const report = await reportOn('--technology', 'node', ...logs);
    const technologies = new Set(
      report.diagnoses.flatMap(({ findings }) => findings.map(({ technology }) => technology)),
    );
    expect([...technologies]).toEqual(['node']);
    expect(
      Object.keys(found(await reportOn('--technology', 'node', '--technology', 'postgresql', ...logs))).length,
    ).toBeGreaterThan(1);
  });

  it('--only takes rules, conditions and globs', async () => {
    expect(Object.keys(found(await reportOn('--only', 'connection-refused', ...logs)))).toEqual(['connection-refused']);
    expect(Object.keys(found(await reportOn('--only', 'node/econnrefused', ...logs)))).toEqual(['connection-refused']);
    expect(Object.keys(found(await reportOn('--only', 'node/econn*', ...logs)))).toEqual(['connection-refused']);
    expect(found(await reportOn('--only', '*', ...logs))).toEqual(found(await reportOn(...logs)));
  });

  it('--disable leaves them out, and what they found is unexplained', async () => {
    const report = await reportOn('--disable', 'connection-refused', ...logs);
    expect(Object.keys(found(report))).not.toContain('connection-refused');
    expect(report.unexplained.length).toBeGreaterThan(0);
  });

  const STOCK = `- id: shop/stock-empty
  condition: resource-not-found
  title: Stock of {{queue|an article}} is empty
  match: {regex: 'stock of (?<queue>\\w+) is empty'}
  examples:
    match: ['stock of nails is empty', 'ERROR stock of bolts is empty']
    noMatch: ['stock of nails is low']
`;

  it("--rules adds rules of one's own, --no-builtin-rules leaves only them", async () => {
    const conditions = JSON.parse((await runBinary(['rules', 'list', '--conditions', '--json'])).stdout) as {
      id: string;
    }[];
    const condition = conditions[0]?.id ?? '';
    const rules = temporaryFile('shop.yaml', STOCK.replace('resource-not-found', condition));
    const log = temporaryFile('app.log', 'ERROR stock of nails is empty\nERROR connect ECONNREFUSED 127.0.0.1:5432\n');
    expect(Object.keys(found(await reportOn('--rules', rules, log))).toSorted()).toEqual(
      [condition, 'connection-refused'].toSorted(),
    );
    const only = await reportOn('--rules', rules, '--no-builtin-rules', log);
    expect(only.diagnoses.map(({ findings }) => findings[0]?.rule)).toEqual(['shop/stock-empty']);
    expect(only.diagnoses[0]?.findings[0]?.captures).toEqual({ queue: 'nails' });
  });
});

describe('--log-format', () => {
  it('reads every line as that format', async () => {
    const report = await reportOn('--log-format', 'json', API_LOG);
    expect(report.run.sources[0]?.format).toBe('json');
  });
});
