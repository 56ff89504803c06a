import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/model/index.ts';
import { selectRules, unusedPatterns, type RuleSelection } from '../../src/rules/index.ts';
import { rulesOf } from './knowledge-files.ts';

const RULES: readonly Rule[] = [
  ['pg/econnrefused', 'connection-refused'],
  ['pg/timeout', 'query-timeout'],
  ['pgx/econnrefused', 'connection-refused'],
  ['node/econnrefused', 'connection-refused'],
  ['node/heap', 'out-of-memory'],
].flatMap(([id = '', condition = '']) =>
  rulesOf(`- {id: ${id}, condition: ${condition}, title: T, match: {contains: stock service refused}}`),
);

function idsOf(selection: RuleSelection): readonly string[] {
  return selectRules(RULES, selection).map(({ id }) => id);
}

describe('a selection', () => {
  it.each<[RuleSelection, readonly string[]]>([
    [{}, ['pg/econnrefused', 'pg/timeout', 'pgx/econnrefused', 'node/econnrefused', 'node/heap']],
    [{ only: ['pg/*'] }, ['pg/econnrefused', 'pg/timeout']],
    [{ only: ['pg*'] }, ['pg/econnrefused', 'pg/timeout', 'pgx/econnrefused']],
    [{ only: ['pg?/*'] }, ['pgx/econnrefused']],
    [{ only: ['connection-refused'] }, ['pg/econnrefused', 'pgx/econnrefused', 'node/econnrefused']],
    [{ only: ['*/econnrefused'], disable: ['node/*'] }, ['pg/econnrefused', 'pgx/econnrefused']],
    [{ only: ['node/heap', 'pg/timeout'] }, ['pg/timeout', 'node/heap']],
    [{ disable: ['connection-*', 'out-of-memory'] }, ['pg/timeout']],
    [{ technologies: ['node'] }, ['node/econnrefused', 'node/heap']],
    [{ technologies: ['node', 'pgx'], only: ['connection-refused'] }, ['pgx/econnrefused', 'node/econnrefused']],
    [{ technologies: ['nod'] }, []],
    [{ only: ['econnrefused'] }, []],
    [{ only: ['PG/*'] }, []],
    [{ only: ['pg/.*'] }, []],
    [{ only: ['pg/(timeout|x)'] }, []],
    [{ only: [], disable: [] }, ['pg/econnrefused', 'pg/timeout', 'pgx/econnrefused', 'node/econnrefused', 'node/heap']],
  ])('%j', (selection, expected) => {
    expect(idsOf(selection)).toEqual(expected);
  });

  it('tells patterns that name nothing', () => {
    expect(unusedPatterns(RULES, ['pg/*', 'mysql/*', 'connection-refused', 'deadlock'])).toEqual(['mysql/*', 'deadlock']);
  });
});
