import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { analyze, createDoctor, DoctorError, loadRules, renderReport, reportToJson, VERSION } from '../src/index.ts';
import { fixture } from './support/fixtures.ts';
import { temporaryFile } from './support/temporary.ts';

const INCIDENT = fixture('incidents', 'postgres-stopped');
const API_LOG = join(INCIDENT, 'api.log');
const SHOP = `- id: shop/database-gone
  condition: connection-refused
  title: The shop lost {{host|its database}}
  match: {regex: 'the shop lost (?<host>\\w+)'}
  examples:
    match: ['ERROR the shop lost db1', 'the shop lost db2 at noon']
    noMatch: ['the shop found its database']
`;

function conditions({
  diagnoses,
}: {
  readonly diagnoses: readonly { readonly condition: string; readonly count: number }[];
}): unknown {
  return diagnoses.map(({ condition, count }) => [condition, count]);
}

describe('analyze', () => {
  it('reads a path, a glob, a list of both, and a stream', async () => {
    const byPath = await analyze(API_LOG);
    expect(byPath.diagnoses.length).toBeGreaterThan(0);
    const same = [
      await analyze([API_LOG]),
      await analyze('api.*', { cwd: INCIDENT }),
      await analyze(createReadStream(API_LOG)),
      await analyze(createReadStream(API_LOG, { encoding: 'utf8' })),
      await analyze(Readable.from([readFileSync(API_LOG, 'utf8')])),
    ];
    for (const report of same) expect(conditions(report)).toEqual(conditions(byPath));
    expect((await analyze(createReadStream(API_LOG), { source: 'api' })).run.sources[0]?.name).toBe('api');
  });

  it('tells findings as they happen', async () => {
    const seen: string[] = [];
    const report = await analyze(API_LOG, {
      onFinding: ({ finding, isNew }) => void (isNew && seen.push(finding.rule.id)),
    });
    const rules = report.diagnoses.flatMap((diagnosis) =>
      [diagnosis, ...diagnosis.symptoms].flatMap(({ findings }) => findings.map(({ rule }) => rule.id)),
    );
    expect(seen.toSorted()).toEqual(rules.toSorted());
  });

  it('ends when it is told to', async () => {
    const abort = new AbortController();
    async function* endless(): AsyncGenerator<string> {
      for (;;) {
        yield 'ERROR connect ECONNREFUSED 127.0.0.1:5432\n';
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    setTimeout(() => abort.abort(), 100);
    const report = await analyze(endless(), { signal: abort.signal });
    expect(report.diagnoses[0]?.condition).toBe('connection-refused');
  });

  it('throws a DoctorError with codes for a path that does not exist', async () => {
    const failure = await analyze('gone.log', { cwd: INCIDENT }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DoctorError);
    expect((failure as DoctorError).problems[0]).toMatchObject({ code: 'path-not-found', source: 'gone.log' });
  });

  it('takes the same choices as the command line', async () => {
    expect((await analyze(API_LOG, { only: ['deadlock'] })).diagnoses).toEqual([]);
    expect((await analyze(API_LOG, { until: 0 })).diagnoses).toEqual([]);
    expect((await analyze(API_LOG, { technologies: ['redis'] })).diagnoses).toEqual([]);
    await expect(analyze(API_LOG, { timezone: 'Mars/Olympus' })).rejects.toThrow(RangeError);
  });
});

describe('createDoctor', () => {
  it('takes pieces that are cut anywhere, with the same result', () => {
    const bytes = readFileSync(API_LOG);
    const [whole, pieces] = [createDoctor(), createDoctor()];
    whole.feed(bytes);
    for (let start = 0; start < bytes.length; start += 997) pieces.feed(bytes.subarray(start, start + 997));
    expect(conditions(pieces.report())).toEqual(conditions(whole.report()));
  });

  it('reads sources independently of each other', () => {
    const doctor = createDoctor();
    doctor.feed('ERROR connect ECONN', 'a.log');
    doctor.feed('ERROR connect ECONNREFUSED 127.0.0.1:6379\n', 'b.log');
    doctor.feed('REFUSED 127.0.0.1:5432\n', 'a.log');
    const proofs = doctor.report().diagnoses.flatMap(({ findings }) => findings.flatMap(({ evidence }) => evidence));
    expect(proofs.map(({ source, line }) => `${source}:${line}`).toSorted()).toEqual(['a.log:1', 'b.log:1']);
  });

  it('tells of lines whose record may go on when it is asked to', () => {
    const seen: boolean[] = [];
    const doctor = createDoctor({ onFinding: ({ isPreview }) => void seen.push(isPreview) });
    doctor.feed('2026-11-21T00:00:00Z ERROR connect ECONNREFUSED 127.0.0.1:5432\n');
    doctor.flush();
    expect(seen.length).toBeGreaterThan(0);
    expect(doctor.report().diagnoses[0]?.count).toBe(1);
  });
});

describe('loadRules', () => {
  it('adds rules to the built-in ones', async () => {
    const knowledge = await loadRules([temporaryFile('shop.yaml', SHOP)]);
    const report = await analyze(Readable.from(['ERROR the shop lost db7\n']), { knowledge });
    expect(report.diagnoses[0]).toMatchObject({ condition: 'connection-refused', captures: { host: 'db7' } });
    expect(report.diagnoses[0]?.title).toContain('The shop lost db7');
  });

  it('tells everything that is wrong, with file, line and column', async () => {
    const path = temporaryFile('shop.yaml', SHOP.replace('title:', 'titel:'));
    const failure = await loadRules([path]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DoctorError);
    expect((failure as DoctorError).problems).toContainEqual(
      expect.objectContaining({ code: 'rules-schema', source: path, line: 3, column: 3 }),
    );
  });
});

describe('reports', () => {
  it('are rendered as the command line does', async () => {
    const report = await analyze(API_LOG);
    expect(await renderReport(report, 'terminal')).toMatch(/^ {2}1 diagnosis/);
    expect(JSON.parse(await renderReport(report, 'json'))).toEqual(JSON.parse(JSON.stringify(reportToJson(report))));
    expect((await renderReport(report, 'ndjson')).trimEnd().split('\n').length).toBeGreaterThan(1);
    await expect(renderReport(report, 'pdf')).rejects.toThrow(RangeError);
  });

  it('name the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(VERSION).toBe(version);
    expect((await analyze(API_LOG)).tool).toEqual({ name: 'backend-doctor', version });
  });
});
