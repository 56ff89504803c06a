import { describe, expect, it } from 'vitest';
import { normaliseStatement, ThresholdGate } from '../../src/diagnosis/index.ts';
import type { Match } from '../../src/model/index.ts';
import { logRecord } from '../rules/log-record.ts';
import { matchOf, ruleOf } from './shop-rules.ts';

const EACH = ruleOf('shop/each');
const BY_STATEMENT = ruleOf('shop/slow', 'threshold: {count: 3, within: 5s, by: [statement]}');
const BY_REQUEST = ruleOf('shop/loop', 'threshold: {count: 3, within: 5s, by: [request, statement]}');

interface Query {
  readonly atMs?: number;
  readonly statement?: string;
  readonly request?: string;
  readonly pid?: number;
}

function query({ atMs, statement = 'SELECT 1', request, pid = 1 }: Query, rule = BY_STATEMENT): Match {
  const attributes = { 'process.pid': pid, ...(request === undefined ? {} : { 'request.id': request }) };
  const record = logRecord('query', {
    attributes,
    ...(atMs === undefined ? {} : { timestamp: 1_795_264_800_000 + atMs }),
  });
  return matchOf(rule, { statement }, record);
}

/** How many matches each one lets through. */
function passed(queries: readonly Query[], rule = BY_STATEMENT): readonly number[] {
  const gate = new ThresholdGate();
  return queries.map((each) => gate.take(query(each, rule)).length);
}

describe('the gate', () => {
  it('lets through what has no threshold', () => {
    const match = matchOf(EACH);
    expect(new ThresholdGate().take(match)).toEqual([match]);
  });

  it('lets all of them through once enough have come, in their order, and then each one', () => {
    const gate = new ThresholdGate();
    const matches = [0, 1, 2, 3].map((atMs) => query({ atMs }));
    expect(matches.map((match) => gate.take(match))).toEqual([[], [], matches.slice(0, 3), [matches[3]]]);
  });

  it('counts what lies within the window, its ends included', () => {
    expect(passed([{ atMs: 0 }, { atMs: 1 }, { atMs: 5_000 }])).toEqual([0, 0, 3]);
    expect(passed([{ atMs: 0 }, { atMs: 1 }, { atMs: 5_001 }])).toEqual([0, 0, 0]);
    expect(passed([{ atMs: 0 }, { atMs: 1 }, { atMs: 5_001 }, { atMs: 5_001 }])).toEqual([0, 0, 0, 3]);
  });

  it('begins anew after a burst', () => {
    const burst = [{ atMs: 0 }, { atMs: 1 }, { atMs: 2 }];
    const later = [{ atMs: 60_000 }, { atMs: 60_001 }, { atMs: 60_002 }];
    expect(passed([...burst, ...later])).toEqual([0, 0, 3, 0, 0, 3]);
  });

  it('takes records without a time for simultaneous', () => {
    expect(passed([{}, {}, {}, {}])).toEqual([0, 0, 3, 1]);
  });

  it('keeps keys apart', () => {
    const [one, other] = [
      { atMs: 0, statement: 'SELECT a' },
      { atMs: 0, statement: 'SELECT b' },
    ];
    expect(passed([one, other, one, other, one])).toEqual([0, 0, 0, 0, 3]);
  });

  it('keeps rules apart', () => {
    const gate = new ThresholdGate();
    const twin = ruleOf('shop/twin', 'threshold: {count: 3, within: 5s, by: [statement]}');
    const lengths = [BY_STATEMENT, twin, BY_STATEMENT, twin].map((rule) => gate.take(query({ atMs: 0 }, rule)).length);
    expect(lengths).toEqual([0, 0, 0, 0]);
  });

  it('takes statements that differ in their literals for the same', () => {
    const statements = [
      "SELECT * FROM o WHERE id = 1 AND s = 'a'",
      "SELECT * FROM o  WHERE id = 22 AND s = 'it''s'",
      'SELECT * FROM o WHERE id = $1 AND s = $2',
    ];
    expect(passed(statements.map((statement) => ({ atMs: 0, statement })))).toEqual([0, 0, 3]);
  });
});

describe('by request', () => {
  it('counts what belongs to one request, whatever comes in between', () => {
    const [one, other] = [
      { atMs: 0, request: 'r1' },
      { atMs: 0, request: 'r2', statement: 'UPDATE x' },
    ];
    expect(passed([one, other, one, other, one], BY_REQUEST)).toEqual([0, 0, 0, 0, 3]);
    expect(passed([{ request: 'r1' }, { request: 'r2' }, { request: 'r3' }], BY_REQUEST)).toEqual([0, 0, 0]);
  });

  it('takes an unbroken run in one session for a request where none is named', () => {
    const [same, other] = [{ atMs: 0 }, { atMs: 0, statement: 'UPDATE x' }];
    expect(passed([same, same, same], BY_REQUEST)).toEqual([0, 0, 3]);
    expect(passed([same, same, other, same, same], BY_REQUEST)).toEqual([0, 0, 0, 0, 0]);
    expect(passed([same, { ...same, pid: 2 }, same, { ...same, pid: 2 }, same], BY_REQUEST)).toEqual([0, 0, 0, 0, 3]);
  });
});

describe('memory of the gate', () => {
  it('is bounded by keys, and it counts those that it forgot', () => {
    const gate = new ThresholdGate();
    const many = Array.from({ length: 10_005 }, (_, index) => query({ atMs: 0, statement: `SELECT ${wordOf(index)}` }));
    for (const match of many) expect(gate.take(match)).toEqual([]);
    expect(gate.droppedKeys).toBe(5);
    expect(gate.take(query({ atMs: 0, statement: `SELECT ${wordOf(10_004)}` }))).toEqual([]);
    expect(gate.take(query({ atMs: 0, statement: `SELECT ${wordOf(10_004)}` })).length).toBe(3);
    expect(gate.droppedKeys).toBe(5);
  });
});

/** Letters only, since digits are literals of a statement. */
function wordOf(index: number): string {
  return Array.from(String(index), (digit) => 'abcdefghij'.charAt(Number(digit))).join('');
}

describe('a statement without its literals', () => {
  it.each([
    ["SELECT * FROM users WHERE name = 'O''Brien' AND age > 42", 'SELECT * FROM users WHERE name = ? AND age > ?'],
    ['SELECT * FROM t WHERE id IN (1, 2, 3)', 'SELECT * FROM t WHERE id IN (?)'],
    ['SELECT * FROM t WHERE id IN (1)', 'SELECT * FROM t WHERE id IN (?)'],
    ['INSERT INTO t (a, b) VALUES ($1, $2)', 'INSERT INTO t (a, b) VALUES (?)'],
    ['SELECT a\n  FROM t1\tWHERE x = 1.5', 'SELECT a FROM t1 WHERE x = ?'],
    ['SELECT :id, @name, %s', 'SELECT ?, ?, ?'],
    ['SELECT 1', 'SELECT ?'],
  ])('%j', (statement, expected) => {
    expect(normaliseStatement(statement)).toBe(expected);
  });
});
