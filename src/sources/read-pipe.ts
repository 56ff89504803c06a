import { constants, fstatSync, open, read } from 'node:fs';
import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';
import { isatty, ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import { READ_BYTES } from './source.ts';

/** More than the system hands out of a pipe at once. */
const PIPE_BYTES = 256 * 1024;

/**
 * Opens a FIFO without waiting for its writer; its reader waits. The descriptor is a plain number, since a FileHandle
 * would close it when it is collected.
 */
export function openFifo(path: string): Promise<number> {
  return promisify(open)(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}

/**
 * The bytes of a descriptor that cannot be sought: pipe, FIFO, socket, terminal, or a file at its present offset. Takes
 * the descriptor over and closes it at the end.
 *
 * A pipe is read through `net.Socket`, whose reads wait in the event loop and not in a thread: `fs.read` on a pipe that
 * is silent can neither be cancelled nor does the process end before its writer says something, even after
 * `process.exit`. With a buffer of its own (`onread`) the socket is as fast.
 */
export function readPipe(fd: number): AsyncIterableIterator<Uint8Array> {
  const stats = fstatSync(fd);
  return stats.isFIFO() || stats.isSocket() || isatty(fd) ? new SocketChunks(fd) : readDescriptor(fd);
}

class SocketChunks implements AsyncIterableIterator<Uint8Array> {
  readonly #buffer = Buffer.allocUnsafeSlow(PIPE_BYTES);
  readonly #socket: Socket;
  #filled = 0;
  #isEnded = false;
  #error: Error | undefined;
  #wake: () => void = () => {};

  constructor(fd: number) {
    const onread = {
      buffer: this.#buffer,
      callback: (bytes: number): boolean => {
        this.#settle(() => (this.#filled = bytes));
        return false;
      },
    };
    this.#socket = isatty(fd)
      ? new TerminalStream(fd, { onread })
      : new Socket(withBuffer({ fd, writable: false }, onread));
    this.#socket.on('end', () => this.#settle(() => (this.#isEnded = true)));
    this.#socket.on('close', () => this.#settle(() => (this.#isEnded = true)));
    this.#socket.on('error', (error) => this.#settle(() => (this.#error = error)));
    this.#socket.resume();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    for (;;) {
      if (this.#filled > 0) return { done: false, value: this.#takeFilled() };
      if (this.#error !== undefined && !isHangUp(this.#error)) throw this.#error;
      if (this.#isEnded) return this.return();
      const changed = new Promise<void>((resolve) => (this.#wake = resolve));
      this.#socket.resume();
      await changed;
    }
  }

  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#socket.destroy();
    return { done: true, value: undefined };
  }

  #takeFilled(): Uint8Array {
    const chunk = this.#buffer.subarray(0, this.#filled);
    this.#filled = 0;
    return chunk;
  }

  #settle(change: () => void): void {
    change();
    this.#wake();
  }
}

/** The types of Node know `onread` only for sockets that connect. */
function withBuffer(options: SocketConstructorOpts, onread: OnReadOpts): SocketConstructorOpts {
  return { ...options, onread } as SocketConstructorOpts;
}

/** The types of Node leave out that a terminal takes the options of a socket. */
const TerminalStream = ReadStream as unknown as new (fd: number, options: object) => Socket;

/** A terminal or a peer that goes away ends the input; it is no failure to read. */
function isHangUp(error: Error): boolean {
  return 'code' in error && (error.code === 'EIO' || error.code === 'ECONNRESET');
}

async function* readDescriptor(fd: number): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  for (;;) {
    const bytes = await new Promise<number>((resolve, reject) => {
      read(fd, buffer, 0, buffer.length, null, (error, count) => (error === null ? resolve(count) : reject(error)));
    });
    if (bytes === 0) return;
    yield buffer.subarray(0, bytes);
  }
}
