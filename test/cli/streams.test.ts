import { describe, expect, it } from 'vitest';
import { EXIT, type Io, type OutStream } from '../../src/cli/io.ts';
import { run } from '../../src/cli/program.ts';
import { runBinary, runShell } from '../support/binary.ts';
import { fixture } from '../support/fixtures.ts';
import { isMissing } from '../support/missing.ts';
import { NO_TERMINAL, PseudoTerminal } from '../support/pseudo-terminal.ts';

const LOG = fixture('incidents', 'postgres-stopped', 'api.log');
const ESCAPE = '\u001b[';

describe('a closed pipe', () => {
  it.each([
    `backend-doctor '${LOG}' | head -1`,
    `backend-doctor --format json '${LOG}' | head -1`,
    `backend-doctor --format ndjson '${LOG}' | head -1`,
    `backend-doctor '${LOG}' | true`,
    'backend-doctor rules list | head -1',
    'backend-doctor explain deadlock | head -1',
    'backend-doctor --help | head -1',
    `backend-doctor --fail-on error --format ndjson '${LOG}' '${LOG}' | true`,
  ])('ends quietly with 0: %s', async (command) => {
    const { code, stderr } = await runShell(`${command}; echo "status \${PIPESTATUS[0]}" >&2`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^status [01]\n$/) });
    if (!command.includes('--fail-on')) expect(stderr).toBe('status 0\n');
  });

  it('ends an endless run', async () => {
    const { code, stderr } = await runShell(
      `{ cat '${LOG}'; sleep 0.5; cat '${LOG}' ; sleep 0.5; } | backend-doctor --format ndjson | head -1`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('of stderr does not end the run', async () => {
    const { code, stdout } = await runShell(`backend-doctor --format json '${LOG}' 2> >(true)`);
    expect(code).toBe(0);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });
});

describe.runIf(process.platform === 'linux')('a full disk behind stdout', () => {
  it('is told in one line', async () => {
    const { code, stderr } = await runShell(`backend-doctor '${LOG}' > /dev/full`);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'backend-doctor: stdout: cannot be written: no space is left on the device [output-failed]\n',
    });
  });
});

describe('colour', () => {
  it.each<readonly [env: Record<string, string>, isColoured: boolean]>([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '' }, false],
    [{ FORCE_COLOR: '0' }, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    [{ NO_COLOR: '', FORCE_COLOR: '1' }, true],
  ])('%j on a pipe', async (env, isColoured) => {
    const { stdout, stderr } = await runBinary([LOG], { env });
    expect(stdout.includes(ESCAPE)).toBe(isColoured);
    expect(stderr).toBe('');
  });

  it('never gets into JSON', async () => {
    for (const format of ['json', 'ndjson']) {
      expect((await runBinary(['--format', format, LOG], { env: { FORCE_COLOR: '3' } })).stdout).not.toContain(
        '\u001b',
      );
    }
  });
});

describe.skipIf(isMissing(NO_TERMINAL))(`on a terminal ${NO_TERMINAL ?? ''}`, () => {
  it('without arguments tells what to type, instead of waiting', async () => {
    const terminal = new PseudoTerminal('backend-doctor');
    expect(await terminal.ended).toBe(2);
    expect(terminal.screen.join('\n')).toMatch(
      /^backend-doctor: there is nothing to read \[usage\]\n {2}hint: name files/,
    );
  });

  it('uses colours and the width of the terminal', async () => {
    const terminal = new PseudoTerminal(`backend-doctor '${LOG}'`, { columns: 72 });
    expect(await terminal.ended).toBe(0);
    expect(terminal.output).toContain(ESCAPE);
    const prose = terminal.screen.filter((line) => !/^ *(?:\$ |https:)/.test(line));
    const widest = Math.max(...prose.map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(72);
    expect(widest).toBeGreaterThan(60);
  });

  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('has no colour with %j', async (env) => {
    const terminal = new PseudoTerminal(`backend-doctor '${LOG}'`, { env });
    expect(await terminal.ended).toBe(0);
    expect(terminal.output).not.toContain(ESCAPE);
  });
});

/** A world in which printing fails for a reason that nobody foresaw. */
function brokenIo(env: Io['env']): Io & { readonly said: string[] } {
  const said: string[] = [];
  const out: OutStream = {
    isTty: false,
    columns: 100,
    rows: 24,
    write: () => {
      throw new TypeError('something is undefined');
    },
  };
  const stderr: OutStream = { ...out, write: (text) => said.push(text) };
  return {
    env,
    cwd: '.',
    stdout: out,
    stderr,
    isStdinTty: false,
    signal: new AbortController().signal,
    now: () => 0,
    said,
  };
}

describe('an internal error', () => {
  it('shows no stack trace', async () => {
    const io = brokenIo({});
    expect(await run(['formats'], io)).toBe(EXIT.internal);
    expect(io.said.join('')).toBe(
      'backend-doctor: internal error: something is undefined\n  hint: please report it; BACKEND_DOCTOR_DEBUG=1 shows where it happened\n',
    );
  });

  it('shows it with BACKEND_DOCTOR_DEBUG', async () => {
    const io = brokenIo({ BACKEND_DOCTOR_DEBUG: '1' });
    expect(await run(['formats'], io)).toBe(EXIT.internal);
    expect(io.said.join('')).toMatch(/\n +at .*streams\.test\.ts/);
  });
});

describe('JSON on stdout', () => {
  it('is all there, however large and slowly read', async () => {
    const { code, stdout } = await runShell(
      `backend-doctor --format json '${fixture('incidents')}' | { sleep 1; cat; }`,
    );
    expect(code).toBe(0);
    // More than a pipe holds.
    expect(stdout.length).toBeGreaterThan(128 * 1024);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });
});
