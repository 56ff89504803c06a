import type { BigIntStats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { devNull } from 'node:os';
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import fastGlob from 'fast-glob';
import { DoctorError, suggest, type Problem, type ProblemCode } from '../model/index.ts';
import { identityOf, STDIN, type FileInput, type Input, type PipeInput } from './input.ts';
import { compareNaturally } from './natural-order.ts';
import { errorCode, errorReason } from './system-error.ts';
import { walk, type Walk } from './walk.ts';

export interface ExpandOptions {
  /** Absolute; relative paths start here. */
  readonly cwd: string;
}

export interface Expansion {
  /** Files in natural order of their names, then pipes in the order given. Each once, whatever its names. */
  readonly inputs: readonly Input[];
  /** What was skipped, and why. */
  readonly problems: readonly Problem[];
}

/** An expansion with the arguments that lead nowhere beside it. */
export interface OpenExpansion extends Expansion {
  readonly unusable: readonly Problem[];
  /** Literal paths, absolute, that do not exist. */
  readonly missing: readonly { readonly name: string; readonly path: string }[];
}

/**
 * What the arguments stand for: files, directories (all files in them, at any depth), patterns, `-` for standard input.
 * What exists under the very name is taken for that, also with brackets in it, before it is read as a pattern. Pipes,
 * devices and sockets are skipped, except for a FIFO or an inherited descriptor (`/dev/fd/63`) that is named itself.
 * @throws DoctorError when a path does not exist, or a pattern or directory holds no file
 */
export async function expandPaths(paths: readonly string[], options: ExpandOptions): Promise<Expansion> {
  const { inputs, problems, unusable } = await expandOpenly(paths, options);
  if (unusable.length > 0) throw new DoctorError(unusable);
  return { inputs, problems };
}

/** As {@link expandPaths}, for callers that wait for what does not exist yet. */
export async function expandOpenly(paths: readonly string[], options: ExpandOptions): Promise<OpenExpansion> {
  const collector = new Collector(options.cwd);
  for (const path of new Set(paths)) await collector.add(path);
  return collector.expansion();
}

const DESCRIPTOR = /^\/(?:dev|proc\/self)\/(?:stdin|fd\/(?<fd>\d{1,9}))$/;
const STATS_AT_ONCE = 128;
/** What a pattern finds that the matcher refuses, such as one of a hundred thousand characters. */
const NOTHING: Walk = { paths: [], problems: [], hidden: [] };

class Collector {
  readonly #cwd: string;
  readonly #files = new Map<string, FileInput>();
  readonly #pipes = new Map<string, PipeInput>();
  readonly #problems: Problem[] = [];
  readonly #unusable: Problem[] = [];
  readonly #missing: { name: string; path: string }[] = [];

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  expansion(): OpenExpansion {
    const files = [...this.#files.values()].sort((a, b) => compareNaturally(a.name, b.name));
    return {
      inputs: [...files, ...this.#pipes.values()],
      problems: this.#problems,
      unusable: this.#unusable,
      missing: this.#missing,
    };
  }

  async add(argument: string): Promise<void> {
    if (argument === '-') return this.#addPipe(STDIN);
    if (argument === '' || argument.includes('\0')) {
      return this.#refuse('path-not-found', argument, 'The path is empty or holds a NUL character.');
    }
    const path = resolve(this.#cwd, argument);
    try {
      await this.#addNamed(argument, path, await stat(path, { bigint: true }));
    } catch (error) {
      await this.#addUnstatable(argument, path, error);
    }
  }

  async #addNamed(name: string, path: string, stats: BigIntStats): Promise<void> {
    if (stats.isDirectory()) return this.#addDirectory(name, path);
    if (stats.isFile() || path === devNull) return this.#addFile({ name, path, origin: 'named' }, stats);
    const descriptor = DESCRIPTOR.exec(path);
    if (descriptor !== null) return this.#addPipe({ kind: 'pipe', name, from: Number(descriptor.groups?.['fd'] ?? 0) });
    if (stats.isFIFO()) return this.#addPipe({ kind: 'pipe', name, from: path });
    this.#skip('not-a-file', name, `It is ${kindOf(stats)}; skipped.`);
  }

  async #addUnstatable(name: string, path: string, error: unknown): Promise<void> {
    const code = errorCode(error);
    if (code === 'ELOOP') return this.#skip('link-loop', name, 'The link points back to itself; skipped.');
    if (!isAbsence(code)) return this.#skip('not-readable', name, `Cannot be read: ${errorReason(error)}.`);
    const pattern = sep === '\\' ? name.replaceAll('\\', '/') : name;
    if (fastGlob.isDynamicPattern(pattern)) return this.#addPattern(pattern);
    this.#missing.push({ name, path });
    this.#refuse('path-not-found', name, 'There is no such file or directory.', await neighbourHint(name, this.#cwd));
  }

  async #addDirectory(name: string, path: string): Promise<void> {
    const prefix = name.replace(/(?<=.)\/+$/, '');
    const show = (inner: string): string => joinShown(prefix, relative(path, inner));
    const found = await walk('**', { directory: path, hidden: 'skip', show });
    if (found.paths.length === 0 && found.problems.length === 0) {
      const hint = found.hidden.length > 0 ? 'it holds only hidden files; name them to read them' : undefined;
      return this.#refuse('no-match', name, 'There is no file in the directory.', hint);
    }
    if (found.hidden.length > 0) this.#skip('hidden-skipped', name, hiddenMessage(found.hidden));
    await this.#addFound(found, (inner) => ({ name: joinShown(prefix, inner), path: resolve(path, inner) }));
  }

  async #addPattern(pattern: string): Promise<void> {
    const show = (path: string): string => (isAbsolute(pattern) ? path : relative(this.#cwd, path));
    const found = await walk(pattern, { directory: this.#cwd, hidden: 'pattern', show }).catch(() => NOTHING);
    const before = this.#problems.length;
    const files = await this.#addFound(found, (path) => ({ name: path, path: resolve(this.#cwd, path) }));
    if (files > 0 || this.#problems.length > before) return;
    const hint = found.paths.length > 0 ? `it matches only directories; try '${pattern}/**'` : undefined;
    this.#refuse('no-match', pattern, 'No file matches the pattern.', hint);
  }

  /** How many of what was found are files to read. */
  async #addFound(found: Walk, locate: (path: string) => { name: string; path: string }): Promise<number> {
    this.#problems.push(...found.problems);
    const places = found.paths.map(locate).sort((a, b) => compareNaturally(a.name, b.name));
    let files = 0;
    for (let start = 0; start < places.length; start += STATS_AT_ONCE) {
      const batch = places.slice(start, start + STATS_AT_ONCE);
      const stats = await Promise.all(
        batch.map(({ path }) => stat(path, { bigint: true }).catch((error: unknown) => error)),
      );
      for (const [index, place] of batch.entries()) files += this.#addEntry(place, stats[index]);
    }
    return files;
  }

  #addEntry({ name, path }: { name: string; path: string }, stats: unknown): 0 | 1 {
    if (!isStats(stats)) {
      this.#skipUnstatable(name, stats);
    } else if (stats.isFile()) {
      this.#addFile({ name, path, origin: 'found' }, stats);
      return 1;
    } else if (!stats.isDirectory()) {
      this.#skip('not-a-file', name, `It is ${kindOf(stats)}; skipped.`);
    }
    return 0;
  }

  #skipUnstatable(name: string, error: unknown): void {
    const code = errorCode(error);
    if (code === 'ELOOP') this.#skip('link-loop', name, 'The link points back to itself; skipped.');
    else if (isAbsence(code)) this.#skip('not-readable', name, 'It is a link to nothing, or has just gone; skipped.');
    else this.#skip('not-readable', name, `Cannot be read: ${errorReason(error)}.`);
  }

  #addFile(file: Pick<FileInput, 'name' | 'path' | 'origin'>, stats: BigIntStats): void {
    const identity = identityOf(stats);
    if (this.#files.get(identity)?.origin === 'named') return;
    if (this.#files.has(identity) && file.origin === 'found') return;
    const facts = { modifiedAt: Number(stats.mtimeMs), sizeBytes: Number(stats.size) };
    this.#files.set(identity, { kind: 'file', identity, ...file, ...facts });
  }

  #addPipe(pipe: PipeInput): void {
    const identity = String(pipe.from);
    if (!this.#pipes.has(identity)) this.#pipes.set(identity, pipe);
  }

  #skip(code: ProblemCode, source: string, message: string): void {
    this.#problems.push({ code, message, source });
  }

  #refuse(code: ProblemCode, source: string, message: string, hint?: string): void {
    this.#unusable.push(hint === undefined ? { code, message, source } : { code, message, source, hint });
  }
}

function isStats(value: unknown): value is BigIntStats {
  return typeof value === 'object' && value !== null && 'isFIFO' in value;
}

/** Whether the error says that there is nothing of that name. */
function isAbsence(code: string): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'no regular file';
}

function joinShown(directory: string, inner: string): string {
  const shown = inner.replaceAll(sep, '/');
  if (shown === '') return directory;
  return directory.endsWith('/') ? `${directory}${shown}` : `${directory}/${shown}`;
}

const NAMED_EXAMPLES = 3;

function hiddenMessage(hidden: readonly string[]): string {
  const examples = [...hidden].sort(compareNaturally).slice(0, NAMED_EXAMPLES).join(', ');
  const rest = hidden.length > NAMED_EXAMPLES ? ` and ${hidden.length - NAMED_EXAMPLES} more` : '';
  return `Hidden, not read: ${examples}${rest}.`;
}

/** What the user may have meant, from what is there: looks at the first part of the path that does not exist. */
async function neighbourHint(name: string, cwd: string): Promise<string | undefined> {
  let missing = resolve(cwd, name);
  let entries: string[] | undefined;
  for (; dirname(missing) !== missing; missing = dirname(missing)) {
    entries = await readdir(dirname(missing)).catch(() => undefined);
    if (entries !== undefined) break;
  }
  const nearest = suggest(basename(missing), entries ?? []);
  if (nearest === undefined || nearest === basename(missing)) return undefined;
  const meant = resolve(dirname(missing), nearest, relative(missing, resolve(cwd, name)));
  return `did you mean ${isAbsolute(name) ? meant : relative(cwd, meant)}?`;
}
