import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DoctorError, type Problem } from '../model/index.ts';
import type { KnowledgeFile } from './load.ts';

const YAML_NAME = /\.ya?ml$/;

/** The YAML files of the package's own knowledge, named as in the repository. */
export function builtinFiles(directory: URL): KnowledgeFile[] {
  const root = fileURLToPath(directory);
  return yamlFilesIn(root).map((path) => ({ name: join('rules', relative(root, path)), content: readFileSync(path, 'utf8') }));
}

/**
 * The rule files that a user names: files, or directories with all YAML files below them.
 * @throws {DoctorError} when a path does not exist or cannot be read.
 */
export function userFiles(paths: readonly string[]): KnowledgeFile[] {
  const problems: Problem[] = [];
  const files = paths.flatMap((path) => {
    try {
      const found = statSync(path).isDirectory() ? yamlFilesIn(path) : [path];
      return found.map((name) => ({ name, content: readFileSync(name, 'utf8') }));
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      problems.push({
        code: isMissing ? 'path-not-found' : 'not-readable',
        message: isMissing ? 'no such rule file or directory' : `the rule file cannot be read (${(error as Error).message})`,
        source: path,
      });
      return [];
    }
  });
  if (problems.length > 0) throw new DoctorError(problems);
  return files;
}

function yamlFilesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && YAML_NAME.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
