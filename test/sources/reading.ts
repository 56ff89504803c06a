import type { Problem } from '../../src/model/index.ts';
import { isPause, type ReadOptions, type Source } from '../../src/sources/index.ts';

export interface Reading {
  readonly text: string;
  readonly bytes: Buffer;
  readonly chunkSizes: readonly number[];
  readonly pauses: number;
  readonly problems: readonly Problem[];
  readonly codes: readonly string[];
}

/** Reads a source to its end. */
export async function readAll(source: Source, options: ReadOptions = {}): Promise<Reading> {
  const problems: Problem[] = [];
  const chunks: Buffer[] = [];
  let pauses = 0;
  for await (const chunk of source.chunks({ ...options, onProblem: (problem) => problems.push(problem) })) {
    if (isPause(chunk)) pauses++;
    else chunks.push(Buffer.from(chunk));
  }
  const bytes = Buffer.concat(chunks);
  const chunkSizes = chunks.map(({ length }) => length);
  return { text: bytes.toString(), bytes, chunkSizes, pauses, problems, codes: problems.map(({ code }) => code) };
}

/** The bytes in chunks of the given size, as they might come over a network. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Log-like text of at least so many bytes, each line different. */
export function logText(bytes: number): string {
  const lines: string[] = [];
  for (let size = 0, line = 1; size < bytes; line++) {
    const text = `2024-05-02T14:02:${String(line % 60).padStart(2, '0')}Z INFO request ${line} took ${(line * 7919) % 1009} ms\n`;
    lines.push(text);
    size += text.length;
  }
  return lines.join('');
}
