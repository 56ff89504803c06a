import { describe, expect, it } from 'vitest';
import { casesOf, diagnoseFiles, fixture, foldersIn, outline } from './support/fixtures.ts';

describe.each(foldersIn('technologies'))('%s', (technology) => {
  it.each(casesOf('technologies', technology).filter(({ condition }) => condition !== undefined))(
    '$file gives $condition',
    ({ file, condition, captures = {} }) => {
      const report = diagnoseFiles([fixture('technologies', technology, file)]);
      const [first] = report.diagnoses;
      expect(first?.condition, outline(report).join('\n')).toBe(condition);
      expect(first?.captures).toMatchObject(captures);
    },
  );
});
