import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DoctorError, formatProblem, PROBLEM_CODES } from '../../src/model/index.ts';

describe('problems', () => {
  it('are all listed in the README, with their meaning', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    for (const [code, meaning] of Object.entries(PROBLEM_CODES))
      expect(readme).toContain(`| \`${code}\` | ${meaning} |`);
  });

  it('are worded file:line:column: message [code], with the hint on a line of its own', () => {
    const problem = {
      code: 'rules-regex',
      message: 'nothing to repeat',
      source: 'a.yaml',
      line: 3,
      column: 7,
      hint: 'escape it',
    } as const;
    expect(formatProblem(problem)).toBe('a.yaml:3:7: nothing to repeat [rules-regex]\n  hint: escape it');
    expect(formatProblem({ code: 'usage', message: 'nothing to read' })).toBe('nothing to read [usage]');
  });

  it('that end a run are thrown together', () => {
    const error = new DoctorError([
      { code: 'usage', message: 'one' },
      { code: 'bad-time', message: 'two' },
    ]);
    expect(error.message).toBe('one [usage]\ntwo [bad-time]');
  });
});
