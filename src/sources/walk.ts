import { lstat, stat, type Dirent, type readdir } from 'node:fs';
import { readdir as readdirPromise, stat as statPromise } from 'node:fs/promises';
import { dirname } from 'node:path';
import fastGlob from 'fast-glob';
import type { Problem } from '../model/index.ts';
import { errorCode, errorReason } from './system-error.ts';

/** What a walk met, not sorted. */
export interface Walk {
  /** Paths relative to the directory walked from, or absolute for an absolute pattern; anything but directories. */
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
  /** Hidden entries that were passed over. */
  readonly hidden: readonly string[];
}

/** Which of the dot files a walk sees: `skip` keeps count of them, `pattern` leaves it to the pattern. */
export type HiddenPolicy = 'skip' | 'pattern';

export interface WalkOptions {
  /** Absolute. */
  readonly directory: string;
  readonly hidden: HiddenPolicy;
  /** How to show an absolute path to the user. */
  readonly show: (path: string) => string;
}

/** A directory that links lead to again and again is entered this often at most. */
const MAX_VISITS = 16;

/** All entries that the pattern matches, links followed, through every directory that can be read. */
export async function walk(pattern: string, options: WalkOptions): Promise<Walk> {
  const guard = new DirectoryGuard(options);
  const paths = await fastGlob.glob(pattern, {
    cwd: options.directory,
    dot: options.hidden === 'skip',
    onlyFiles: false,
    unique: true,
    fs: { lstat, stat, readdir: guard.readdir },
  });
  return { paths, problems: guard.problems, hidden: guard.hidden };
}

type ReaddirCallback = (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void;

/** Reads directories for the walk: reports those that cannot be read, and does not follow links in circles. */
class DirectoryGuard {
  readonly problems: Problem[] = [];
  readonly hidden: string[] = [];
  readonly #options: WalkOptions;
  readonly #identities = new Map<string, string>();
  readonly #visits = new Map<string, number>();

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** In the shape that fast-glob asks for. */
  readonly readdir = ((path: string, _options: object, callback: ReaddirCallback): void => {
    const report = (error: unknown): Dirent[] => this.#refuse(path, error);
    const answer = (entries: Dirent[]): void => callback(null, entries);
    this.#entries(path)
      .catch(report)
      .then(answer, () => answer([]));
  }) as typeof readdir;

  async #entries(path: string): Promise<Dirent[]> {
    if (!(await this.#mayEnter(path))) return [];
    const entries = await readdirPromise(path, { withFileTypes: true });
    if (this.#options.hidden === 'pattern') return entries;
    const isHidden = (entry: Dirent): boolean => entry.name.startsWith('.');
    this.hidden.push(...entries.filter(isHidden).map((entry) => this.#options.show(`${path}/${entry.name}`)));
    return entries.filter((entry) => !isHidden(entry));
  }

  async #mayEnter(path: string): Promise<boolean> {
    const { dev, ino } = await statPromise(path, { bigint: true });
    const identity = `${dev}:${ino}`;
    if (this.#isBelowItself(path, identity)) {
      this.#report('link-loop', path, 'A link leads back to a directory above it; not followed.');
      return false;
    }
    this.#identities.set(path, identity);
    const visits = (this.#visits.get(identity) ?? 0) + 1;
    this.#visits.set(identity, visits);
    return visits <= MAX_VISITS;
  }

  #isBelowItself(path: string, identity: string): boolean {
    for (let child = path, parent = dirname(path); parent !== child; child = parent, parent = dirname(parent)) {
      if (this.#identities.get(parent) === identity) return true;
    }
    return false;
  }

  #refuse(path: string, error: unknown): Dirent[] {
    if (errorCode(error) !== 'ENOENT') {
      this.#report('not-readable', path, `The directory cannot be read: ${errorReason(error)}.`);
    }
    return [];
  }

  #report(code: Problem['code'], path: string, message: string): void {
    this.problems.push({ code, message, source: this.#options.show(path) });
  }
}
