import { describe, expect, it } from 'vitest';
import { casesOf, diagnoseFiles, filesIn, fixture, outline } from './support/fixtures.ts';

describe('healthy logs', () => {
  const cases = casesOf('quiet');

  it('come from at least 80 programs, each with its provenance', () => {
    expect(new Set(cases.map(({ program }) => program)).size).toBeGreaterThanOrEqual(80);
    const logs = filesIn('quiet').filter((file) => file.endsWith('.log'));
    expect(cases.map(({ file }) => file).toSorted()).toEqual(logs);
    for (const { file, provoked } of cases) expect(provoked, file).toBeTruthy();
  });

  it.each(cases.map(({ file }) => file))('%s gives no finding', (file) => {
    expect(outline(diagnoseFiles([fixture('quiet', file)])).filter((line) => !line.startsWith('unexplained'))).toEqual(
      [],
    );
  });
});
