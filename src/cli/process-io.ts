import type { Io, OutStream } from './io.ts';

/** How long a closed reader may take to be noticed before the process ends anyway. */
const SECOND_SIGNAL_EXIT = 130;

/** The real world: streams, environment and signals of this process. */
export function processIo(): { readonly io: Io; finish(code: number): Promise<void> } {
  const abort = new AbortController();
  quietWhenClosed(process.stdout, abort);
  quietWhenClosed(process.stderr, abort);
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (abort.signal.aborted) process.exit(SECOND_SIGNAL_EXIT);
      abort.abort(name);
    });
  }
  const io: Io = {
    env: process.env,
    cwd: process.cwd(),
    stdout: outStream(process.stdout),
    stderr: outStream(process.stderr),
    isStdinTty: process.stdin.isTTY === true,
    signal: abort.signal,
    now: () => Date.now(),
  };
  return { io, finish };
}

/** The reader went away (`| head -1`): end quietly, as if all had been read. */
function quietWhenClosed(stream: NodeJS.WriteStream, abort: AbortController): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    abort.abort('EPIPE');
    process.exit(0);
  });
}

function outStream(stream: NodeJS.WriteStream): OutStream {
  return {
    get isTty() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 100;
    },
    write: (text) => void stream.write(text),
  };
}

/** Lets what was written reach its reader, then ends, also when a read is still pending. */
async function finish(code: number): Promise<void> {
  process.exitCode = code;
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  process.exit(code);
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
