import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readRecords } from './read-records.ts';

const FOLDER = new URL('../../fixtures/hostile/', import.meta.url);

interface Case {
  readonly file: string;
  readonly lines?: number;
  /** The last line that tells of the refused connection. */
  readonly witness?: number;
}

const { cases } = parse(readFileSync(new URL('manifest.yaml', FOLDER), 'utf8')) as { readonly cases: readonly Case[] };
/** Its witness stands behind the first megabyte of a line, which is all that is read of one. */
const LONGER_THAN_READ = 'three-megabyte-line.log.gz';
/** What the formats and records get to see: bytes in UTF-8. Sources have decoded the rest before. */
const LARGE = new Set([LONGER_THAN_READ, 'blank-lines.log.gz', 'ten-thousand-causes.log.gz', 'endless-trace.log.gz']);
const readable = cases.filter(({ file }) => LARGE.has(file) || /^(?!utf16|gzip-).*\.log$/.test(file));

function contentOf(file: string): Uint8Array {
  const content = readFileSync(new URL(file, FOLDER));
  return file.endsWith('.gz') ? gunzipSync(content) : content;
}

describe('records of hostile input', () => {
  it.each(readable)('$file keeps its lines and its witness', ({ file, lines, witness }) => {
    const records = readRecords(contentOf(file));
    const last = records.at(-1)?.location.endLine ?? 0;
    expect(last).toBeLessThanOrEqual(lines ?? 0);
    if (witness === undefined || file === LONGER_THAN_READ) return;
    const holder = records.find(({ location }) => location.line <= witness && witness <= location.endLine);
    const said = [holder?.body ?? '', ...(holder?.attributes.values() ?? [])].join('\n');
    expect(said).toContain('ECONNREFUSED 127.0.0.1:5599');
  });

  it('never turns a field into a prototype', () => {
    readRecords(contentOf('prototype-keys.log'));
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
