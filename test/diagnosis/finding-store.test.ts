import { describe, expect, it } from 'vitest';
import { FindingStore, toFinding, UnexplainedStore } from '../../src/diagnosis/index.ts';
import type { Finding, LogRecord, Match } from '../../src/model/index.ts';
import { logRecord } from '../rules/log-record.ts';
import { matchOf, ruleOf } from './shop-rules.ts';

const RULE = ruleOf('shop/refused');

function findingsOf(...matches: readonly Match[]): readonly Finding[] {
  const store = new FindingStore(({ rule }) => rule.severity ?? 'error');
  for (const [order, match] of matches.entries()) store.add(match, order);
  return store.findings.map(toFinding);
}

function at(timestamp: number, line = 1, more: Parameters<typeof logRecord>[1] = {}): LogRecord {
  return logRecord(`line ${line}`, { timestamp, location: { source: 'api.log', line, endLine: line }, ...more });
}

describe('what a finding is about', () => {
  it.each<[captures: Record<string, string>, more: string, subject: string]>([
    [{}, '', ''],
    [{ peer: 'db:5432', host: 'db', port: '5432' }, '', 'db:5432'],
    [{ host: 'db' }, '', 'db'],
    [{ table: 'orders', column: 'email', query: 'SELECT' }, '', 'orders email'],
    [{ table: 'orders', query: 'SELECT' }, 'identity: [query]', 'SELECT'],
    [{ table: 'orders' }, 'identity: [query]', ''],
    [{ host: 'db', port: '5432', peer: 'db:5432' }, 'identity: [host]', 'db'],
    // Where it was logged tells subjects apart only when the rule itself captures it.
    [{ pod: 'api-1' }, '', ''],
    [{ container: 'api-1' }, '', 'api-1'],
  ])('%j %s', (captures, more, subject) => {
    expect(findingsOf(matchOf(ruleOf('shop/refused', more), captures)).map((finding) => finding.subject)).toEqual([
      subject,
    ]);
  });

  it('tells findings apart, as the rule does', () => {
    const other = ruleOf('shop/other');
    const found = findingsOf(
      matchOf(RULE, { host: 'a' }),
      matchOf(RULE, { host: 'b' }),
      matchOf(RULE, { host: 'a' }),
      matchOf(other, { host: 'a' }),
    );
    expect(found.map(({ rule, subject, count, order }) => [rule.id, subject, count, order])).toEqual([
      ['shop/refused', 'a', 2, 0],
      ['shop/refused', 'b', 1, 1],
      ['shop/other', 'a', 1, 3],
    ]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(3);
  });

  it('has the same id in every run', () => {
    const [one] = findingsOf(matchOf(RULE, { host: 'a', user: 'x' }));
    const [, other] = findingsOf(matchOf(ruleOf('shop/x')), matchOf(RULE, { host: 'a', user: 'x', code: 'E1' }, at(5)));
    expect(one?.id).toMatch(/^[0-9a-f]{16}$/);
    expect(other?.id).toBe(one?.id);
  });
});

describe('a finding', () => {
  it('keeps its first captures and takes in what later matches add', () => {
    const found = findingsOf(
      matchOf(RULE, { host: 'a', code: 'E1' }),
      matchOf(RULE, { host: 'a', code: 'E2', status: '502' }),
    );
    expect(found.map(({ captures }) => captures)).toEqual([{ host: 'a', code: 'E1', status: '502' }]);
  });

  it('was first and last seen by the clock of the log, in whatever order its records come', () => {
    const [found] = findingsOf(
      matchOf(RULE, {}, at(20)),
      matchOf(RULE, {}, at(10)),
      matchOf(RULE),
      matchOf(RULE, {}, at(30)),
      matchOf(RULE, {}, at(15)),
    );
    expect([found?.firstSeen, found?.lastSeen, found?.count]).toEqual([10, 30, 5]);
    const [timeless] = findingsOf(matchOf(RULE));
    expect(timeless !== undefined && 'firstSeen' in timeless).toBe(false);
  });

  it('proves itself by its first three records and its latest', () => {
    const lines = Array.from({ length: 10 }, (_, index) => index + 1);
    const [found] = findingsOf(...lines.map((line) => matchOf(RULE, {}, at(line, line))));
    expect(found?.evidence.map(({ line, text }) => [line, text])).toEqual([
      [1, 'line 1'],
      [2, 'line 2'],
      [3, 'line 3'],
      [10, 'line 10'],
    ]);
  });

  it('bounds the text of its proof', () => {
    const [found] = findingsOf(matchOf(RULE, {}, logRecord('x'.repeat(1_000_000))));
    expect(found?.evidence[0]?.text.length).toBeLessThan(5_000);
  });

  it('names who reported it, the most frequent first, and not too many', () => {
    const from = (service: string): Match =>
      matchOf(RULE, {}, logRecord('x', { attributes: { 'service.name': service } }));
    const [found] = findingsOf(from('api'), from('web'), from('web'), matchOf(RULE));
    expect(found?.where).toEqual(['web', 'api', 'api.log']);
    const [crowded] = findingsOf(...Array.from({ length: 100 }, (_, index) => from(`s${index}`)));
    expect(crowded?.where.length).toBe(16);
  });
});

describe('too many subjects', () => {
  it('are counted together beyond two hundred a rule, without captures', () => {
    const store = new FindingStore(() => 'error');
    for (let index = 0; index < 250; index++) store.add(matchOf(RULE, { host: `h${index}` }), index);
    store.add(matchOf(ruleOf('shop/other'), { host: 'h999' }), 250);
    store.add(matchOf(RULE, { host: 'h7' }), 251);
    const found = store.findings.map(toFinding);
    expect(found.length).toBe(202);
    expect(store.droppedSubjects).toBe(50);
    expect(found.find(({ subject }) => subject === 'other subjects')).toMatchObject({ count: 50, captures: {} });
    expect(found.find(({ subject }) => subject === 'h7')?.count).toBe(2);
    expect(found.find(({ rule }) => rule.id === 'shop/other')?.subject).toBe('h999');
  });
});

describe('errors that nothing explains', () => {
  const error = (body: string, severityNumber: number | undefined = 17, timestamp = 1): LogRecord =>
    logRecord(body, { timestamp, ...(severityNumber === undefined ? {} : { severityNumber }) });

  it('are grouped by their wording, fatal ones first, then the most frequent', () => {
    const store = new UnexplainedStore();
    const bodies = ['shelf 1 is odd', 'lamp is out', 'shelf 2 is odd'];
    for (const [index, body] of bodies.entries()) store.add(error(body, 17, 10 - index));
    store.add(error('all is lost', 21));
    store.add(error('shelf 3 is odd', 18));
    expect(
      store
        .ranked()
        .map(({ template, count, severityNumber, firstSeen, lastSeen }) => [
          template,
          count,
          severityNumber,
          firstSeen,
          lastSeen,
        ]),
    ).toEqual([
      ['all is lost', 1, 21, 1, 1],
      ['shelf <n> is odd', 3, 18, 1, 10],
      ['lamp is out', 1, 17, 9, 9],
    ]);
    expect(store.records).toBe(5);
  });

  it('are errors only', () => {
    const store = new UnexplainedStore();
    for (const severityNumber of [undefined, 9, 13, 16])
      store.add(severityNumber === undefined ? logRecord('x') : error('x', severityNumber));
    expect(store.ranked()).toEqual([]);
    expect(store.records).toBe(0);
  });

  it('keep three records as proof, and a thousand wordings', () => {
    const store = new UnexplainedStore();
    for (let index = 0; index < 1_500; index++) {
      const word = Array.from(String(index), (digit) => 'abcdefghij'.charAt(Number(digit))).join('');
      for (let times = 0; times < 4; times++) store.add(error(`the ${word}x is odd`));
    }
    const ranked = store.ranked();
    expect(ranked.length).toBe(1_001);
    expect(Math.max(...ranked.map(({ evidence }) => evidence.length))).toBe(3);
    expect(ranked[0]?.count).toBe(2_000);
    expect([store.records, store.droppedTemplates]).toEqual([6_000, 2_000]);
  });
});
