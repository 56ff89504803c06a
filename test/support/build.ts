import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The last file that the build writes. */
const LAST_BUILT = join(ROOT, 'dist/schema/ndjson.json');

/** Builds `dist` once before the tests when it is missing or older than what it is made of. */
export function setup(): void {
  if (modifiedAt(LAST_BUILT) >= newestOf(['src', 'rules', 'build.mjs', 'tsconfig.json', 'package.json'])) return;
  execFileSync(process.execPath, ['build.mjs'], { cwd: ROOT, stdio: 'inherit' });
}

function newestOf(paths: readonly string[]): number {
  const files = paths.flatMap((path) => {
    const isFolder = statSync(join(ROOT, path)).isDirectory();
    return isFolder
      ? readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
      : [path];
  });
  return Math.max(...files.map((file) => modifiedAt(join(ROOT, file))));
}

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
