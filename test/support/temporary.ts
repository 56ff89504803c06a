import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'backend-doctor-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A file with a text, gone after the test. */
export function temporaryFile(name: string, text: string | Uint8Array): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, text);
  return path;
}
