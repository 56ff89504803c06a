import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS, WRAPPERS, parseLine, peelLine } from '../../src/formats/index.ts';
import { CLOCK, readRecords } from './read-records.ts';

const SAMPLES = FORMATS.flatMap(({ samples }) => samples.map(({ text }) => text.split('\n')[0] ?? ''));
const PREFIXES = WRAPPERS.flatMap(({ samples }) => samples.map(({ template }) => template.split('{}')[0] ?? ''));
const LONG = 60_000;

/** What a line could be stretched with so that a careless pattern tries everything. */
const FILLERS = [
  ' ',
  'a',
  '0',
  '"',
  '\\',
  '[',
  '(',
  '{',
  ':',
  ',',
  '.',
  '-',
  '|',
  '\t',
  'a=b ',
  '[a] ',
  '"a":',
  'aA0.:-',
  '\x1b[',
  'é',
];

function readEverywhere(line: string): void {
  for (const wrapper of WRAPPERS) wrapper.peel(line, CLOCK);
  for (const format of FORMATS) format.parse(line, CLOCK);
  parseLine(peelLine(line, WRAPPERS, CLOCK).inner, FORMATS, CLOCK);
}

function slowest(line: string): { id: string; ms: number } {
  let worst = { id: '', ms: 0 };
  for (const { id, parse } of [...FORMATS, ...WRAPPERS.map((wrapper) => ({ id: wrapper.id, parse: wrapper.peel }))]) {
    const start = performance.now();
    parse(line, CLOCK);
    const ms = performance.now() - start;
    if (ms > worst.ms) worst = { id, ms };
  }
  return worst;
}

describe('hostile lines', () => {
  it('never make a format or a wrapper throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 })), (line) => {
        readEverywhere(line);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('made of samples that were cut, glued and changed never make one throw', () => {
    const piece = fc
      .tuple(fc.constantFrom(...SAMPLES, ...PREFIXES), fc.nat(400), fc.nat(400))
      .map(([text, from, length]) => text.slice(from % (text.length + 1), (from % (text.length + 1)) + length));
    const line = fc
      .tuple(fc.constantFrom('', ...PREFIXES), piece, fc.string({ maxLength: 8 }), piece)
      .map((parts) => parts.join(''));
    fc.assert(fc.property(line, readEverywhere), { numRuns: 1_500, seed: 7 });
  });

  it('made of JSON with any values never make one throw', () => {
    const names = [
      'level',
      'time',
      'timestamp',
      '@timestamp',
      'ts',
      'msg',
      'message',
      'log',
      'MESSAGE',
      'PRIORITY',
      'v',
      'name',
      'severity',
      '@t',
      '@mt',
      'fields',
      'target',
      'response_flags',
      'response_code',
      'short_message',
      'resourceLogs',
      '__proto__',
      'err',
      'stream',
      '_HOSTNAME',
      'app_name',
      'process_id',
      't',
      's',
      'c',
      'attr',
      'error_severity',
    ];
    const object = fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 10 });
    fc.assert(
      fc.property(object, (value) => readEverywhere(JSON.stringify(value))),
      { numRuns: 1_500, seed: 7 },
    );
  });

  it.each(FILLERS)('stretched with %j take no long time', (filler) => {
    const run = filler.repeat(LONG / filler.length);
    for (const start of ['', ...PREFIXES, ...SAMPLES.map((text) => text.slice(0, 40)), ...SAMPLES]) {
      const { id, ms } = slowest(`${start}${run}!`);
      expect([id, start, ms < 1_000]).toEqual([id, start, true]);
    }
  });
});

describe('hostile JSON', () => {
  it('does not reach a prototype', () => {
    const [record] = readRecords(
      '{"level":30,"time":1531171074631,"msg":"x","__proto__":{"a":1},"constructor":{"b":2}}\n',
    );
    expect(record?.attributes.get('__proto__.a')).toBe(1);
    expect(record?.attributes.get('constructor.b')).toBe(2);
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });

  it('keeps no more than 256 fields and 8 levels', () => {
    const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, index]));
    const deep = `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`;
    const [record] = readRecords(`${JSON.stringify({ level: 30, time: 1531171074631, msg: 'x', ...wide })}\n`);
    expect(record?.attributes.size).toBeLessThan(300);
    expect(readRecords(`{"level":30,"time":1531171074631,"msg":"x","deep":${deep}}\n`)[0]?.format).toBe('pino');
  });
});
