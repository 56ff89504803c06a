import { describe, expect, it } from 'vitest';
import { expressionsOf, flagsOf } from '../../src/rules/expressions.ts';
import { whyUnproved } from '../../src/rules/prove.ts';

const FLAGS = flagsOf({});

describe('proofs against catastrophic backtracking', () => {
  it.each([
    ['nested repetitions', String.raw`^(?:\w+)+$`],
    ['bounded ones, nested', String.raw`foo(?:[^\n]{1,200}a){1,200}b`],
    ['three that can stand for the same text', String.raw`(?<file>\S{1,200}::\S{1,120}::\S{1,80}) was: \d{1,2}:[0-9a-f]{16,40} but is now: `],
  ])('refuse %s', async (_, source) => {
    expect(await whyUnproved({ source, flags: FLAGS })).toMatch(/^exponential|take more than a second/);
  });

  it.each([
    ['a text', 'connection refused'],
    ['a bounded capture', String.raw`connect ECONNREFUSED (?<host>[^\s:]{1,200}):(?<port>\d{1,5})`],
    ['a bounded gap', String.raw`could not write [^\n]{1,200}: No space left`],
  ])('accept %s', async (_, source) => {
    expect(await whyUnproved({ source, flags: FLAGS })).toBeUndefined();
  });
});

it('a rule tries the expressions of its match, its attributes and its vetoes', () => {
  const expressions = expressionsOf({
    match: {
      kind: 'all',
      nodes: [
        { kind: 'regex', source: 'a', ignoreCase: true },
        { kind: 'any', nodes: [{ kind: 'attribute', tests: [['x', { regex: 'b' }]] }] },
        { kind: 'not', node: { kind: 'regex', source: 'c', ignoreCase: false } },
        { kind: 'contains', texts: ['d'] },
      ],
    },
    not: [{ kind: 'regex', source: 'e', ignoreCase: false }],
  });
  expect(expressions.map(({ source, flags }) => `${source}/${flags}`)).toEqual(['a/imu', 'b/mu', 'c/mu', 'e/mu']);
});
