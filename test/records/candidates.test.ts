import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../src/model/index.ts';
import { RuleSet } from '../../src/rules/index.ts';
import { strideScanner } from '../../src/scan/index.ts';
import { loadBuiltin } from '../rules/knowledge-files.ts';
import { assembleScanned } from './assemble.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const SCANNER = strideScanner(new RuleSet(loadBuiltin().knowledge.rules).literals);

/** Dumps of which a candidate stands farther from the start than is looked back. */
const TOO_LONG = new Set(['java/deadlock.log', 'redis/server-crash.log']);

/** What a reader of the report sees of a record. */
function essence({ location, body, raw, format, severityNumber, timestamp, stream }: LogRecord): object {
  return { location, body, raw, format, severityNumber, timestamp, stream };
}

function byLine(a: LogRecord, b: LogRecord): number {
  return a.location.line - b.location.line;
}

describe.each(['incidents', 'quiet', 'technologies'])('records around the candidates of %s', (room) => {
  const root = new URL(`${room}/`, FIXTURES);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.log') && !TOO_LONG.has(name),
  );

  it.each(files)('%s', (name) => {
    const log = readFileSync(new URL(name, root));
    // Interleaved streams end their records at different times, so only the order of their lines is promised.
    const around = assembleScanned(log, SCANNER, false).records.toSorted(byLine).map(essence);
    expect(around).toEqual(assembleScanned(log, SCANNER, true).records.toSorted(byLine).map(essence));
  });
});
