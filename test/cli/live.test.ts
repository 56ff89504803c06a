import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Running } from '../support/binary.ts';
import { fixture } from '../support/fixtures.ts';
import type { JsonFinding } from '../support/json-report.ts';
import { isMissing } from '../support/missing.ts';
import { NO_TERMINAL, PseudoTerminal } from '../support/pseudo-terminal.ts';
import { temporaryDirectory, temporaryFile } from '../support/temporary.ts';

const API_LOG = readFileSync(fixture('incidents', 'postgres-stopped', 'api.log'), 'utf8').split('\n');
const HEALTHY = `${API_LOG.slice(0, 50).join('\n')}\n`;
/** One failure and nothing else: no request failed by it. */
const REFUSED = `${API_LOG.find((line) => line.includes('"health check failed"')) ?? ''}\n`;
/** The contract says a second; a machine under load may be late. */
const BOUND_MS = 5_000;

interface LiveFinding {
  readonly type: string;
  readonly isPreview: boolean;
  readonly finding: JsonFinding;
}

function doctor(...args: readonly string[]): Running {
  const running = new Running(args);
  onTestFinished(() => void running.child.kill('SIGKILL'));
  return running;
}

/** `tail -f file | backend-doctor …`, with the real tail. */
function behindTail(
  path: string,
  ...args: readonly string[]
): { readonly running: Running; readonly tail: ChildProcess } {
  const running = doctor(...args);
  const tail = spawn('tail', ['-n', '+1', '-f', path], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void tail.kill('SIGKILL'));
  tail.stdout.pipe(running.child.stdin);
  return { running, tail };
}

function events({ stdout }: { readonly stdout: string }): readonly LiveFinding[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LiveFinding);
}

async function interrupted(running: Running): Promise<{ code: number | null; stdout: string; stderr: string }> {
  running.child.kill('SIGINT');
  return running.ended;
}

describe('tail -f file | backend-doctor', () => {
  it.each([
    ['ndjson', ['--format', 'ndjson']],
    ['terminal', []],
  ])('shows a finding while the pipe goes on (%s)', async (_, args) => {
    const path = temporaryFile('app.log', HEALTHY);
    const { running } = behindTail(path, ...args);
    await sleep(1_000);
    expect(running.stdout).toBe('');
    appendFileSync(path, REFUSED);
    const delayMs = await running.until(({ stdout }) => stdout.includes('connection-refused'), BOUND_MS);
    console.info(`shown ${Math.round(delayMs)} ms after its line`);
    const { code, stdout, stderr } = await interrupted(running);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('127.0.0.1:5480');
  });

  it('does not wait for a pause of a log that never pauses', async () => {
    const running = doctor();
    let line = 0;
    const chatter = setInterval(() => {
      line++;
      const text = line === 20 ? REFUSED : `{"level":30,"time":${1763700000000 + line},"msg":"tick ${line}"}\n`;
      running.child.stdin.write(text);
    }, 20);
    onTestFinished(() => clearInterval(chatter));
    await running.until(({ stdout }) => stdout.includes('connection-refused'), BOUND_MS);
    clearInterval(chatter);
    expect((await interrupted(running)).code).toBe(0);
  });

  it('does not flood a pipe with repeats, and counts them all in the report', async () => {
    const path = temporaryFile('app.log', HEALTHY);
    const { running } = behindTail(path);
    appendFileSync(path, REFUSED);
    await running.until(({ stdout }) => stdout.includes('connection-refused'), BOUND_MS);
    for (let burst = 0; burst < 10; burst++) {
      appendFileSync(path, REFUSED.repeat(100));
      await sleep(50);
    }
    await sleep(500);
    expect(running.stdout.trimEnd().split('\n')).toHaveLength(1);
    const { stdout } = await interrupted(running);
    expect(stdout).toContain('1,001 times');
  });

  it('tells the same in NDJSON: a finding once, then the diagnosis and the summary', async () => {
    const path = temporaryFile('app.log', HEALTHY + REFUSED.repeat(3));
    const { running } = behindTail(path, '--format', 'ndjson');
    await running.until(({ stdout }) => stdout.includes('"finding"'), BOUND_MS);
    appendFileSync(path, REFUSED.repeat(4));
    await sleep(500);
    const all = events(await interrupted(running));
    expect(all.map(({ type }) => type)).toEqual(['finding', 'diagnosis', 'summary']);
    expect(all[1]).toMatchObject({ condition: 'connection-refused', count: 7 });
  });

  it('shows the report when the pipe ends', async () => {
    const running = doctor();
    running.child.stdin.end(HEALTHY + REFUSED);
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}1 diagnosis/);
  });

  it('ends with 1 after Ctrl-C when something at or above --fail-on was found', async () => {
    const path = temporaryFile('app.log', HEALTHY + REFUSED);
    const { running } = behindTail(path, '--fail-on', 'error');
    await running.until(({ stdout }) => stdout.includes('connection-refused'), BOUND_MS);
    expect((await interrupted(running)).code).toBe(1);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('prints the whole report on %s', async (signal) => {
    const path = temporaryFile('app.log', HEALTHY + REFUSED);
    const { running } = behindTail(path);
    await running.until(({ stdout }) => stdout.includes('connection-refused'), BOUND_MS);
    running.child.kill(signal);
    const { code, stdout } = await running.ended;
    expect(code).toBe(0);
    for (const label of ['1 diagnosis', 'proof', 'do now', 'check']) expect(stdout).toContain(label);
  });
});

describe('a record whose stack trace arrives in two writes', () => {
  const trace = `2026-11-21T02:44:03.100Z ERROR query failed
Error: connect ECONNREFUSED 127.0.0.1:5480
    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)
`;
  const rest = `    at async Pool.query (/srv/shop/node_modules/pg-pool/index.js:45:11) {
  errno: -111,
  code: 'ECONNREFUSED',
  syscall: 'connect',
  address: '127.0.0.1',
  port: 5480
}
2026-11-21T02:44:04.000Z INFO still here
`;

  it('is shown early and counted once', async () => {
    const running = doctor('--format', 'ndjson');
    running.child.stdin.write(HEALTHY);
    await sleep(1_500);
    running.child.stdin.write(trace);
    await sleep(400);
    await running.until(({ stdout }) => stdout.includes('"finding"'), BOUND_MS);
    running.child.stdin.write(rest);
    await sleep(400);
    const all = events(await interrupted(running));
    const findings = all.filter(({ type }) => type === 'finding');
    expect(findings.map(({ isPreview, finding }) => [isPreview, finding.condition])).toEqual([
      [true, 'connection-refused'],
    ]);
    expect(all.filter(({ type }) => type === 'diagnosis')).toMatchObject([
      { condition: 'connection-refused', count: 1 },
    ]);
  });
});

describe('backend-doctor -f file', () => {
  const later = REFUSED.replaceAll('5480', '5481');

  async function following(...paths: readonly string[]): Promise<Running> {
    const running = doctor('-f', '--format', 'ndjson', ...paths);
    await running.until(({ stdout }) => stdout.includes('5480'), BOUND_MS);
    return running;
  }

  it('goes on through a rotation by rename', async () => {
    const path = join(temporaryDirectory(), 'app.log');
    writeFileSync(path, HEALTHY + REFUSED);
    const running = await following(path);
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, REFUSED);
    await sleep(300);
    writeFileSync(path, later);
    await running.until(({ stdout }) => stdout.includes('5481'), BOUND_MS);
    const { code, stdout } = await interrupted(running);
    expect(code).toBe(0);
    const counts = events({ stdout }).filter(({ type }) => type === 'diagnosis') as unknown as readonly {
      count: number;
    }[];
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });

  it('goes on through a rotation by copytruncate', async () => {
    const path = join(temporaryDirectory(), 'app.log');
    writeFileSync(path, HEALTHY + REFUSED);
    const running = await following(path);
    copyFileSync(path, `${path}.1`);
    truncateSync(path);
    await sleep(300);
    appendFileSync(path, later);
    await running.until(({ stdout }) => stdout.includes('5481'), BOUND_MS);
    expect((await interrupted(running)).code).toBe(0);
  });

  it('says at once that it waits for a file that is not there', async () => {
    const path = join(temporaryDirectory(), 'app.log');
    const running = doctor('-f', '--format', 'ndjson', path);
    await running.until(({ stderr }) => stderr.includes('Waiting for it'), BOUND_MS);
    writeFileSync(path, REFUSED);
    await running.until(({ stdout }) => stdout.includes('5480'), BOUND_MS);
    expect((await interrupted(running)).code).toBe(0);
  });

  it('reads standard input when there is no file', async () => {
    const running = doctor('-f');
    running.child.stdin.write(REFUSED);
    await running.until(({ stdout }) => stdout.includes('connection-refused'), BOUND_MS);
    running.child.stdin.end();
    expect((await running.ended).code).toBe(0);
  });
});

describe.skipIf(isMissing(NO_TERMINAL))(`on a terminal ${NO_TERMINAL ?? ''}`, () => {
  function onTerminal(path: string, rows = 30): PseudoTerminal {
    const terminal = new PseudoTerminal(`tail -n +1 -f '${path}' | backend-doctor`, { rows });
    onTestFinished(() => void terminal.child.kill('SIGKILL'));
    return terminal;
  }

  it('counts repeats in place, and puts the report there in the end', async () => {
    const path = temporaryFile('app.log', HEALTHY + REFUSED);
    const terminal = onTerminal(path);
    await terminal.until(([first = '']) => first.includes('connection-refused'), BOUND_MS);
    for (let round = 0; round < 5; round++) {
      appendFileSync(path, REFUSED.repeat(10));
      await sleep(200);
    }
    await terminal.until(([first = '']) => first.includes('×51'), BOUND_MS);
    expect(terminal.screen.filter((line) => line !== '')).toHaveLength(1);
    terminal.interrupt();
    await terminal.ended;
    const lines = terminal.screen;
    expect(lines[0]).toContain('1 diagnosis');
    expect(lines.join('\n')).toContain('51 times');
    expect(lines.join('\n')).not.toContain('×51');
  });

  it('keeps findings that no longer fit on the screen above it', async () => {
    const refusals = Array.from({ length: 12 }, (_, index) => REFUSED.replaceAll('5480', String(6000 + index)));
    const path = temporaryFile('app.log', HEALTHY);
    const terminal = onTerminal(path, 8);
    for (const refusal of refusals) {
      appendFileSync(path, refusal);
      await sleep(250);
    }
    await terminal.until((lines) => lines.some((line) => line.includes(':6011')), BOUND_MS);
    const shown = terminal.screen.flatMap((line) => /127\.0\.0\.1:(6\d+)/.exec(line)?.[1] ?? []);
    expect(shown).toEqual(refusals.map((_, index) => String(6000 + index)));
    terminal.interrupt();
    await terminal.ended;
  });
});
