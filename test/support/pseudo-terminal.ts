import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { BINARY, plainEnv } from './binary.ts';
import { screen } from './screen.ts';

/** Why there is no pseudo-terminal here; undefined when there is one. */
export const NO_TERMINAL = reasonForNone();

/** util-linux's `script` runs a command on a terminal of its own. */
function reasonForNone(): string | undefined {
  if (process.platform !== 'linux') return 'the options of script(1) are those of Linux';
  try {
    execFileSync('script', ['--version']);
    return undefined;
  } catch {
    return 'script(1) of util-linux is not installed';
  }
}

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** A shell command on a terminal of its own; `backend-doctor` is the built binary. */
export class PseudoTerminal {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  output = '';

  constructor(command: string, { columns = 100, rows = 30, env = {} }: TerminalOptions = {}) {
    const doctor = `backend-doctor() { '${process.execPath}' '${BINARY}' "$@"; }`;
    const script = `stty cols ${columns} rows ${rows} -echo; ${doctor}; ${command}`;
    this.child = spawn('script', ['--quiet', '--return', '--flush', '--command', script, '/dev/null'], {
      env: plainEnv({ TERM: 'xterm-256color', SHELL: '/bin/bash', ...env }),
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
  }

  /** The lines that stand on the terminal now. */
  get screen(): readonly string[] {
    return screen(this.output.replaceAll('\r\n', '\n\r'));
  }

  /** Presses Ctrl-C. */
  interrupt(): void {
    this.child.stdin.write('\u0003');
  }

  /** Waits until the screen shows something. */
  async until(isReached: (lines: readonly string[]) => boolean, timeoutMs = 5_000): Promise<void> {
    const startedAt = performance.now();
    while (!isReached(this.screen)) {
      if (performance.now() - startedAt > timeoutMs) throw new Error(`not reached:\n${this.screen.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
