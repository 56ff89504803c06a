import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { builtinKnowledge } from '../../src/rules/index.ts';
import { runBinary } from '../support/binary.ts';
import { temporaryDirectory, temporaryFile } from '../support/temporary.ts';

const { rules, conditions } = builtinKnowledge();

/** A rule file that is right in every respect. */
const SHOP = `- id: shop/database-gone
  condition: connection-refused
  title: The shop lost its database
  match: {contains: the shop lost its database}
  examples:
    match: ['ERROR the shop lost its database', 'the shop lost its database at noon']
    noMatch: ['the shop found its database']
`;

function lines(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}

describe('rules list', () => {
  it('lists every rule with its condition and title', async () => {
    const { code, stdout, stderr } = await runBinary(['rules', 'list']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines(stdout).map((line) => line.split(/ +/).slice(0, 2))).toEqual(
      rules.map(({ id, condition }) => [id, condition]),
    );
  });

  it('lists every condition', async () => {
    const { stdout } = await runBinary(['rules', 'list', '--conditions']);
    expect(
      lines(stdout)
        .map((line) => line.split(/ +/)[0])
        .toSorted(),
    ).toEqual([...conditions.keys()].toSorted());
  });

  it('lists both as JSON', async () => {
    const listed = JSON.parse((await runBinary(['rules', 'list', '--json'])).stdout) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    const named = JSON.parse((await runBinary(['rules', 'list', '--conditions', '--json'])).stdout) as { id: string }[];
    expect(named.map(({ id }) => id).toSorted()).toEqual([...conditions.keys()].toSorted());
  });

  it('takes the same choices as the analysis', async () => {
    const ofNode = lines((await runBinary(['rules', 'list', '--technology', 'node'])).stdout);
    expect(ofNode.length).toBeGreaterThan(1);
    expect(ofNode.every((line) => line.startsWith('node/'))).toBe(true);
    const ofDeadlock = lines((await runBinary(['rules', 'list', '--only', 'deadlock'])).stdout);
    expect(ofDeadlock.every((line) => line.split(/ +/)[1] === 'deadlock')).toBe(true);
    const own = await runBinary(['rules', 'list', '--no-builtin-rules', '--rules', temporaryFile('shop.yaml', SHOP)]);
    expect(own.stdout).toBe('shop/database-gone  connection-refused  The shop lost its database\n');
  });
});

describe('rules show and explain', () => {
  it('show a rule as YAML', async () => {
    const { code, stdout } = await runBinary(['rules', 'show', 'node/econnrefused']);
    expect(code).toBe(0);
    expect(parse(stdout)).toMatchObject({ id: 'node/econnrefused', condition: 'connection-refused' });
  });

  it('explain a condition: cause, solution, recovery, checklist and its rules', async () => {
    const { code, stdout } = await runBinary(['explain', 'connection-refused']);
    expect(code).toBe(0);
    for (const part of ['Root cause', 'Solution', 'Recovery', 'Checklist', 'Recognised by', 'node/econnrefused']) {
      expect(stdout).toContain(part);
    }
    expect(stdout).not.toContain('{{');
  });

  it('explain a rule', async () => {
    const { code, stdout } = await runBinary(['explain', 'node/econnrefused']);
    expect(code).toBe(0);
    for (const part of ['node/econnrefused · connection-refused', 'Looked for', 'Examples'])
      expect(stdout).toContain(part);
  });

  it('explain either as JSON', async () => {
    expect(JSON.parse((await runBinary(['explain', 'deadlock', '--json'])).stdout)).toMatchObject({ id: 'deadlock' });
    expect(JSON.parse((await runBinary(['explain', 'node/econnrefused', '--json'])).stdout)).toMatchObject({
      id: 'node/econnrefused',
    });
  });

  it("explain a rule of one's own", async () => {
    const { code, stdout } = await runBinary([
      'explain',
      '--rules',
      temporaryFile('shop.yaml', SHOP),
      'shop/database-gone',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('The shop lost its database');
  });

  it('explain every condition within 80 columns', async () => {
    const { explainCondition } = await import('../../src/outputs/explain.ts');
    const { default: stringWidth } = await import('string-width');
    for (const condition of conditions.values()) {
      const text = explainCondition(condition, { rules, conditions }, { columns: 80, hasColour: false });
      const wide = lines(text).filter((line) => stringWidth(line) > 80 && !/^ {2,5}(?:\$ |https?:|\S)/.test(line));
      expect(wide, condition.id).toEqual([]);
      expect(text).not.toContain('{{');
    }
  });
});

describe('rules lint', () => {
  it('finds nothing wrong with the built-in rules', async () => {
    const { code, stdout } = await runBinary(['rules', 'lint']);
    expect(stdout).toBe(`${rules.length.toLocaleString('en')} rules, ${conditions.size} conditions, 0 problems\n`);
    expect(code).toBe(0);
  });

  it('accepts a good file, from any path to it', async () => {
    const path = temporaryFile('shop.yaml', SHOP);
    for (const given of [path, path.replace('/shop.yaml', ''), path.replace('/shop.yaml', '/')]) {
      const { code, stdout } = await runBinary(['rules', 'lint', given]);
      expect(stdout).toMatch(/^1 rules?, \d+ conditions, 0 problems\n$/);
      expect(code).toBe(0);
    }
    const relative = await runBinary(['rules', 'lint', './shop.yaml'], { cwd: path.replace('/shop.yaml', '') });
    expect(relative.stdout).toMatch(/^1 rules?, /);
  });

  it('tells what the schema cannot: too few examples, no literal', async () => {
    const path = temporaryFile(
      'shop.yaml',
      `- id: shop/any-number
  condition: connection-refused
  title: A number
  match: {regex: '\\d\\d'}
  examples: {match: ['12'], noMatch: []}
`,
    );
    const { code, stdout } = await runBinary(['rules', 'lint', path]);
    expect(code).toBe(1);
    expect(stdout).toContain('[rules-literal]');
    expect(stdout).toContain('fewer than two examples that match');
    expect(stdout).toContain('no near miss');
  });

  it('tells of every fault of several files at once', async () => {
    const [one, two] = [SHOP.replace('title:', 'titel:'), SHOP.replace('connection-refused', 'conection-refused')].map(
      (text, index) => temporaryFile(`shop-${index}.yaml`, text),
    );
    const { code, stdout, stderr } = await runBinary(['rules', 'lint', one ?? '', two ?? '']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/shop-0\.yaml:3:3: /);
    expect(stderr).toMatch(/shop-1\.yaml:2:\d+: /);
  });
});

describe('rules test', () => {
  it('runs the examples of a file', async () => {
    const { code, stdout } = await runBinary(['rules', 'test', temporaryFile('shop.yaml', SHOP)]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '1 rule, 3 examples, 0 failed\n' });
  });

  it('tells which example fails and why', async () => {
    const path = temporaryFile(
      'shop.yaml',
      SHOP.replace('the shop found', 'the shop lost').replace('ERROR the shop lost', 'ERROR the shop misses'),
    );
    const { code, stdout } = await runBinary(['rules', 'test', path]);
    expect(code).toBe(1);
    expect(stdout).toContain('nothing is found\n  "ERROR the shop misses its database"');
    expect(stdout).toContain('the rule fires on its near miss\n  "the shop lost its database"');
    expect(stdout).toMatch(/2 failed\n$/);
  });

  it('refuses a directory without rules', async () => {
    const { code, stderr } = await runBinary(['rules', 'test', temporaryDirectory()]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^backend-doctor: /);
  });
});
