import { fstatSync } from 'node:fs';
import { decode, type BinaryPolicy } from './decode.ts';
import type { FileInput, Input, PipeInput } from './input.ts';
import { withPauses } from './pauses.ts';
import { readFile } from './read-file.ts';
import { openFifo, readPipe } from './read-pipe.ts';
import { Reporter } from './reporter.ts';
import type { ReadOptions, Source } from './source.ts';
import { errorReason } from './system-error.ts';

type Clock = () => number;

/** The source of an input. Nothing is opened before its chunks are asked for. `now` in ms since the epoch. */
export function openSource(input: Input, now: Clock): Source {
  return input.kind === 'file' ? fileSource(input) : pipeSource(input, now);
}

/** How files of this origin are treated that are obviously no text. */
export function binaryPolicy(input: FileInput): BinaryPolicy {
  return input.origin === 'found' ? 'skip' : 'read';
}

function fileSource(input: FileInput): Source {
  return {
    name: input.name,
    modifiedAt: input.modifiedAt,
    sizeBytes: input.sizeBytes,
    chunks(options = {}) {
      const reporter = new Reporter(input.name, options);
      const again = (): AsyncIterable<Uint8Array> => readFile(input, {}, reporter);
      return decode(readFile(input, options, reporter), reporter, { binary: binaryPolicy(input), again });
    },
  };
}

function pipeSource(input: PipeInput, now: Clock): Source {
  return {
    name: input.name,
    ...pipeFacts(input, now),
    chunks(options = {}) {
      const reporter = new Reporter(input.name, options);
      return decode(readLive(input, options, reporter), reporter, { binary: 'read' });
    },
  };
}

/** A redirected file (`< app.log`) has a time and a size, a pipe has none. */
function pipeFacts(input: PipeInput, now: Clock): { modifiedAt: number; sizeBytes?: number } {
  if (typeof input.from === 'number') {
    try {
      const stats = fstatSync(input.from);
      if (stats.isFile()) return { modifiedAt: stats.mtimeMs, sizeBytes: stats.size };
    } catch {
      // Reading it will say what is wrong.
    }
  }
  return { modifiedAt: now() };
}

/**
 * A source of what a program has already in hand: a Readable, a child's stdout, any iterable of bytes or text.
 * `modifiedAt` in ms since the epoch.
 */
export function openStream(name: string, stream: AsyncIterable<Uint8Array | string>, modifiedAt: number): Source {
  return {
    name,
    modifiedAt,
    chunks(options = {}) {
      const reporter = new Reporter(name, options);
      return decode(withPauses(asBytes(stream), options, reporter), reporter, { binary: 'read' });
    },
  };
}

async function* asBytes(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
}

async function* readLive(input: PipeInput, options: ReadOptions, reporter: Reporter): AsyncGenerator<Uint8Array> {
  let chunks: AsyncIterable<Uint8Array>;
  try {
    chunks = readPipe(typeof input.from === 'number' ? input.from : await openFifo(input.from));
  } catch (error) {
    return reporter.report('not-readable', `Cannot be read: ${errorReason(error)}.`);
  }
  yield* withPauses(chunks, options, reporter);
}
