import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkEnv } from './support/binary.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BLOCK = /^```(sh|bash|console)\n([^]*?)^```$/gm;
/** The test command of a document runs a small part of the suite (see vitest.config.ts), and not this test again. */
const ENV = {
  README_COMMANDS: '1',
  npm_config_prefer_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
};
const BLOCK_TIMEOUT_MS = 180_000;

/** The commands of a document's shell blocks, one script a block. In `console` blocks they stand behind a prompt. */
function scriptsOf(document: string): readonly string[] {
  const text = readFileSync(join(ROOT, document), 'utf8');
  return [...text.matchAll(BLOCK)].map(([, language, body = '']) =>
    language === 'console'
      ? [...body.matchAll(/^\$ (.*)$/gm)].map(([, command]) => command).join('\n')
      : body.trimEnd(),
  );
}

/** The files that a clone would have, as they are now. */
function copyTrackedFiles(directory: string): void {
  const names = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0');
  for (const name of names.filter((name) => name !== '' && existsSync(join(ROOT, name)))) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    cpSync(join(ROOT, name), join(directory, name));
  }
}

describe.skipIf(!existsSync(join(ROOT, '.git')))(
  'the commands of the documents, in a fresh copy (needs a git checkout)',
  () => {
    describe.each(['README.md', 'CONTRIBUTING.md'])('%s', (document) => {
      let directory: string;

      beforeAll(() => {
        directory = mkdtempSync(join(tmpdir(), 'backend-doctor-copy-'));
        copyTrackedFiles(directory);
      });

      afterAll(() => rmSync(directory, { recursive: true, force: true }));

      it('has some', () => {
        expect(scriptsOf(document).length).toBeGreaterThan(0);
      });

      it.each(scriptsOf(document))(
        '%s',
        (script) => {
          const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', script], {
            cwd: directory,
            env: { ...networkEnv(), ...ENV },
            encoding: 'utf8',
            timeout: BLOCK_TIMEOUT_MS,
          });
          expect(status, `${stdout}\n${stderr}`).toBe(0);
        },
        BLOCK_TIMEOUT_MS,
      );
    });
  },
);
