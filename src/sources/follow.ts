import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { Problem } from '../model/index.ts';
import { decode } from './decode.ts';
import { expandOpenly, type OpenExpansion } from './expand-paths.ts';
import { GrowingFile, POLL_MS, type Fate } from './growing-file.ts';
import { identityOf, type FileInput, type PipeInput } from './input.ts';
import { binaryPolicy, openSource } from './open-source.ts';
import { ownSignal, sleep } from './pauses.ts';
import { Reporter } from './reporter.ts';
import type { ReadOptions, Source } from './source.ts';

export interface FollowOptions {
  /** Absolute; relative paths start here. */
  readonly cwd: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Ends the following, and the reading of every source that was handed out. */
  readonly signal: AbortSignal;
  readonly onProblem?: (problem: Problem) => void;
}

/** Patterns and directories are looked through again after this long, or longer where that itself takes long. */
const DISCOVER_MS = 1000;
const DISCOVER_LOAD = 0.05;

/**
 * Follows files as they grow, `tail -F` for many: every file is a source of its own, and so is what takes its place
 * when it is rotated, truncated, or deleted and made anew. A source is read to its end before its successor comes, and
 * its lines count from 1. Files that appear later come when they do. The sources must be read side by side, since each
 * lasts until its file is replaced; pipes among the paths last until they end.
 *
 * Files are polled, each with one `stat` a turn, and not watched: `fs.watch` tells nothing on network and container
 * file systems, runs out of inotify watches, and would need the polling beside it anyway.
 *
 * Paths that do not exist yet are reported once as a problem and waited for.
 */
export async function* followPaths(paths: readonly string[], options: FollowOptions): AsyncGenerator<Source> {
  const queue = new SourceQueue();
  const following = new Following(paths, options, queue);
  const stop = (): void => queue.end();
  options.signal.addEventListener('abort', stop);
  try {
    if (options.signal.aborted) return;
    following.run().catch((error: unknown) => queue.fail(error));
    yield* queue;
  } finally {
    options.signal.removeEventListener('abort', stop);
    following.stop();
  }
}

/** Sources on their way from those who find them to the one who reads them. */
class SourceQueue implements AsyncIterable<Source> {
  readonly #waiting: Source[] = [];
  #isEnded = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: () => void = () => {};

  push(source: Source): void {
    this.#waiting.push(source);
    this.#wake();
  }

  /** No more will come; what waits is still handed out. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Source> {
    for (;;) {
      const source = this.#waiting.shift();
      if (source !== undefined) yield source;
      else if (this.#failure !== undefined) throw this.#failure.error;
      else if (this.#isEnded) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}

/** Which paths are followed already, and the search for more. */
class Following {
  readonly #paths: readonly string[];
  readonly #options: FollowOptions;
  readonly #queue: SourceQueue;
  readonly #stopped = new AbortController();
  readonly #signal: AbortSignal;
  /** Absolute paths of files, descriptors of pipes. */
  readonly #known = new Set<string>();
  /** The path that each file was read under. */
  readonly #readAs = new Map<string, string>();
  readonly #told = new Set<string>();

  constructor(paths: readonly string[], options: FollowOptions, queue: SourceQueue) {
    this.#paths = paths;
    this.#options = options;
    this.#queue = queue;
    this.#signal = ownSignal(options.signal, this.#stopped.signal);
  }

  stop(): void {
    this.#stopped.abort();
  }

  async run(): Promise<void> {
    for (let waitMs = 0; !(await sleep(waitMs, this.#signal));) {
      const startedAt = performance.now();
      const expansion = await expandOpenly(this.#paths, this.#options);
      if (this.#signal.aborted) return;
      this.#tell(expansion);
      this.#take(expansion);
      if (isOnlyPipes(expansion)) return this.#queue.end();
      waitMs = Math.max(DISCOVER_MS, (performance.now() - startedAt) / DISCOVER_LOAD);
    }
  }

  #tell({ problems, unusable }: OpenExpansion): void {
    const waiting = unusable.map((problem) => ({ ...problem, message: `${problem.message} Waiting for it.` }));
    for (const problem of [...problems, ...waiting]) {
      const key = `${problem.code} ${problem.source}`;
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      this.#options.onProblem?.(problem);
    }
  }

  #take({ inputs, missing }: OpenExpansion): void {
    const isStart = this.#known.size === 0;
    for (const { name, path } of missing) {
      const facts = { identity: '', modifiedAt: this.#options.now(), sizeBytes: 0 };
      this.#followOnce({ kind: 'file', name, path, origin: 'named', ...facts });
    }
    for (const input of inputs) {
      if (input.kind === 'pipe') this.#openOnce(input);
      else if (isStart || !this.#isRotatedAway(input)) this.#followOnce(input);
    }
  }

  /** Whether the file is what another that is followed was before its rotation, renamed or copied: that has been read. */
  #isRotatedAway(input: FileInput): boolean {
    return this.#isReadElsewhere(input) || this.#hasRotatedName(input);
  }

  #isReadElsewhere({ identity, path }: FileInput): boolean {
    return (this.#readAs.get(identity) ?? path) !== path;
  }

  #hasRotatedName({ path }: FileInput): boolean {
    for (const known of this.#known) {
      if (path.startsWith(known) && ROTATION_SUFFIX.test(path.slice(known.length))) return true;
    }
    return false;
  }

  #openOnce(input: PipeInput): void {
    const key = `pipe ${input.from}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#queue.push(openSource(input, this.#options.now));
  }

  #followOnce(input: FileInput): void {
    if (this.#known.has(input.path)) return;
    this.#known.add(input.path);
    void this.#follow(input);
  }

  async #follow(input: FileInput): Promise<void> {
    let present = input.identity === '' ? undefined : input;
    do {
      const fate = present === undefined ? 'replaced' : await this.#hand(present);
      if (fate === 'left') return;
      if (fate === 'refused') await this.#untilReadable(input.path);
      // `app.log.1` is replaced by what was in `app.log`, again and again.
      else if (this.#hasRotatedName(input)) return;
      const found = await fileAt(input);
      present = found === undefined || this.#isReadElsewhere(found) ? undefined : found;
    } while (!(await sleep(present === undefined ? POLL_MS : 0, this.#signal)));
  }

  #hand(input: FileInput): Promise<Fate> {
    this.#readAs.set(input.identity, input.path);
    const generation = new Generation(input, this.#options.onProblem, this.#signal);
    this.#queue.push(generation);
    return generation.fate;
  }

  async #untilReadable(path: string): Promise<void> {
    while (!(await sleep(DISCOVER_MS, this.#signal))) {
      const isRefused = await access(path, constants.R_OK).then(
        () => false,
        () => true,
      );
      if (!isRefused) return;
    }
  }
}

/** What is under the input's path now. */
async function fileAt(input: FileInput): Promise<FileInput | undefined> {
  const stats = await stat(input.path, { bigint: true }).catch(() => undefined);
  if (stats?.isFile() !== true) return undefined;
  return { ...input, identity: identityOf(stats), modifiedAt: Number(stats.mtimeMs) };
}

/** What rotation puts behind a name: `.1`, `-20240501.gz`, `.old`. */
const ROTATION_SUFFIX = /^[._-]?(?:\d|old|bak|gz|zst|xz|bz2)/i;

function isOnlyPipes({ inputs, unusable }: OpenExpansion): boolean {
  return unusable.length === 0 && inputs.length > 0 && inputs.every(({ kind }) => kind === 'pipe');
}

/** What is to be found under a path until it is replaced or truncated. */
class Generation implements Source {
  readonly name: string;
  readonly modifiedAt: number;
  /** Resolves when the reading of it has ended. */
  readonly fate: Promise<Fate>;
  readonly #input: FileInput;
  readonly #onProblem: ReadOptions['onProblem'];
  readonly #signal: AbortSignal;
  #settle: (fate: Fate) => void = () => {};

  constructor(input: FileInput, onProblem: ReadOptions['onProblem'], signal: AbortSignal) {
    this.name = input.name;
    this.modifiedAt = input.modifiedAt;
    this.#input = input;
    this.#onProblem = onProblem;
    this.#signal = signal;
    this.fate = new Promise((resolve) => (this.#settle = resolve));
  }

  async *chunks(options: ReadOptions = {}): AsyncGenerator<Uint8Array> {
    const ownOptions = this.#onProblem === undefined ? {} : { onProblem: this.#onProblem };
    const reading = { ...ownOptions, ...options, signal: ownSignal(this.#signal, options.signal) };
    const reporter = new Reporter(this.name, reading);
    const file = new GrowingFile(this.#input.path, reading, reporter);
    try {
      yield* decode(file.chunks(), reporter, { binary: binaryPolicy(this.#input) });
    } finally {
      this.#settle(file.fate);
    }
  }
}
