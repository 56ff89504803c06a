import { describe, expect, it } from 'vitest';
import { CauseGraph, judgeRecord } from '../../src/diagnosis/index.ts';
import type { Match } from '../../src/model/index.ts';
import { logRecord } from '../rules/log-record.ts';
import { conditionOf, matchOf, ruleOf } from './shop-rules.ts';

/** refused → pool → slow-query, and two that cause each other; the last one stands alone. */
const GRAPH = new CauseGraph(
  new Map(
    [
      conditionOf('refused', ['pool']),
      conditionOf('pool', ['late']),
      conditionOf('late'),
      conditionOf('egg', ['hen']),
      conditionOf('hen', ['egg']),
      conditionOf('alone'),
    ].map((condition) => [condition.id, condition]),
  ),
);

const RECORD = logRecord('shelf collapsed');

function said(
  condition: string,
  offset = 0,
  more: { captures?: Record<string, string>; id?: string; record?: Match['record'] } = {},
): Match {
  const { captures = {}, id = `shop/${condition}`, record = RECORD } = more;
  return matchOf(ruleOf(id, '', condition), captures, record, offset);
}

/** The cause first, then its consequences. */
function order(...matches: readonly Match[]): readonly string[] {
  const verdict = judgeRecord(matches, GRAPH);
  return verdict === undefined ? [] : [verdict.cause, ...verdict.consequences].map(({ rule }) => rule.condition);
}

describe('what a record says', () => {
  it('is nothing when nothing matched', () => {
    expect(judgeRecord([], GRAPH)).toBeUndefined();
  });

  it('is the condition that leads to the others, near or far, wherever it stands', () => {
    expect(order(said('pool', 0), said('refused', 50))).toEqual(['refused', 'pool']);
    expect(order(said('refused', 0), said('pool', 50))).toEqual(['refused', 'pool']);
    expect(order(said('late', 0), said('refused', 50))).toEqual(['refused', 'late']);
    expect(order(said('late', 90), said('pool', 50), said('refused', 0))).toEqual(['refused', 'pool', 'late']);
  });

  it('is something specific before something generic', () => {
    expect(order(said('unhandled-exception', 90), said('alone', 0))).toEqual(['alone', 'unhandled-exception']);
    expect(order(said('unhandled-exception', 0), said('upstream-failure', 0))).toEqual([
      'upstream-failure',
      'unhandled-exception',
    ]);
  });

  it('is the last of nested causes where no condition leads to the other', () => {
    const body = 'java.lang.RuntimeException: shelf\nCaused by: java.io.IOException: alone';
    const record = logRecord(body);
    expect(order(said('late', 0, { record }), said('alone', 40, { record }))).toEqual(['alone', 'late']);
    expect(order(said('alone', 40, { record }), said('late', 0, { record }))).toEqual(['alone', 'late']);
  });

  it.each([
    'The above exception was the direct cause of the following exception:',
    'During handling of the above exception, another exception occurred:',
    'Next App\\ShelfException: late in /srv/shop/a.php:3',
  ])('is the first one where the cause is printed first: %s', (link) => {
    const record = logRecord(`alone\n${link}\nlate`);
    expect(order(said('late', 90, { record }), said('alone', 0, { record }))).toEqual(['alone', 'late']);
  });

  it('does not depend on the order of rules where conditions cause each other', () => {
    expect(order(said('egg', 0), said('hen', 50))).toEqual(['hen', 'egg']);
    expect(order(said('hen', 50), said('egg', 0))).toEqual(['hen', 'egg']);
  });

  it('is said once a condition, by the rule that captures most, with what the others captured', () => {
    const general = said('refused', 0, { captures: { host: 'db', code: 'E1' }, id: 'shop/general' });
    const special = said('refused', 5, {
      captures: { host: 'db-1', port: '5432', peer: 'db-1:5432' },
      id: 'shop/special',
    });
    for (const matches of [
      [general, special],
      [special, general],
    ]) {
      const verdict = judgeRecord(matches, GRAPH);
      expect(verdict?.consequences).toEqual([]);
      expect(verdict?.cause).toMatchObject({
        rule: { id: 'shop/special' },
        captures: { host: 'db-1', port: '5432', peer: 'db-1:5432', code: 'E1' },
      });
    }
  });
});
