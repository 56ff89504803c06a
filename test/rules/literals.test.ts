import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MatchNode } from '../../src/model/index.ts';
import { groupNames, regexLiterals, requiredLiterals } from '../../src/rules/literals.ts';
import { loadBuiltin } from './knowledge-files.ts';

/** How writers of structured logs escape a text. What stands between the quotes is what a scan sees. */
const DRESSES: Readonly<Record<string, (text: string) => string>> = {
  'plain text': (text) => text,
  'JSON.stringify': json,
  'json.dumps of Python': (text) => escapeAll(json(text), /[\u0080-\uffff]/g),
  'json_encode of PHP': (text) => escapeAll(json(text).replaceAll('/', String.raw`\/`), /[\u0080-\uffff]/g),
  'encoding/json of Go': (text) => escapeAll(json(text), /[<>&\u2028\u2029]/g),
  'System.Text.Json of .NET': (text) => escapeAll(json(text).replaceAll('\\"', '\\u0022'), /[<>&'+`\u007f-\uffff]/g),
  'Gson of Java': (text) => escapeAll(json(text), /[<>&='\u2028\u2029]/g),
};

function json(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeAll(text: string, what: RegExp): string {
  return text.replace(what, (char) => String.raw`\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

describe('literals of an expression', () => {
  it.each<[source: string, expected: readonly string[] | undefined]>([
    ['connection refused', ['connection refused']],
    ['Connection REFUSED', ['connection refused']],
    ['short', ['short']],
    ['four', undefined],
    ['', undefined],
    // The longest run that must be there, whatever stands around it.
    [String.raw`connect ECONNREFUSED (?<host>[^\s:]+):(?<port>\d+)`, ['connect econnrefused ']],
    [String.raw`\d+ deadlocks? (?:was|were) detected`, [' deadlock was detected', ' deadlock were detected', ' deadlocks was detected', ' deadlocks were detected']],
    [String.raw`^\s*ORA-0[06]0[0-9]\d: `, ['ora-0000', 'ora-0600', 'ora-0001', 'ora-0601', 'ora-0002', 'ora-0602', 'ora-0003', 'ora-0603', 'ora-0004', 'ora-0604', 'ora-0005', 'ora-0605', 'ora-0006', 'ora-0606', 'ora-0007', 'ora-0607', 'ora-0008', 'ora-0608', 'ora-0009', 'ora-0609']],
    // Every alternative needs one of its own.
    ['first failure|second failure', ['first failure', 'second failure']],
    ['first failure|2nd', undefined],
    ['(?:first|second) .* collapsed', [' collapsed']],
    // What stands in many healthy lines is taken only when nothing else can be.
    ['(?:first|second) .* failure', ['first ', 'second ']],
    // What need not be there does not count.
    ['(?:connection )?refused here', ['refused here']],
    ['permission denied for (?:table|relation|schema) orders', ['permission denied for ']],
    ['(?:connection refused)*', undefined],
    ['(?:connection refused)+', ['connection refused']],
    ['(?:connection refused){2}', ['connection refusedconnection refused']],
    ['(?:connection refused){0}nothing', ['nothing']],
    ['(?=connection refused)', undefined],
    ['(?!connection refused)at all', ['at all']],
    ['(?<!connection )refused', ['refused']],
    ['[^c]onnection', ['onnection']],
    ['[cd]onnection', ['connection', 'donnection']],
    ['[Cc]onnection', ['connection']],
    ['[a-z]onnection', ['onnection']],
    [String.raw`(?<word>refused) \k<word>`, ['refused ']],
    // Nothing that a writer of JSON may escape.
    ['relation "orders" does not exist', [' does not exist']],
    ["can't connect to 'stock'", ['t connect to ']],
    ['open /var/lib/postgresql/data failed', ['data failed']],
    ['size=1000 bytes', ['1000 bytes']],
    ['grün: Verbindung abgelehnt', ['n: verbindung abgelehnt']],
    ['first line\nsecond line', ['second line']],
    [String.raw`tab\tstops here`, ['stops here']],
    // As it is compiled, with the u flag.
    [String.raw`\p{Lu}\p{Ll}+ refused`, [' refused']],
    [String.raw`\u{63}onnection refused`, ['connection refused']],
    // Too many to write out: as many as make sense go with what stands behind them.
    ['(?:a|b|c)[0-9][0-9] refused', Array.from('0123456789', (digit) => `${digit} refused`)],
  ])('%s', (source, expected) => {
    expect(() => new RegExp(source, 'mu')).not.toThrow();
    expect(regexLiterals(source)?.toSorted()).toEqual(expected?.toSorted());
  });
});

describe('literals of a match', () => {
  const contains = (...texts: readonly string[]): MatchNode => ({ kind: 'contains', texts });
  const attribute = (name: string, test: object): MatchNode => ({ kind: 'attribute', tests: [[name, test]] });

  it.each<[what: string, node: MatchNode, expected: readonly string[] | undefined]>([
    ['one of several texts', contains('Disk full', 'No space left'), ['disk full', 'no space left']],
    ['a text without any', contains('Disk full', 'full'), undefined],
    ['all: the best of its nodes', { kind: 'all', nodes: [contains('stock'), contains('stock service refused')] }, ['stock service refused']],
    ['all: what only one node requires', { kind: 'all', nodes: [{ kind: 'severity', atLeast: 'error' }, contains('refused')] }, ['refused']],
    ['any: those of all its nodes', { kind: 'any', nodes: [contains('refused'), contains('reset by')] }, ['refused', 'reset by']],
    ['any: none when one has none', { kind: 'any', nodes: [contains('refused'), { kind: 'severity', atLeast: 'error' }] }, undefined],
    ['not', { kind: 'not', node: contains('refused') }, undefined],
    ['severity', { kind: 'severity', atLeast: 'error' }, undefined],
    ['an attribute that equals a text', attribute('err.code', { equals: 'ECONNREFUSED' }), ['econnrefused']],
    ['an attribute that equals a short text', attribute('err.code', { equals: '42P01' }), ['42p01']],
    ['an attribute that matches', attribute('err.code', { regex: '^ECONN(?:REFUSED|RESET)$' }), ['econnrefused', 'econnreset']],
    ['an attribute that is there', attribute('err.code', { exists: true }), undefined],
    ['an attribute that is not there', attribute('err.code', { exists: false }), undefined],
    ['a number that says too little', attribute('pool.size', { gte: 10 }), undefined],
  ])('%s', (_what, node, expected) => {
    expect(requiredLiterals(node)?.toSorted()).toEqual(expected?.toSorted());
  });

  it.each([
    '10.0.0.1 - - [21/Nov/2026:12:00:00 +0000] "GET / HTTP/1.1" 502 157 "-" "curl"',
    '{"level":30,"res":{"statusCode":502},"msg":"request completed"}',
    '{"status":502,"method":"GET"}',
    '{"status": 502}',
    'level=info method=GET status=502 duration=3ms',
  ])('a status stands in %s', (line) => {
    const literals = requiredLiterals(attribute('http.response.status_code', { gte: 500 })) ?? [];
    expect(literals.filter((literal) => line.includes(literal)).length).toBeGreaterThan(0);
  });

  it('of a status of any kind are too many', () => {
    expect(requiredLiterals(attribute('http.response.status_code', { gte: 400 }))).toBeUndefined();
    expect(requiredLiterals(attribute('http.response.status_code', { equals: 429 }))).toContain(':429,');
  });
});

/** An expression of which a matching text can be made. */
type Tree =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'class'; readonly chars: string }
  | { readonly kind: 'digits'; readonly min: number; readonly max: number }
  | { readonly kind: 'anything' }
  | { readonly kind: 'either'; readonly options: readonly Tree[] }
  | { readonly kind: 'repeat'; readonly tree: Tree; readonly min: number; readonly max: number }
  | { readonly kind: 'sequence'; readonly trees: readonly Tree[] };

const char = fc.constantFrom(...'abcdeABCDE 019 -_.:,;()[]{}*+?^$|/\\"\'`<>&=%#~@é€\n\t'.split(''));
const word = fc.constantFrom('connection', 'refused', 'TIMEOUT', 'no such', 'table', 'ab', "can't", 'a/b', 'x=y', '<nil>', 'naïve');

const { tree } = fc.letrec<{ tree: Tree; leaf: Tree }>((tie) => ({
  leaf: fc.oneof(
    fc.string({ unit: char, maxLength: 12 }).map((text): Tree => ({ kind: 'text', text })),
    word.map((text): Tree => ({ kind: 'text', text })),
    fc.string({ unit: fc.constantFrom(...'abcXYZ019_-'.split('')), minLength: 1, maxLength: 4 }).map((chars): Tree => ({ kind: 'class', chars })),
    fc.tuple(fc.nat(2), fc.nat(2)).map(([min, more]): Tree => ({ kind: 'digits', min, max: min + more })),
    fc.constant<Tree>({ kind: 'anything' }),
  ),
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('tree'), { minLength: 1, maxLength: 5 }).map((trees): Tree => ({ kind: 'sequence', trees })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((options): Tree => ({ kind: 'either', options })),
    fc.tuple(tie('leaf'), fc.nat(2), fc.nat(2)).map(([inner, min, more]): Tree => ({ kind: 'repeat', tree: inner, min, max: min + more })),
  ),
}));

function sourceOf(node: Tree): string {
  switch (node.kind) {
    case 'text':
      return node.text.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`);
    case 'class':
      return `[${node.chars.replaceAll('-', String.raw`\-`)}]`;
    case 'digits':
      return String.raw`\d{${node.min},${node.max}}`;
    case 'anything':
      return String.raw`[^"\n]{0,20}`;
    case 'either':
      return `(?:${node.options.map(sourceOf).join('|')})`;
    case 'repeat':
      return `(?:${sourceOf(node.tree)}){${node.min},${node.max}}`;
    case 'sequence':
      return node.trees.map(sourceOf).join('');
  }
}

/** A text that the expression matches; `choose` gives a number below its bound. */
function sampleOf(node: Tree, choose: (bound: number) => number): string {
  const times = (min: number, max: number): unknown[] => Array.from({ length: min + choose(max - min + 1) });
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'class':
      return node.chars.charAt(choose(node.chars.length));
    case 'digits':
      return times(node.min, node.max).map(() => String(choose(10))).join('');
    case 'anything':
      return ['', 'x', ' / ', 'é<'][choose(4)] ?? '';
    case 'either':
      return sampleOf(node.options[choose(node.options.length)] ?? { kind: "anything" }, choose);
    case 'repeat':
      return times(node.min, node.max).map(() => sampleOf(node.tree, choose)).join('');
    case 'sequence':
      return node.trees.map((part) => sampleOf(part, choose)).join('');
  }
}

/** With many quantifiers an expression may take for ever; that the text matches is true by its making anyway. */
function canBeTried(source: string): boolean {
  return source.split(/(?<!\\)\{\d/).length < 5;
}

const sample = fc.tuple(tree, fc.infiniteStream(fc.nat(9_999)), fc.boolean());

it.each(Object.entries(DRESSES))('whatever an expression matches holds one of its literals: %s', (_name, dress) => {
  let derived = 0;
  fc.assert(
    fc.property(sample, ([node, choices, isUpper]) => {
      const source = sourceOf(node);
      const choose = (bound: number): number => (choices.next().value as number) % bound;
      const made = sampleOf(node, choose);
      const text = isUpper ? made.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase()) : made;
      if (canBeTried(source)) expect(new RegExp(`^(?:${source})$`, isUpper ? 'iu' : 'u').test(text)).toBe(true);
      const literals = regexLiterals(source);
      if (literals === undefined) return;
      derived++;
      const seen = dress(text).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
      expect(literals.some((literal) => seen.includes(literal)), `${seen} holds none of ${literals.join(' | ')}`).toBe(true);
    }),
    { numRuns: 1_500, seed: 1 },
  );
  expect(derived).toBeGreaterThan(200);
});

describe('literals of the built-in rules', () => {
  const { rules } = loadBuiltin().knowledge;

  it('are there, so that no line has to be tried without need', () => {
    expect(rules.filter(({ literals }) => literals === undefined).map(({ id }) => id)).toEqual([]);
  });

  it('are lower case, of five characters or more, and plain ASCII', () => {
    const odd = rules.flatMap(({ literals = [] }) => literals).filter((literal) => !/^[\u0001 -@[-~]{5,}$/.test(literal));
    expect(odd).toEqual([]);
  });
});

describe('names of groups', () => {
  it('are found, look-behinds are none', () => {
    expect(groupNames(String.raw`(?<host>a)(?<=b)(?<!c)(?:d)\(?<port>e(?<_x1>f)[(?<no>]`)).toEqual(['host', '_x1']);
  });
});
