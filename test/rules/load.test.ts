import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DoctorError, formatProblem, type Problem } from '../../src/model/index.ts';
import { userFiles } from '../../src/rules/knowledge-files.ts';
import { loadKnowledge } from '../../src/rules/load.ts';
import { loadBuiltin, rulesOf } from './knowledge-files.ts';

const BROKEN = new URL('broken/', import.meta.url);
const { knowledge: BUILTIN } = loadBuiltin();

const RULE = `
- id: shop/refused
  condition: connection-refused
  title: Refused
  match: {contains: stock service refused}`;

function read(name: string): { name: string; content: string } {
  return { name, content: readFileSync(new URL(name, BROKEN), 'utf8') };
}

function problemsOf(content: string): readonly string[] {
  return loadKnowledge([{ name: 'shop.yaml', content }], BUILTIN).problems.map(formatProblem);
}

describe('a broken file is refused with place and hint', () => {
  const cases = readdirSync(BROKEN).filter((name) => name.endsWith('.txt'));

  it('of every kind that stands beside this test', () => {
    const files = readdirSync(BROKEN).filter((name) => name.endsWith('.yaml') && !name.startsWith('duplicate-across'));
    expect(files.map((name) => name.replace('.yaml', '.txt'))).toEqual(cases);
  });

  it.each(cases)('%s', (name) => {
    const { problems } = loadKnowledge([read(name.replace('.txt', '.yaml'))], BUILTIN);
    const expected = readFileSync(new URL(name, BROKEN), 'utf8');
    expect(`${problems.map(formatProblem).join('\n')}\n`).toBe(expected);
  });

  it('when two files use one id', () => {
    const { problems, knowledge } = loadKnowledge([read('duplicate-across-files-a.yaml'), read('duplicate-across-files-b.yaml')], BUILTIN);
    expect(problems.map(formatProblem)).toEqual([
      'duplicate-across-files-b.yaml:5:3: rule "shop/refused" exists already [rules-duplicate]\n' +
        '  hint: the first one is in duplicate-across-files-a.yaml; give this one an id of its own',
    ]);
    expect(knowledge.rules.slice(BUILTIN.rules.length).map(({ id }) => id)).toEqual(['shop/refused', 'shop/timeout']);
  });

  it('when it is larger than anyone writes', () => {
    const content = `${RULE}\n${'# é\n'.repeat(1_000_000)}`;
    expect(problemsOf(content)).toEqual(['shop.yaml: the file is larger than 4194304 bytes [rules-limit]']);
  });

  it.each(['[', '{a: ', '- '])('when it is nested beyond all measure: %s', (opening) => {
    const [problem] = loadKnowledge([{ name: 'shop.yaml', content: opening.repeat(3_000) }], BUILTIN).problems;
    expect(problem).toMatchObject({ code: 'rules-limit', line: 1, message: 'nested deeper than 32 levels' });
  });

  it('when a key that no prototype may have is used', () => {
    expect(problemsOf(`${RULE}\n  __proto__: {severity: critical}`)[0]).toContain('unknown key "__proto__"');
    expect(Object.hasOwn(Object.prototype, 'severity')).toBe(false);
  });
});

describe('what is right beside something wrong', () => {
  it('is kept', () => {
    const content = `${RULE}\n- id: shop/late\n  condition: network-timeout\n`;
    const { knowledge, problems } = loadKnowledge([{ name: 'shop.yaml', content }], BUILTIN);
    expect(problems.map(({ line }) => line)).toEqual([6, 6]);
    expect(knowledge.rules.at(-1)?.id).toBe('shop/refused');
  });

  it('is kept in other files', () => {
    const broken = { name: 'a.yaml', content: 'a: [' };
    const { knowledge, problems } = loadKnowledge([broken, { name: 'b.yaml', content: RULE }], BUILTIN);
    expect(problems.map(({ source }) => source)).toEqual(['a.yaml']);
    expect(knowledge.rules.at(-1)?.id).toBe('shop/refused');
  });
});

describe('problems', () => {
  it('come file after file, from top to bottom', () => {
    const names = ['unknown-key.yaml', 'template.yaml', 'bad-regex.yaml'];
    const { problems } = loadKnowledge(names.map(read), BUILTIN);
    const places = problems.map((problem): [number, number, number] => [names.indexOf(problem.source ?? ''), problem.line ?? 0, problem.column ?? 0]);
    expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]));
    expect(new Set(places.map(([file]) => file))).toEqual(new Set([0, 1, 2]));
  });
});

describe('what is accepted', () => {
  it('an explicit empty list', () => {
    expect(problemsOf('[]\n')).toEqual([]);
  });

  it('anchors and aliases within reason', () => {
    const content = `
- id: shop/one
  condition: connection-refused
  title: One
  match: {contains: stock service one}
  checklist: &list [Look at the shelf]
- id: shop/two
  condition: connection-refused
  title: Two
  match: {contains: stock service two}
  checklist: *list
`;
    expect(rulesOf(content).map(({ checklist }) => checklist)).toEqual([['Look at the shelf'], ['Look at the shelf']]);
  });

  it('a byte order mark, CRLF and one document marker', () => {
    expect(rulesOf(`\uFEFF---${RULE}\n`.replaceAll('\n', '\r\n'))).toMatchObject([{ id: 'shop/refused' }]);
  });

  it('a rule that names a condition of another file, whichever comes first', () => {
    const condition = `
- id: stock-drift
  title: Stock drift
  severity: error
  rootCause: Two workers count the same shelf.
  solution: Let one of them count.
  leadsTo: [pool-exhausted]`;
    const rule = RULE.replace('connection-refused', 'stock-drift');
    const files = [{ name: 'shop.yaml', content: rule }, { name: 'dir/stock.yml', content: condition }];
    const { knowledge, problems } = loadKnowledge(files, BUILTIN);
    expect(problems).toEqual([]);
    expect(knowledge.conditions.get('stock-drift')).toMatchObject({ domain: 'stock', checklist: [] });
    expect(knowledge.rules.at(-1)).toMatchObject({ condition: 'stock-drift', isFallback: false, origin: 'shop.yaml' });
  });

  it('declared literals instead of derived ones, and none at all', () => {
    const [declared] = rulesOf(`${RULE}\n  literals: [Stock Service]`);
    expect(declared?.literals).toEqual(['stock service']);
    const [none] = rulesOf(`${RULE}\n  literals: none`);
    expect(none && 'literals' in none).toBe(false);
  });

  it('thresholds, with their window in milliseconds', () => {
    const windows = ['500ms', '5s', '10m', '1h'].map((within) => {
      const [rule] = rulesOf(`${RULE}\n  threshold: {count: 3, within: ${within}, by: [request]}`);
      return rule?.threshold?.withinMs;
    });
    expect(windows).toEqual([500, 5_000, 600_000, 3_600_000]);
  });
});

describe('rule files that a user names', () => {
  it('are those of a directory, or the reason why not', () => {
    const directory = BROKEN.pathname;
    const names = userFiles([directory]).map(({ name }) => name);
    expect(names).toContain(`${directory}template.yaml`);
    expect(names.some((name) => name.endsWith('.txt'))).toBe(false);
    const failure = ((): unknown => {
      try {
        return userFiles([`${directory}absent.yaml`]);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(DoctorError);
    expect((failure as { problems: readonly Problem[] }).problems).toMatchObject([{ code: 'path-not-found' }]);
  });
});
