import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatProblem, type Condition } from '../../src/model/index.ts';
import { builtinKnowledge, compileKnowledge, CONDITIONS_SCHEMA, RULES_SCHEMA } from '../../src/rules/index.ts';
import { FILES, loadBuiltin } from './knowledge-files.ts';

const { knowledge, problems } = loadBuiltin();

it('the built-in knowledge has no problem', () => {
  expect(problems.map(formatProblem)).toEqual([]);
  expect(knowledge.conditions.size).toBeGreaterThan(0);
  expect(knowledge.rules.length).toBeGreaterThan(0);
});

it('the compiled knowledge is that of the YAML', () => {
  const plain = (known: typeof knowledge): unknown => JSON.parse(compileKnowledge(known));
  expect(plain(knowledge)).toEqual({ conditions: [...knowledge.conditions.values()], rules: knowledge.rules });
  expect(plain(builtinKnowledge()), 'dist/ is out of date: npm run build').toEqual(plain(knowledge));
});

describe('the published schemas', () => {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  const schemas = { conditions: ajv.compile(CONDITIONS_SCHEMA), rules: ajv.compile(RULES_SCHEMA) };

  it.each(FILES)('accept $name', ({ name, content }) => {
    const check = name.includes('conditions') ? schemas.conditions : schemas.rules;
    expect(check(parse(content)), JSON.stringify(check.errors)).toBe(true);
  });

  /** What only the loader can know (ids, expressions, templates) is not among them. */
  it.each([
    'unknown-key', 'wrong-type', 'wrong-form', 'wrong-value', 'missing-key', 'missing-key-of-a-condition', 'not-a-list',
    'rules-under-a-key', 'text-only', 'conditions-and-rules', 'only-null',
  ])('reject broken/%s.yaml', (name) => {
    const data: unknown = parse(readFileSync(new URL(`broken/${name}.yaml`, import.meta.url), 'utf8'));
    expect(schemas.rules(data)).toBe(false);
    expect(schemas.conditions(data)).toBe(false);
  });
});

describe('the wording of the source documents', () => {
  const [, ...lines] = readFileSync(new URL('../../fixtures/seeds.tsv', import.meta.url), 'utf8').trimEnd().split('\n');
  const rows = lines.map((line) => {
    const [document = '', section = '', entry = '', condition = '', field = '', text = ''] = line.split('\t');
    return { document, section, entry, condition, field, text };
  });

  it('is kept in the conditions, with its origin', () => {
    const lost = rows.filter((row) => {
      const condition = knowledge.conditions.get(row.condition);
      return condition === undefined || !holdsText(condition, row.field, row.text) || !namesSeed(condition, row);
    });
    expect(lost).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('is complete: each origin that a condition names has its rows', () => {
    const known = new Set(rows.map(({ document, section, entry, condition }) => [document, section, entry, condition].join('\t')));
    const unknown = [...knowledge.conditions.values()].flatMap(({ id, seeds }) =>
      seeds.map(({ document, section, entry }) => [document, section, entry, id].join('\t')).filter((key) => !known.has(key)),
    );
    expect(unknown).toEqual([]);
  });

  const directory = process.env['BACKEND_DOCTOR_SEEDS'];
  const title = directory === undefined ? ' (not checked: BACKEND_DOCTOR_SEEDS names no directory)' : '';

  it.skipIf(directory === undefined)(`stands in the documents${title}`, () => {
    const texts = new Map<string, string>();
    for (const { document } of rows) {
      const path = join(directory ?? '', document);
      if (existsSync(path)) texts.set(document, flat(readFileSync(path, 'utf8')));
    }
    const absent = rows.filter(({ document, text }) => texts.get(document)?.includes(flat(text)) !== true);
    expect(absent).toEqual([]);
  });
});

function holdsText(condition: Condition, field: string, text: string): boolean {
  const wanted = flat(text);
  switch (field) {
    case 'rootCause':
    case 'solution':
      return flat(condition[field]).includes(wanted);
    case 'checklist':
      return condition.checklist.some((item) => flat(item).includes(wanted));
    case 'recovery.step':
      return condition.recovery.some(({ step }) => flat(step).includes(wanted));
    case 'recovery.code':
      return condition.recovery.some(({ code }) => flat(code?.text ?? '').includes(wanted));
    default:
      return false;
  }
}

function namesSeed(condition: Condition, row: { document: string; section: string; entry: string }): boolean {
  return condition.seeds.some(
    ({ document, section, entry }) => document === row.document && section === row.section && entry === row.entry,
  );
}

/** White space says nothing about the wording, nor do the marks of Markdown. */
function flat(text: string): string {
  return text.replaceAll(/\\n|\s+/g, ' ').replaceAll(/[`*]/g, '').replaceAll(/ +/g, ' ').trim();
}
