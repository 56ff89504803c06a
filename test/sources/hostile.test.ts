import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { expandPaths, openSource } from '../../src/sources/index.ts';
import { readAll, type Reading } from './reading.ts';

const HOSTILE = join(import.meta.dirname, '../../fixtures/hostile');
const WITNESS = 'connect ECONNREFUSED 127.0.0.1:5599';

interface Case {
  readonly file: string;
  readonly what: string;
  readonly lines?: number;
  /** The last line that holds {@link WITNESS}. */
  readonly witness?: number;
}

const { cases } = parse(readFileSync(join(HOSTILE, 'manifest.yaml'), 'utf8')) as { cases: Case[] };

const PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  'garbage-after-the-end.log.gz': ['trailing-garbage'],
  'cut-off.log.gz': ['truncated-archive'],
  'cut-off.log.zst': ['truncated-archive'],
  'wrong-checksum.log.gz': ['corrupt-archive'],
};

async function readNamed(file: string): Promise<Reading> {
  const { inputs } = await expandPaths([file], { cwd: HOSTILE });
  const [input] = inputs;
  if (input === undefined) throw new Error(`${file} is missing`);
  return readAll(openSource(input, Date.now));
}

/** As an editor counts: a last line without newline counts as well. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

describe('hostile input', () => {
  it.each(cases)('$file: $what', async ({ file, lines, witness }) => {
    const reading = await readNamed(file);
    const read = linesOf(reading.text);
    expect(reading.codes).toEqual(PROBLEMS[file] ?? []);
    if (lines !== undefined) expect(read).toHaveLength(lines);
    if (witness !== undefined) expect(read.findLastIndex((line) => line.includes(WITNESS)) + 1).toBe(witness);
  });

  it('delivers the beginning of archives that are cut off', async () => {
    for (const file of ['cut-off.log.gz', 'cut-off.log.zst'])
      expect((await readNamed(file)).text.length).toBeGreaterThan(0);
  });
});
