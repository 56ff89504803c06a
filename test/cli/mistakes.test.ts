import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runBinary } from '../support/binary.ts';
import { fixture } from '../support/fixtures.ts';
import { temporaryDirectory, temporaryFile } from '../support/temporary.ts';

const INCIDENT = fixture('incidents', 'postgres-stopped');
const LOG = 'api.log';

/** The arguments, what the message must say, and what the hint must name. */
const MISTAKES: readonly (readonly [args: readonly string[], message: string, hint?: string])[] = [
  [['--frmat', 'json', LOG], "unknown option '--frmat'", '--format'],
  [['--fail-onn', 'error', LOG], "unknown option '--fail-onn'", '--fail-on'],
  [['--format'], "option '--format <id>' argument missing"],
  [['explian', 'deadlock'], 'explian: There is no such file or directory', 'the command "explain"'],
  [['rulse', 'list'], 'rulse: There is no such file or directory', 'the command "rules"'],
  [['rules', 'lst'], "unknown command 'lst'", 'list'],
  [['rules', 'show'], "missing required argument 'id'"],
  [['explain'], "missing required argument 'condition|rule'"],
  [['--format', 'jsn', LOG], '--format: unknown value "jsn"', '"json"'],
  [['--format', 'xyzzy', LOG], '--format: unknown value "xyzzy"', 'one of: terminal, json, ndjson'],
  [['--log-format', 'pinoo', LOG], '--log-format: unknown value "pinoo"', '"pino"'],
  [['--min-severity', 'warnin', LOG], '--min-severity: unknown value "warnin"', '"warning"'],
  [['--only', 'node/econrefused', LOG], 'no rule or condition is called "node/econrefused"', '"node/econnrefused"'],
  [['--disable', 'conection-refused', LOG], 'is called "conection-refused"', '"connection-refused"'],
  [['--only', 'nodejs/*', LOG], 'is called "nodejs/*"', 'rules list'],
  [['--technology', 'postgressql', LOG], '--technology: no rules for "postgressql"', '"postgresql"'],
  [['--technology', 'cobol', LOG], '--technology: no rules for "cobol"', 'postgresql'],
  [['--timezone', 'Europe/Berln', LOG], '--timezone: unknown zone "Europe/Berln"', '"Europe/Berlin"'],
  [['--timezone', '+25:00', LOG], '--timezone: unknown zone "+25:00"', '+02:00'],
  [['--fail-on', 'eror', LOG], 'neither a severity nor a condition: "eror"', '"error"'],
  [['--fail-on', 'dedlock', LOG], 'neither a severity nor a condition: "dedlock"', '"deadlock"'],
  [['--since', 'yesterday', LOG], '--since: not a time: "yesterday"', '15m'],
  [['--until', '2026-13-40', LOG], '--until: not a time: "2026-13-40"', '2026-11-21'],
  [['--since', '1h', '--until', '2h', LOG], '--since is later than --until'],
  [['--top', 'all', LOG], '--top: not a number from 0 to 10000: "all"'],
  [['--width', '10', LOG], '--width: not a number from 40 to 500: "10"'],
  [['--no-builtin-rules', LOG], 'no rule is left to look for', '--rules'],
  [['--only', 'deadlock', '--disable', 'deadlock', LOG], 'no rule is left to look for', '--disable'],
  [['--format', 'json', '--format', 'ndjson', LOG], 'several --format would go to stdout', '--output FILE'],
  [['explain', 'dedlock'], 'no rule or condition is called "dedlock"', '"deadlock"'],
  [['rules', 'show', 'node/econrefused'], 'is called "node/econrefused"', '"node/econnrefused"'],
  [['rules', 'list', '--technology', 'nod'], '--technology: no rules for "nod"', '"node"'],
];

describe('a mistake on the command line', () => {
  const mistakes = MISTAKES.map(([args, message, hint]) => ({ line: args.join(' '), args, message, hint }));

  it.each(mistakes)('is told apart: $line', async ({ args, message, hint }) => {
    const { code, stdout, stderr } = await runBinary(args, { cwd: INCIDENT });
    expect(stdout).toBe('');
    expect(code).toBe(2);
    const [first = '', second, ...more] = stderr.trimEnd().split('\n');
    expect(first).toMatch(/^backend-doctor: .+ \[[a-z-]+\]$/);
    expect(first).toContain(message);
    if (hint === undefined) expect(second).toBeUndefined();
    else expect(second).toMatch(/^ {2}hint: /);
    expect(second ?? '').toContain(hint ?? '');
    expect(more).toEqual([]);
  });
});

describe('a wrong input or output', () => {
  it('names the path that does not exist, and the one that was probably meant', async () => {
    const { code, stdout, stderr } = await runBinary(['apii.log'], { cwd: INCIDENT });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('apii.log: There is no such file or directory. [path-not-found]');
    expect(stderr).toMatch(/hint: did you mean api\.log\?/);
  });

  it('names the pattern that matches nothing', async () => {
    const { code, stdout, stderr } = await runBinary(['nothing-here/*.log'], { cwd: temporaryDirectory() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('backend-doctor: nothing-here/*.log: No file matches the pattern. [no-match]\n');
  });

  it('shows control characters of a path as text', async () => {
    const { code, stderr } = await runBinary(['\u001b[2Jgone\u009b.log']);
    expect(code).toBe(2);
    expect(stderr).toContain(String.raw`\x1b[2Jgone\x9b.log: There is no such file`);
  });

  it('refuses to write into a directory that does not exist, before anything is read', async () => {
    const { code, stdout, stderr } = await runBinary(
      ['--format', 'json', '--output', 'gone/report.json', join(INCIDENT, LOG)],
      {
        cwd: temporaryDirectory(),
      },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'backend-doctor: gone/report.json: cannot be written: there is no such directory [output-failed]\n',
    );
  });

  it('tells the file, line and column of a typing error in a rule file, with a hint', async () => {
    const path = temporaryFile(
      'shop.yaml',
      '- id: shop/stock-empty\n  condition: connection-refused\n  titel: Stock is empty\n  match: {contains: stock is empty}\n',
    );
    const { code, stdout, stderr } = await runBinary(['--rules', path, join(INCIDENT, LOG)]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${path}:3:3: unknown key "titel" [rules-schema]\n  hint: did you mean "title"?`);
  });

  it('tells where the YAML of a rule file breaks', async () => {
    const path = temporaryFile('shop.yaml', '- id: shop/stock-empty\n  title: "Stock is empty\n');
    const { code, stdout, stderr } = await runBinary(['--rules', path, join(INCIDENT, LOG)]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/shop\.yaml:\d+:\d+: .*\[rules-syntax\]/);
  });

  it('tells of a condition that a rule misspells', async () => {
    const path = temporaryFile(
      'shop.yaml',
      `- id: shop/stock-empty
  condition: conection-refused
  title: Stock is empty
  match: {contains: stock is empty}
  examples: {match: ["stock is empty in Bonn", "stock is empty"], noMatch: ["stock is full"]}
`,
    );
    const { code, stderr } = await runBinary(['--rules', path, join(INCIDENT, LOG)]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /shop\.yaml:2:\d+: .*conection-refused.*\[rules-unknown-condition\]\n {2}hint: .*connection-refused/,
    );
  });

  it('tells of a rule file that does not exist', async () => {
    const { code, stderr } = await runBinary(['--rules', 'gone.yaml', LOG], { cwd: temporaryDirectory() });
    expect(code).toBe(2);
    expect(stderr).toContain('gone.yaml');
  });
});
