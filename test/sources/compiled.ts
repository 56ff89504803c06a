import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Compiled {
  /** A module that exports what `src/sources/index.ts` does. */
  readonly module: string;
  remove(): void;
}

/** Compiles the sources to JavaScript, for tests in processes of their own. Inside the package, to find what it needs. */
export function compileSources(): Compiled {
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const directory = mkdtempSync(join(cache, 'test-sources-'));
  const compilerOptions = { rootDir: join(ROOT, 'src'), outDir: directory, declaration: false, noCheck: true };
  const project = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { ...compilerOptions, typeRoots: [join(ROOT, 'node_modules/@types')] },
    files: [join(ROOT, 'src/sources/index.ts')],
    include: [],
  };
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(project));
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', directory]);
  return {
    module: join(directory, 'sources/index.js'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
