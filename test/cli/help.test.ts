import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FORMATS, WRAPPERS } from '../../src/formats/index.ts';
import { OUTPUTS } from '../../src/outputs/index.ts';
import { builtinKnowledge } from '../../src/rules/index.ts';
import { runBinary } from '../support/binary.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

describe('--help', () => {
  it('explains the options, the exit codes and gives examples', async () => {
    const { code, stdout, stderr } = await runBinary(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const part of ['Usage: backend-doctor', '--follow', '--fail-on', '--format', 'Exit codes:', 'Examples:']) {
      expect(stdout).toContain(part);
    }
    expect(stdout).toContain('tail -f app.log | backend-doctor');
  });

  it('names only outputs, conditions and commands that there are', async () => {
    const { stdout } = await runBinary(['--help']);
    const explained = /backend-doctor explain (\S+)/.exec(stdout)?.[1] ?? '';
    expect(builtinKnowledge().conditions.has(explained)).toBe(true);
    for (const { id } of OUTPUTS) expect(stdout).toContain(id);
  });

  it.each([
    ['rules'],
    ['rules', 'list'],
    ['rules', 'lint'],
    ['rules', 'test'],
    ['rules', 'show'],
    ['explain'],
    ['formats'],
  ])('is there for %s %s', async (...command) => {
    const { code, stdout, stderr } = await runBinary([...command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: backend-doctor ${command.join(' ')}`);
  });

  it('fits a terminal of 80 columns', async () => {
    const { stdout } = await runBinary(['--help']);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('--version', () => {
  it.each(['--version', '-V'])('%s is that of the package', async (option) => {
    expect(await runBinary([option])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('formats', () => {
  it('lists every format and wrapper with its title', async () => {
    const { code, stdout, stderr } = await runBinary(['formats']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { id, title } of [...FORMATS, ...WRAPPERS]) {
      expect(stdout.split('\n')).toContain(`  ${id.padEnd(24)}${title}`);
    }
  });

  it('lists them as JSON', async () => {
    const { stdout } = await runBinary(['formats', '--json']);
    const { formats, wrappers } = JSON.parse(stdout) as Record<string, readonly { id: string; title: string }[]>;
    expect(formats?.map(({ id }) => id)).toEqual(FORMATS.map(({ id }) => id));
    expect(wrappers?.map(({ id }) => id)).toEqual(WRAPPERS.map(({ id }) => id));
  });
});
