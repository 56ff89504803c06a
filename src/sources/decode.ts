import { ByteReader } from './byte-reader.ts';
import { detectContent, isUndecided, looksBinary } from './content.ts';
import { gunzip } from './gunzip.ts';
import type { Reporter } from './reporter.ts';
import { PAUSE } from './source.ts';
import { decodeText } from './transcode.ts';
import { unzstd } from './unzstd.ts';

/** Whether content that is obviously no text is read all the same: it is when the user named the file. */
export type BinaryPolicy = 'read' | 'skip';

export interface DecodeOptions {
  readonly binary: BinaryPolicy;
  /** The same chunks once more, where they can be had. */
  readonly again?: () => AsyncIterable<Uint8Array>;
}

/** From the bytes as stored to UTF-8 text. The content decides, not the name: compression first, then encoding. */
export async function* decode(
  chunks: AsyncIterable<Uint8Array>,
  reporter: Reporter,
  options: DecodeOptions,
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(chunks);
  try {
    while ((await reader.fill()) === 'pause') yield PAUSE;
    if (reader.available.length === 0) return;
    while (isUndecided(reader.available)) if (!(await reader.extend())) break;
    const content = detectContent(reader.available);
    if (content.kind === 'archive') {
      const message = `Compressed with ${content.what}, which is not read here; skipped.`;
      reporter.report('unsupported-archive', message, content.hint);
    } else if (options.binary === 'skip' && isBinary(reader.available)) {
      const what = content.kind === 'binary' ? content.what : 'not text';
      reporter.report(
        'not-text',
        `The content is ${what}; skipped.`,
        content.kind === 'binary' ? content.hint : undefined,
      );
    } else if (content.kind === 'gzip') {
      yield* decodeNested(gunzip(reader, reporter, options.again), reporter);
    } else if (content.kind === 'zstd') {
      yield* decodeNested(unzstd(reader, reporter), reporter);
    } else {
      yield* decodeText(reader, reporter);
    }
  } finally {
    await reader.close();
  }
}

function isBinary(head: Uint8Array): boolean {
  const { kind } = detectContent(head);
  return kind === 'binary' || (kind === 'plain' && looksBinary(head));
}

async function* decodeNested(chunks: AsyncGenerator<Uint8Array>, reporter: Reporter): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(chunks);
  try {
    while ((await reader.fill()) === 'pause') yield PAUSE;
    yield* decodeText(reader, reporter);
  } finally {
    await reader.close();
  }
}
