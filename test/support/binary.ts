import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command line as it is shipped. */
export const BINARY = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Outcome {
  /** Exit code; null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** What stands on standard input; nothing by default. */
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Only what a process needs, so that the terminal and the test runner have no say in the result. */
export function plainEnv(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '', HOME = '/' } = process.env;
  return { PATH, HOME, ...more };
}

/** What npm needs besides to reach its registry: proxies, and the certificates that are trusted on this machine. */
export function networkEnv(): Record<string, string> {
  const isWanted = (name: string): boolean =>
    /^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|(?:https?|no)_proxy)$/i.test(name);
  const found = Object.entries(process.env).filter(([name]) => isWanted(name));
  return plainEnv(Object.fromEntries(found) as Record<string, string>);
}

/** Runs `backend-doctor` to its end. */
export function runBinary(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const running = new Running(args, options);
  running.child.stdin.end(options.input ?? '');
  return running.ended;
}

/** Runs a shell command in which `backend-doctor` is the built binary. */
export function runShell(command: string, { env = {}, cwd }: RunOptions = {}): Promise<Outcome> {
  const script = `set -o pipefail; backend-doctor() { '${process.execPath}' '${BINARY}' "$@"; }; ${command}`;
  const child = spawn('bash', ['-c', script], { env: plainEnv(env), cwd, stdio: 'pipe' });
  child.stdin.end();
  return outcomeOf(child);
}

/** A `backend-doctor` that is still at work. */
export class Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Outcome>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], { env = {}, cwd }: RunOptions = {}) {
    this.child = spawn(process.execPath, [BINARY, ...args], { env: plainEnv(env), cwd, stdio: 'pipe' });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.child.stdin.on('error', () => {});
    this.ended = outcomeOf(this.child);
  }

  /** Waits until something holds; tells what was printed when it does not in time. */
  async until(isReached: (running: this) => boolean, timeoutMs = 5_000): Promise<number> {
    const startedAt = performance.now();
    while (!isReached(this)) {
      if (performance.now() - startedAt > timeoutMs) {
        throw new Error(`not reached in ${timeoutMs} ms; stdout: ${this.stdout}; stderr: ${this.stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return performance.now() - startedAt;
  }
}

function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => {});
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
