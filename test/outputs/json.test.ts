import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/index.ts';
import { renderReport } from '../../src/outputs/index.ts';
import { createDoctor } from '../../src/create-doctor.ts';
import { ndjson } from '../../src/outputs/ndjson.ts';
import { runBinary } from '../support/binary.ts';
import { diagnoseFiles, filesIn, fixture, foldersIn } from '../support/fixtures.ts';
import { incidentReport } from './incident-report.ts';

const isReport = schema('report');
const isEvent = schema('ndjson');
const CONTEXT = { columns: 100, hasColour: false, top: 10 };

/** A schema as it is shipped. */
function schema(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: fullFormats });
  return ajv.compile(
    JSON.parse(readFileSync(new URL(`../../dist/schema/${name}.json`, import.meta.url), 'utf8')) as object,
  );
}

function expectValid(validate: ValidateFunction, value: unknown): void {
  validate(value);
  expect(validate.errors ?? []).toEqual([]);
}

async function expectValidReport(report: Report): Promise<void> {
  expectValid(isReport, JSON.parse(await renderReport(report, 'json')));
  for (const line of (await renderReport(report, 'ndjson')).trimEnd().split('\n'))
    expectValid(isEvent, JSON.parse(line));
}

describe('the schemas', () => {
  it.each(foldersIn('incidents'))('describe the report on %s', async (incident) => {
    await expectValidReport(incidentReport(incident));
  });

  it.each(filesIn('hostile').filter((file) => file.endsWith('.log')))(
    'describe the report on hostile %s',
    async (file) => {
      await expectValidReport(diagnoseFiles([fixture('hostile', file)]));
    },
  );

  it('describe the report on nothing', async () => {
    await expectValidReport(createDoctor().report());
  });

  it('describe the findings as they happen', () => {
    const lines: string[] = [];
    const doctor = createDoctor({ onFinding: (event) => void lines.push(ndjson.live?.(event, CONTEXT) ?? '') });
    for (const file of ['api.log', 'postgres.log'])
      doctor.feed(readFileSync(fixture('incidents', 'postgres-stopped', file)), file);
    doctor.report();
    const events = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
    expect(events.length).toBeGreaterThan(1);
    for (const event of events) expectValid(isEvent, event);
  });

  it('refuse what is no report', () => {
    expect(isReport({})).toBe(false);
    expect(isEvent({ type: 'finding' })).toBe(false);
    expect(isEvent({ type: 'else' })).toBe(false);
  });
});

describe('the JSON contract', () => {
  const MS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/;
  const time = expect.stringMatching(MS) as string;
  const text = expect.any(String) as string;
  const number = expect.any(Number) as number;
  const list = expect.any(Array) as unknown[];

  it('is kept key by key', async () => {
    const { stdout } = await runBinary(['--format', 'json', fixture('incidents', 'postgres-stopped')]);
    const report = JSON.parse(stdout) as {
      diagnoses: { findings: { evidence: object[] }[]; symptoms: object[] }[];
      run: { sources: object[] };
    };
    expect(Object.keys(report)).toEqual([
      'schemaVersion',
      'tool',
      'run',
      'summary',
      'diagnoses',
      'unexplained',
      'problems',
    ]);
    expect(report).toMatchObject({
      schemaVersion: '1.0',
      tool: { name: 'backend-doctor', version: text },
      run: { startedAt: time, durationMs: number },
      summary: {
        lines: number,
        bytes: number,
        matchedRecords: number,
        diagnoses: 1,
        unexplained: number,
        worstSeverity: 'critical',
      },
    });
    expect(report.run.sources[0]).toMatchObject({
      name: text,
      bytes: number,
      lines: number,
      format: text,
      truncatedLines: 0,
    });
    const [diagnosis] = report.diagnoses;
    expect(diagnosis).toMatchObject({
      id: text,
      condition: text,
      domain: text,
      title: text,
      severity: 'critical',
      confidence: number,
      reasons: list,
      count: number,
      firstSeen: time,
      lastSeen: time,
      rootCause: text,
      solution: text,
      recovery: list,
      checklist: list,
      references: list,
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
    expect(diagnosis?.findings[0]).toMatchObject({
      rule: text,
      technology: text,
      count: number,
      firstSeen: time,
      lastSeen: time,
      captures: expect.any(Object) as object,
    });
    expect(diagnosis?.findings[0]?.evidence[0]).toMatchObject({
      source: text,
      line: number,
      endLine: number,
      timestamp: time,
      severity: text,
      text,
    });
    expect(diagnosis?.symptoms[0]).toMatchObject({
      condition: text,
      title: text,
      count: number,
      firstSeen: time,
      lastSeen: time,
      findings: list,
    });
  });

  it('of unexplained errors and problems is kept', async () => {
    const input = '{"level":50,"time":1763700000000,"msg":"the flux capacitor is out of flux"}\n';
    const report = JSON.parse(
      (await runBinary(['--format', 'json', '-', fixture('hostile', 'cut-off.log.gz')], { input })).stdout,
    ) as Record<string, object[]>;
    expect(report['unexplained']?.[0]).toMatchObject({
      template: text,
      count: 1,
      firstSeen: time,
      lastSeen: time,
      severity: 'error',
      evidence: list,
    });
    expect(report['problems']?.[0]).toMatchObject({ code: 'truncated-archive', message: text, source: text });
  });

  it('has nothing else on stdout', async () => {
    const { stdout } = await runBinary(['--format', 'json', fixture('incidents', 'two-faults')]);
    expect(stdout).toMatch(/^\{\n[^]*\n\}\n$/);
    const events = (await runBinary(['--format', 'ndjson', fixture('incidents', 'two-faults')])).stdout;
    for (const line of events.trimEnd().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(events.endsWith('}\n')).toBe(true);
  });

  it('gives the same failure the same fingerprint in every run', async () => {
    const fingerprints = await Promise.all(
      [['api.log'], ['api.log', 'postgres.log']].map(async (files) => {
        const paths = files.map((file) => fixture('incidents', 'postgres-stopped', file));
        return (
          JSON.parse((await runBinary(['--format', 'json', '--only', 'connection-refused', ...paths])).stdout) as {
            diagnoses: { fingerprint: string }[];
          }
        ).diagnoses[0]?.fingerprint;
      }),
    );
    expect(fingerprints[0]).toBe(fingerprints[1]);
  });
});
