import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { JsonReport } from '../support/json-report.ts';
import { runBinary, runShell, type RunOptions } from '../support/binary.ts';
import { fixture } from '../support/fixtures.ts';
import { temporaryDirectory, temporaryFile } from '../support/temporary.ts';

const INCIDENT = fixture('incidents', 'postgres-stopped');
const API_LOG = join(INCIDENT, 'api.log');

async function reportOn(args: readonly string[], options: RunOptions = {}): Promise<JsonReport> {
  const { code, stdout, stderr } = await runBinary(['--format', 'json', ...args], options);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as JsonReport;
}

function sourcesOf({ run }: JsonReport): readonly string[] {
  return run.sources.map(({ name }) => name);
}

function firstConditionOf({ diagnoses }: JsonReport): string | undefined {
  return diagnoses[0]?.condition;
}

describe('inputs', () => {
  it('reads a file, from its path or from standard input, with the same findings', async () => {
    const input = readFileSync(API_LOG);
    const reports = await Promise.all([reportOn([API_LOG]), reportOn([], { input }), reportOn(['-'], { input })]);
    const [byPath, ...byStdin] = reports.map(({ diagnoses }) =>
      diagnoses.map(({ fingerprint, count }) => [fingerprint, count]),
    );
    expect(byPath?.length).toBeGreaterThan(0);
    for (const found of byStdin) expect(found).toEqual(byPath);
    expect(reports.map((report) => sourcesOf(report))).toEqual([[API_LOG], ['stdin'], ['stdin']]);
  });

  it('reads a file that the shell opened', async () => {
    const { code, stdout } = await runShell(`backend-doctor --format json < '${API_LOG}'`);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as JsonReport;
    expect(firstConditionOf(report)).toBe(firstConditionOf(await reportOn([API_LOG])));
    expect(report.summary.lines).toBe(readFileSync(API_LOG, 'utf8').split('\n').length - 1);
  });

  it('reads standard input beside files', async () => {
    const report = await reportOn([join(INCIDENT, 'postgres.log'), '-'], { input: readFileSync(API_LOG) });
    expect(sourcesOf(report).toSorted()).toEqual([join(INCIDENT, 'postgres.log'), 'stdin']);
  });

  it('reads a directory', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'logs/old'), { recursive: true });
    copyFileSync(API_LOG, join(directory, 'logs/api.log'));
    writeFileSync(join(directory, 'logs/old/api.log.1.gz'), gzipSync(readFileSync(API_LOG)));
    const report = await reportOn(['logs'], { cwd: directory });
    expect(sourcesOf(report)).toEqual(['logs/api.log', 'logs/old/api.log.1.gz']);
  });

  it('expands a glob that the shell left alone', async () => {
    const report = await reportOn(['*.log'], { cwd: INCIDENT });
    expect(sourcesOf(report)).toEqual(['access.log', 'api.log', 'postgres.log']);
  });

  it.each([
    ['an empty file', [fixture('hostile', 'empty.log')]],
    ['an empty standard input', []],
  ])('says that %s holds nothing', async (_, args) => {
    const { code, stdout, stderr } = await runBinary(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('The input is empty');
  });

  it('finds nothing wrong with a healthy log', async () => {
    const { code, stdout, stderr } = await runBinary([
      temporaryFile('app.log', '{"level":30,"time":1700000000000,"msg":"listening on 3000"}\n'),
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}No known failure found {2,}1 line of \S*app\.log, \d+\.\d\d s\n$/);
  });
});

describe('hostile inputs', () => {
  it.each([
    'crlf.log',
    'utf16-le-bom.log',
    'utf16-be-bom.log',
    'nul-bytes.log',
    'three-megabyte-line.log.gz',
    'cut-off.log.gz',
    'binary.log',
  ])('%s ends well, by path and by pipe', async (name) => {
    const path = fixture('hostile', name);
    const byPath = await runBinary(['--format', 'json', path]);
    const byPipe = await runBinary(['--format', 'json'], { input: readFileSync(path) });
    expect([byPath.code, byPipe.code]).toEqual([0, 0]);
    expect([byPath.stderr, byPipe.stderr]).toEqual(['', '']);
    const [first, second] = [byPath, byPipe].map(({ stdout }) =>
      (JSON.parse(stdout) as JsonReport).diagnoses.map(({ condition, count }) => [condition, count]),
    );
    expect(second).toEqual(first);
  });

  it('names the line and column where an editor finds it', async () => {
    const report = await reportOn([fixture('hostile', 'crlf.log')]);
    const lines = readFileSync(fixture('hostile', 'crlf.log'), 'utf8').split('\n');
    const proofs = report.diagnoses.flatMap(({ findings }) => findings.flatMap(({ evidence }) => evidence));
    expect(proofs.length).toBeGreaterThan(0);
    for (const { line, text } of proofs) expect(lines[line - 1]?.trimEnd()).toBe(text.split('\n')[0]?.trimEnd());
  });
});
