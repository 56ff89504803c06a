import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Coverage } from '../../src/outputs/coverage.ts';
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

/** Failures of programs that no rule knows, as someone would paste them. */
const PASTED = [
  ['a plain line', '2026-11-21 02:41:25.605 ERROR warehouse 17 has no shelf left for parcel "p-8812"\n'],
  ['one of JSON', '{"level":50,"time":1795315285605,"msg":"warehouse 17 has no shelf left","parcel":"p-8812"}\n'],
  [
    'one of a container',
    'stock-1  | 2026/11/21 02:41:25 ERROR: warehouse 17 has no shelf left for /srv/parcels/8812\n',
  ],
  ['one of syslog', 'Nov 21 02:41:25 db-1 stockd[812]: error: no shelf left at 10.0.0.5:7001 (code 77)\n'],
  [
    'a stack trace',
    'java.lang.IllegalStateException: outer\n\tat c.e.Shop.ship(Shop.java:17)\nCaused by: com.example.ShelfException: no shelf for parcel p-77\n\tat c.e.Parcel.go(Parcel.java:7)\n',
  ],
  ['Windows line ends', 'ERROR: warehouse 17 has no shelf left\r\n'],
  ['signs of expressions', 'ERROR: shelf [A(1)] *full* + {more} | $5 ^ why? C:\\stock\\a.txt\n'],
] as const;

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

describe('rules coverage', () => {
  it('counts every rule once', async () => {
    const { domains } = JSON.parse((await runBinary(['rules', 'coverage', '--json'])).stdout) as Coverage;
    const counts = domains.flatMap((domain) => domain.rows.flatMap((row) => row.counts));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rules.length);
    expect(domains.flatMap((domain) => domain.conditions).toSorted()).toEqual([...conditions.keys()].toSorted());
  });

  it('shows the table of some rules', async () => {
    const { stdout } = await runBinary(['rules', 'coverage', '--only', 'deadlock', '--technology', 'postgresql']);
    expect(stdout).toContain('1 rule of 1 technology for 95 conditions');
    expect(stdout).toMatch(/^ {2}postgresql( +·)+ +1( +·)+$/m);
  });

  it('is the page that the README links to', async () => {
    const { stdout } = await runBinary(['rules', 'coverage', '--markdown']);
    const page = new URL('../../rules/COVERAGE.md', import.meta.url);
    await expect(stdout).toMatchFileSnapshot(fileURLToPath(page));
    expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain('(rules/COVERAGE.md)');
  });
});

describe('rules new', () => {
  /** The draft's file, with the condition chosen. */
  const chosen = (draft: string): string =>
    temporaryFile('draft.yaml', draft.replace('condition: choose-a-condition', 'condition: validation-failed'));

  it.each(PASTED)('drafts a rule that passes lint and test once its condition is chosen: %s', async (_, text) => {
    const { code, stdout } = await runBinary(['rules', 'new'], { input: text });
    expect(code).toBe(0);
    const unchosen = await runBinary(['rules', 'lint', temporaryFile('draft.yaml', stdout)]);
    expect(unchosen.code).not.toBe(0);
    expect(`${unchosen.stdout}${unchosen.stderr}`).toContain('unknown condition "choose-a-condition"');
    const file = chosen(stdout);
    expect(await runBinary(['rules', 'lint', file])).toMatchObject({ code: 0 });
    expect(await runBinary(['rules', 'test', file])).toMatchObject({ code: 0 });
  });

  it('captures what varies and keeps what tells the failure', async () => {
    const line =
      'ERROR could not reserve order 8812 at stock.example.com:8443 after 300 ms: code 4711, queue "eu-west", trace 5f0c7a8b9d1e2f30';
    const { stdout } = await runBinary(['rules', 'new', '--as', 'stock', '--condition', 'rate-limited', line]);
    const [draft] = parse(stdout) as { id: string; condition: string; title: string; match: { regex: string } }[];
    expect(draft).toMatchObject({ id: 'stock/could-not-reserve-order', condition: 'rate-limited' });
    const other =
      'could not reserve order 9 at db.example.com:1 after 12 ms: code 4711, queue "us", trace aaaaaaaaaaaaaaa1';
    expect(new RegExp(draft?.match.regex ?? '', 'u').exec(other)?.groups).toEqual({
      host: 'db.example.com',
      port: '1',
      durationMs: '12',
      queue: 'us',
    });
    expect(new RegExp(draft?.match.regex ?? '', 'u').test(other.replace('4711', '4712'))).toBe(false);
  });

  it('says when the failure is known, and which conditions are likely', async () => {
    const line = 'FATAL:  sorry, too many clients already';
    const { stdout, stderr } = await runBinary(['rules', 'new', line]);
    expect(stderr).toContain('known already: postgresql/');
    expect(stdout).toContain('Likely: too-many-connections');
  });

  it.each([
    ['no line', ['rules', 'new', ' '], 'there is no line to make a rule of'],
    ['an unknown condition', ['rules', 'new', '--condition', 'deadlok', 'x'], 'did you mean "deadlock"?'],
    ['a technology that is no name', ['rules', 'new', '--as', 'My Shop', 'x'], 'in kebab-case'],
  ])('refuses %s', async (_, args, message) => {
    const { code, stderr } = await runBinary(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
