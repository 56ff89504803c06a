import { describe, expect, it } from 'vitest';
import { diagnoseFiles, filesIn, fixture, foldersIn, outline, readYaml } from './support/fixtures.ts';

/** An excerpt of a real log that was collected after the rules had been written, by people who did not know them. */
interface FieldCase {
  readonly file: string;
  readonly program: string;
  readonly source: string;
  readonly lines?: 'single' | 'multi';
  /** What the first diagnosis is to say; none for a healthy log. */
  readonly condition?: string;
  /** What an engineer could equally say, with the reason. */
  readonly also?: readonly string[];
  readonly why?: string;
  /** What is said instead, where the excerpt is still missed. */
  readonly missed?: string;
}

const sets = foldersIn('field').map((set) => ({
  set,
  cases: (readYaml('field', set, 'manifest.yaml') as { readonly cases: readonly FieldCase[] }).cases,
}));
const all = sets.flatMap(({ cases }) => cases);
const failures = all.filter(({ condition }) => condition !== undefined);
const healthy = all.filter(({ condition }) => condition === undefined);

function share(cases: readonly FieldCase[]): number {
  return cases.filter(({ missed }) => missed === undefined).length / cases.length;
}

describe('excerpts from the field', () => {
  it('are many, half of them of several lines, with healthy ones among them', () => {
    expect(failures.length).toBeGreaterThanOrEqual(150);
    expect(healthy.length).toBeGreaterThanOrEqual(40);
    expect(failures.filter(({ lines }) => lines === 'multi').length * 2).toBeGreaterThanOrEqual(failures.length);
  });

  it('have their provenance', () => {
    for (const { set, cases } of sets) {
      expect(cases.map(({ file }) => file).toSorted()).toEqual(
        filesIn('field', set).filter((file) => file.endsWith('.log')),
      );
    }
    for (const { file, program, source, also, why } of all) {
      expect(program, file).toBeTruthy();
      expect(source, file).toMatch(/^https:\/\/|^run here: /);
      if (also !== undefined) expect(why, file).toBeTruthy();
    }
  });

  it('are diagnosed rightly nine times out of ten, and left alone when they are healthy', () => {
    expect(share(failures)).toBeGreaterThanOrEqual(0.9);
    expect(share(healthy)).toBeGreaterThanOrEqual(0.97);
  });

  describe.each(sets)('$set', ({ set, cases }) => {
    it.each(cases)('$file', ({ file, condition, also = [], missed }) => {
      const report = diagnoseFiles([fixture('field', set, file)]);
      const first = report.diagnoses[0]?.condition ?? 'nothing';
      const wanted = condition === undefined ? ['nothing'] : [condition, ...also];
      // A miss that was mended is no longer one: its mark has to go.
      expect(missed === undefined ? wanted : [missed], outline(report).join('\n')).toContain(first);
      if (missed !== undefined) expect(wanted).not.toContain(missed);
    });
  });
});
