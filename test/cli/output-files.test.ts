import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TargetList } from '../../src/cli/target-list.ts';
import { runBinary } from '../support/binary.ts';
import { fixture } from '../support/fixtures.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const LOG = fixture('incidents', 'postgres-stopped', 'api.log');

describe('--format and --output', () => {
  it('write several outputs of one run, one of them on stdout', async () => {
    const cwd = temporaryDirectory();
    const args = [
      '--format',
      'json',
      '--output',
      'report.json',
      '--format',
      'ndjson',
      '--output',
      'report.ndjson',
      '--format',
      'terminal',
    ];
    const { code, stdout, stderr } = await runBinary([...args, LOG], { cwd, env: { FORCE_COLOR: '1' } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('diagnosis');
    const document = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as { diagnoses: unknown[] };
    const lines = readFileSync(join(cwd, 'report.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(document.diagnoses.length).toBeGreaterThan(0);
    expect(lines.at(-1)?.type).toBe('summary');
  });

  it('leave stdout empty when everything goes to files, which have no colour', async () => {
    const cwd = temporaryDirectory();
    const { code, stdout, stderr } = await runBinary(['--output', 'report.txt', LOG], {
      cwd,
      env: { FORCE_COLOR: '1' },
    });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toMatch(/^ {2}1 diagnosis/);
  });

  it('overwrite a longer file that is there', async () => {
    const cwd = temporaryDirectory();
    await runBinary(['--format', 'json', '--output', 'report.json', LOG], { cwd });
    await runBinary(['--format', 'json', '--output', 'report.json'], { cwd });
    const { diagnoses } = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as { diagnoses: unknown[] };
    expect(diagnoses).toEqual([]);
  });

  it.each([
    ['--format json --output a', [{ format: 'json', file: 'a' }]],
    ['--output a --format json', [{ format: 'json', file: 'a' }]],
    ['--output a', [{ format: 'terminal', file: 'a' }]],
    ['--format json --output a --format terminal', [{ format: 'json', file: 'a' }, { format: 'terminal' }]],
    [
      '--format json --output a --output b',
      [
        { format: 'json', file: 'a' },
        { format: 'terminal', file: 'b' },
      ],
    ],
    ['--format json --format ndjson --output b', [{ format: 'json' }, { format: 'ndjson', file: 'b' }]],
  ])('belong together in %s', (line, targets) => {
    const list = new TargetList();
    const words = line.split(' ');
    for (let index = 0; index < words.length; index += 2) {
      const value = words[index + 1] ?? '';
      if (words[index] === '--format') list.addFormat(value);
      else list.addFile(value);
    }
    expect(list.targets).toEqual(targets);
  });
});

describe('a full disk', () => {
  it.runIf(process.platform === 'linux')('is told for --output', async () => {
    const { code, stdout, stderr } = await runBinary(['--output', '/dev/full', LOG]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'backend-doctor: /dev/full: cannot be written: no space is left on the device [output-failed]\n',
    );
  });
});
