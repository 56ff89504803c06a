import { EXIT, type Io, type OutStream } from './io.ts';
import { notWritten } from './not-written.ts';
import { reportFailure } from './program.ts';

/** Exit code when a second Ctrl-C does not wait for the report. */
const SECOND_SIGNAL_EXIT = 130;

/** The real world: streams, environment and signals of this process. */
export function processIo(): { readonly io: Io; finish(code: number): Promise<void> } {
  const abort = new AbortController();
  // What Node.js warns of (experimental decoders, colour variables that contradict each other) is nothing a user can mend.
  process.removeAllListeners('warning');
  process.on('uncaughtException', (error) => process.exit(reportFailure(error, io)));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    process.exit(reportFailure(notWritten('stdout', error), io));
  });
  // Nobody reads what goes wrong: the results still count.
  process.stderr.on('error', () => {});
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

function outStream(stream: NodeJS.WriteStream): OutStream {
  return {
    get isTty() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 100;
    },
    get rows() {
      return stream.rows ?? 24;
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
