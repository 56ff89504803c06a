import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readRecords } from './read-records.ts';

const DIRECTORY = fileURLToPath(new URL('../../fixtures/formats/', import.meta.url));

interface Case {
  readonly file: string;
  readonly records: number;
}

const { cases } = parse(readFileSync(`${DIRECTORY}manifest.yaml`, 'utf8')) as { readonly cases: readonly Case[] };
const files = readdirSync(DIRECTORY).filter((name) => name.endsWith('.log'));

describe('fixtures of formats', () => {
  it('are all in the manifest', () => {
    expect(files.toSorted()).toEqual(cases.map(({ file }) => file).toSorted());
  });

  it.each(cases)('$file holds $records records of its format', ({ file, records }) => {
    const read = readRecords(readFileSync(`${DIRECTORY}${file}`));
    expect(new Set(read.map(({ format }) => format))).toEqual(new Set([file.replace(/\.log$/, '')]));
    expect(read).toHaveLength(records);
  });

  it.each(cases)('$file says that the query failed, and why', ({ file }) => {
    const failed = readRecords(readFileSync(`${DIRECTORY}${file}`)).filter(({ body }) => /query failed/i.test(body));
    expect(failed.length).toBeGreaterThan(0);
    for (const { severityNumber, attributes, body } of failed) {
      expect(severityNumber).toBe(17);
      const why = [body, attributes.get('exception.message')].join(' ');
      expect(why).toMatch(/connection refused|ECONNREFUSED/i);
    }
  });
});
