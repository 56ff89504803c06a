import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRecords } from '../formats/read-records.ts';

const TRACES = new URL('../../fixtures/formats/traces/', import.meta.url);
const AFTER = '{"level":30,"time":1795230310215,"pid":1,"hostname":"vm","msg":"ready"}';

describe('a trace in a log is one record', () => {
  it.each(readdirSync(TRACES).filter((name) => name.endsWith('.log')))('%s', (name) => {
    const trace = readFileSync(new URL(name, TRACES), 'utf8');
    const records = readRecords(`${trace}${AFTER}\n`);
    expect(records.map(({ raw }) => raw.trimEnd())).toEqual([trace.trimEnd(), AFTER]);
  });
});
