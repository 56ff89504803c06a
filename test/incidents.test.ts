import { describe, expect, it } from 'vitest';
import { diagnoseFiles, filesIn, fixture, foldersIn, outline, readYaml } from './support/fixtures.ts';

/** What a person who knows the technology would say of an outage. */
interface Incident {
  readonly title: string;
  readonly expected: {
    readonly root: string;
    /** Further roots that are independent of the first. */
    readonly alsoRoots?: readonly string[];
    readonly symptoms?: readonly string[];
  };
}

describe.each(foldersIn('incidents'))('incident %s', (name) => {
  const { expected } = readYaml('incidents', name, 'incident.yaml') as Incident;
  const logs = filesIn('incidents', name)
    .filter((file) => file.endsWith('.log'))
    .map((file) => fixture('incidents', name, file));
  const report = diagnoseFiles(logs);
  const found = outline(report);
  const [first] = report.diagnoses;

  it(`names ${expected.root} first`, () => {
    expect(first?.condition, found.join('\n')).toBe(expected.root);
  });

  it('puts what followed beneath it', () => {
    const beneath = report.diagnoses.flatMap(({ symptoms }) => symptoms.map(({ condition }) => condition));
    expect(beneath, found.join('\n')).toEqual(expect.arrayContaining([...(expected.symptoms ?? [])]));
  });

  it('names no other root', () => {
    const roots = report.diagnoses.map(({ condition }) => condition);
    expect(roots.toSorted(), found.join('\n')).toEqual([expected.root, ...(expected.alsoRoots ?? [])].toSorted());
  });
});
