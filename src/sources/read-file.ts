import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Reporter } from './reporter.ts';
import { READ_BYTES, type ReadOptions } from './source.ts';
import { errorReason } from './system-error.ts';

/** For files that do not know their size, such as those of /proc. */
const UNKNOWN_SIZE_BYTES = 64 * 1024;

/** Never waits for a writer, should a FIFO have taken the file's place. */
export const READ_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Opens for reading; undefined, and reported, when that fails. */
async function openForReading(path: string, reporter: Reporter): Promise<FileHandle | undefined> {
  try {
    return await open(path, READ_FLAGS);
  } catch (error) {
    reporter.report('not-readable', `Cannot be opened: ${errorReason(error)}.`);
    return undefined;
  }
}

export interface FileToRead {
  readonly path: string;
  readonly sizeBytes: number;
}

/** The bytes of a regular file as stored, with one read under way while the chunk before is in use. */
export async function* readFile(
  file: FileToRead,
  options: ReadOptions,
  reporter: Reporter,
): AsyncGenerator<Uint8Array> {
  const handle = await openForReading(file.path, reporter);
  if (handle === undefined) return;
  const nextBuffer = options.nextBuffer ?? buffersInTurn(file.sizeBytes);
  let pending = readAt(handle, nextBuffer(), 0);
  try {
    for (let position = 0; ;) {
      const result = await pending;
      if (result instanceof Error) return reporter.report('read-failed', `Reading stopped: ${errorReason(result)}.`);
      if (result.length === 0 || options.signal?.aborted === true) return;
      position += result.length;
      pending = readAt(handle, nextBuffer(), position);
      yield result;
    }
  } finally {
    await pending;
    await handle.close();
  }
}

/** Never rejects, since nobody waits for it while the chunk before is in use. */
async function readAt(handle: FileHandle, buffer: Uint8Array, position: number): Promise<Uint8Array | Error> {
  try {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Two buffers, used alternately; small ones for small files. */
function buffersInTurn(sizeBytes: number): () => Uint8Array {
  const bytes = sizeBytes === 0 ? UNKNOWN_SIZE_BYTES : Math.min(sizeBytes + 1, READ_BYTES);
  const buffers: Uint8Array[] = [];
  return () => {
    const buffer = (buffers.length === 2 ? buffers.shift() : undefined) ?? Buffer.allocUnsafeSlow(bytes);
    buffers.push(buffer);
    return buffer;
  };
}
