import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkEnv } from './support/binary.ts';
import { fixture } from './support/fixtures.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const LOG = fixture('incidents', 'postgres-stopped', 'api.log');

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

describe('the package', () => {
  const directory = mkdtempSync(join(tmpdir(), 'backend-doctor-package-'));
  const project = join(directory, 'project');
  let packed: Packed;

  beforeAll(() => {
    mkdirSync(project);
    // Without its scripts, which would build `dist` anew under the other tests.
    const listing = run(ROOT, 'npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', directory);
    packed = (JSON.parse(listing) as Packed[])[0] ?? { filename: '', size: 0, files: [] };
    write('package.json', '{"name": "shop", "private": true, "type": "module"}');
    const pino = `pino@${MANIFEST.devDependencies['pino'] ?? 'latest'}`;
    run(
      project,
      'npm',
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      join(directory, packed.filename),
      pino,
    );
  }, 180_000);

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function run(cwd: string, program: string, ...args: readonly string[]): string {
    return execFileSync(program, args, { cwd, encoding: 'utf8', env: networkEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
  }

  function write(name: string, text: string): string {
    writeFileSync(join(project, name), text);
    return name;
  }

  it('holds what is needed and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    const others = paths.filter((path) => !path.startsWith('dist/') && !path.startsWith('rules/'));
    expect(others.toSorted()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(paths.filter((path) => /\.map$|\.test\.|fixtures|\.tsbuildinfo$/.test(path))).toEqual([]);
    expect(paths.filter((path) => path.startsWith('dist/') && !/\.(?:js|d\.ts|json)$/.test(path))).toEqual([]);
    expect(paths).toEqual(
      expect.arrayContaining([
        'dist/index.js',
        'dist/index.d.ts',
        'dist/pino.js',
        'dist/cli/main.js',
        'dist/knowledge.json',
        'dist/schema/report.json',
      ]),
    );
    expect(packed.size).toBeLessThan(2_000_000);
  });

  it('names no path of the machine that built it', () => {
    const paths = packed.files.filter(({ path }) => path.startsWith('dist/')).map(({ path }) => path);
    const home = homedir();
    for (const path of paths) {
      const text = readFileSync(join(ROOT, path), 'utf8');
      expect(text.includes(ROOT), path).toBe(false);
      if (home.length > '/root'.length) expect(text.includes(`${home}/`), path).toBe(false);
    }
  });

  it('runs with npx', () => {
    expect(run(project, 'npx', 'backend-doctor', '--version')).toBe(`${MANIFEST.version}\n`);
    const report = JSON.parse(run(project, 'npx', 'backend-doctor', '--format', 'json', LOG)) as {
      diagnoses: unknown[];
    };
    expect(report.diagnoses.length).toBeGreaterThan(0);
  });

  it('is imported, and its schemas', () => {
    const code =
      "import { analyze, VERSION } from 'backend-doctor'; const { diagnoses } = await analyze(process.argv[2]); console.log(VERSION, diagnoses.length)";
    expect(run(project, process.execPath, write('use.mjs', code), LOG)).toMatch(
      new RegExp(`^${MANIFEST.version} [1-9]`),
    );
    const schemas =
      "import report from 'backend-doctor/schema/report.json' with { type: 'json' }; import rules from 'backend-doctor/schema/rules.json' with { type: 'json' }; console.log(typeof report.$schema, typeof rules)";
    expect(run(project, process.execPath, '--no-warnings', write('schemas.mjs', schemas))).toBe('string object\n');
  });

  it('shuts what is not public', () => {
    const code = "import('backend-doctor/dist/doctor.js').catch((error) => console.log(error.code))";
    expect(run(project, process.execPath, write('inside.mjs', code))).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });

  it('has types for a strict project', () => {
    write(
      'use.ts',
      `import { analyze, createDoctor, doctorStream, loadRules, renderReport, reportToJson, type Diagnosis, type FindingEvent, type Report } from 'backend-doctor';
import pinoTransport, { type PinoTransportOptions } from 'backend-doctor/pino';

const report: Report = await analyze(['a.log'], { since: 0, minSeverity: 'warning', onFinding: ({ finding, isNew }: FindingEvent) => console.log(finding.rule.id, isNew) });
const first: Diagnosis | undefined = report.diagnoses[0];
const count: number = first?.count ?? 0;
const doctor = createDoctor({ knowledge: await loadRules(['rules.yaml']), only: ['node/*'] });
doctor.feed(new Uint8Array(count));
process.stdin.pipe(doctorStream({ source: 'app' })).on('data', (event: FindingEvent) => console.log(event.finding.count));
const options: PinoTransportOptions = { destination: 2, format: 'ndjson' };
pinoTransport(options).report();
console.log(await renderReport(report, 'terminal', { columns: 80 }), reportToJson(doctor.report()));
// @ts-expect-error there is no such level
await analyze('a.log', { minSeverity: 'loud' });
`,
    );
    const typeRoots = [join(ROOT, 'node_modules/@types')];
    const compilerOptions = {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      verbatimModuleSyntax: true,
      noEmit: true,
      typeRoots,
      types: ['node'],
    };
    write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['use.ts'] }));
    expect(run(project, process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json')).toBe(
      '',
    );
  });

  it('is a transport of pino in its worker thread', () => {
    const code = `import pino from 'pino';
const log = pino({ transport: { targets: [{ target: 'pino/file', options: { destination: 'app.log' } }, { target: 'backend-doctor/pino', options: { destination: 1, format: process.argv[2] } }] } });
log.info('listening');
for (let attempt = 0; attempt < 5; attempt++) log.error(Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }), 'query failed');
await new Promise((resolve) => log.flush(resolve));
await new Promise((resolve) => setTimeout(resolve, 1500));
`;
    const name = write('log.mjs', code);
    const line = run(project, process.execPath, name, 'line');
    expect(line).toMatch(
      /connection-refused {2}127\.0\.0\.1:5432 {2}pino:\d+ {2}ERROR .*query failed: connect ECONNREFUSED 127\.0\.0\.1:5432\n$/,
    );
    expect(line.trimEnd().split('\n')).toHaveLength(1);
    const event = JSON.parse(run(project, process.execPath, name, 'ndjson')) as {
      type: string;
      finding: { condition: string };
    };
    expect(event).toMatchObject({ type: 'finding', finding: { condition: 'connection-refused' } });
    expect(readFileSync(join(project, 'app.log'), 'utf8').trimEnd().split('\n')).toHaveLength(12);
  });
});
