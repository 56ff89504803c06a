import { describe, expect, it } from 'vitest';
import { runBinary } from '../support/binary.ts';
import { fixture } from '../support/fixtures.ts';
import { temporaryFile } from '../support/temporary.ts';

const LOGS = [
  fixture('incidents', 'postgres-stopped', 'api.log'),
  fixture('incidents', 'postgres-stopped', 'postgres.log'),
];
const HEALTHY = '{"level":30,"time":1700000000000,"msg":"listening on 3000"}\n';

describe('--fail-on', () => {
  it('does not fail the run when it is absent', async () => {
    expect((await runBinary(LOGS)).code).toBe(0);
  });

  it.each([
    ['info', 1],
    ['warning', 1],
    ['warn', 1],
    ['error', 1],
    ['critical', 1],
    ['database-not-ready', 1],
    // A symptom counts as found.
    ['connection-refused', 1],
    ['deadlock', 0],
  ])('%s gives %i for a stopped database', async (limit, code) => {
    const outcome = await runBinary(['--fail-on', limit, ...LOGS]);
    expect(outcome).toMatchObject({ code, stderr: '' });
    expect(outcome.stdout).toContain('diagnosis');
  });

  it('gives 0 for a healthy log', async () => {
    expect((await runBinary(['--fail-on', 'info', temporaryFile('app.log', HEALTHY)])).code).toBe(0);
  });

  it('does not count what is below the limit', async () => {
    const path = temporaryFile(
      'app.log',
      '{"level":50,"time":1700000000000,"msg":"connect ECONNREFUSED 127.0.0.1:5432"}\n',
    );
    expect((await runBinary(['--fail-on', 'critical', path])).code).toBe(0);
    expect((await runBinary(['--fail-on', 'error', path])).code).toBe(1);
  });

  it('holds for every format', async () => {
    for (const format of ['terminal', 'json', 'ndjson']) {
      expect((await runBinary(['--fail-on', 'error', '--format', format, ...LOGS])).code).toBe(1);
    }
  });
});
