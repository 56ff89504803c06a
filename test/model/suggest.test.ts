import { expect, it } from 'vitest';
import { suggest } from '../../src/model/index.ts';

const WORDS = ['match', 'minSeverity', 'severity', 'connection-refused', 'connection-reset', 'warning', 'gte', 'lte'];

it.each([
  ['macth', 'match'],
  ['Match', 'match'],
  ['mach', 'match'],
  ['matchh', 'match'],
  ['severety', 'severity'],
  ['conection-refused', 'connection-refused'],
  ['connection-resett', 'connection-reset'],
  ['warn', 'warning'],
  ['gt', 'gte'],
  ['match', 'match'],
])('%s is meant for %s', (word, expected) => {
  expect(suggest(word, WORDS)).toBe(expected);
});

it.each(['', 'xyz', 'deadlock', 'con', 'connection-pool-exhausted'])('nothing is meant by %j', (word) => {
  expect(suggest(word, WORDS)).toBeUndefined();
});

it('has nothing to suggest without candidates', () => {
  expect(suggest('match', [])).toBeUndefined();
});
