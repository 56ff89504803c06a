import { describe, expect, it } from 'vitest';
import type { LogRecord, Match } from '../../src/model/index.ts';
import { RuleSet } from '../../src/rules/index.ts';
import { rulesOf } from './knowledge-files.ts';
import { logRecord } from './log-record.ts';

/** A rule of which a test gives what follows its title. */
function ruleSet(rest: string): RuleSet {
  return new RuleSet(rulesOf(`- id: shop/rule\n  condition: connection-refused\n  title: T\n${rest.replaceAll(/^/gm, '  ')}`));
}

/** Tries the record with all literals, as if the scan had found each of them. */
function tryOn(rules: RuleSet, record: LogRecord): readonly Match[] {
  return rules.match(record, new Set(rules.literals.keys()));
}

function matches(rest: string, record: LogRecord | string): boolean {
  return tryOn(ruleSet(rest), typeof record === 'string' ? logRecord(record) : record).length > 0;
}

function capturesOf(rest: string, record: LogRecord | string): unknown {
  return tryOn(ruleSet(rest), typeof record === 'string' ? logRecord(record) : record)[0]?.captures;
}

describe('contains', () => {
  it('is met by any of its texts, as they are written', () => {
    const rest = 'match: {contains: [stock service refused, shelf collapsed]}';
    expect(matches(rest, 'the stock service refused')).toBe(true);
    expect(matches(rest, 'a shelf collapsed')).toBe(true);
    expect(matches(rest, 'Stock Service Refused')).toBe(false);
    expect(matches(rest, 'stock service\nrefused')).toBe(false);
  });
});

describe('regex', () => {
  it('has lines: ^ and $ are their bounds, and a dot stops there', () => {
    const rest = String.raw`match: {regex: '^shelf (?<node>.+) collapsed$'}`;
    expect(capturesOf(rest, 'first line\nshelf 7 collapsed\nlast line')).toEqual({ node: '7' });
    expect(matches(rest, 'the shelf 7 collapsed')).toBe(false);
    expect(matches(rest, 'shelf 7\n8 collapsed')).toBe(false);
  });

  it('heeds case unless it is told not to', () => {
    expect(matches('match: {regex: shelf collapsed}', 'SHELF COLLAPSED')).toBe(false);
    expect(matches('match: {regex: shelf collapsed, ignoreCase: true}', 'SHELF COLLAPSED')).toBe(true);
  });

  it('captures what its groups hold, and nothing for groups that are empty or took no part', () => {
    const rest = String.raw`match: {regex: 'shelf (?<node>\d*)(?: of (?<group>\w+))? collapsed'}`;
    expect(capturesOf(rest, 'shelf 7 of east collapsed')).toEqual({ node: '7', group: 'east' });
    expect(capturesOf(rest, 'shelf  collapsed')).toEqual({});
  });

  it('says where it begins', () => {
    const [match] = tryOn(ruleSet('match: {regex: shelf collapsed}'), logRecord('oh: shelf collapsed'));
    expect(match?.offset).toBe(4);
  });
});

describe('attribute', () => {
  const record = logRecord('request failed', {
    attributes: { 'err.code': 'ECONNREFUSED', 'http.response.status_code': 502, retry: true, duration_ms: 1500, text: '7' },
  });

  it.each([
    ['{err.code: ECONNREFUSED}', true],
    ['{err.code: econnrefused}', false],
    ['{err.code: {equals: ECONNREFUSED}}', true],
    [String.raw`{err.code: {regex: '^ECONN(?<code>\w+)$'}}`, true],
    ['{err.code: {regex: ^REFUSED}}', false],
    ['{err.code: {exists: true}}', true],
    ['{err.code: {exists: false}}', false],
    ['{err.cause: {exists: false}}', true],
    ['{err.cause: {exists: true}}', false],
    ['{http.response.status_code: 502}', true],
    ['{http.response.status_code: "502"}', true],
    ['{http.response.status_code: 503}', false],
    ['{http.response.status_code: {gte: 502, lte: 502}}', true],
    ['{http.response.status_code: {gte: 503}}', false],
    ['{http.response.status_code: {lte: 501}}', false],
    ['{duration_ms: {gte: 1000.5}}', true],
    ['{text: {gte: 6}}', true],
    ['{err.code: {gte: 0}}', false],
    ['{err.code: {lte: 0}}', false],
    ['{retry: true}', true],
    ['{retry: false}', false],
    ['{err.code: ECONNREFUSED, http.response.status_code: {gte: 500}}', true],
    ['{err.code: ECONNREFUSED, http.response.status_code: {lte: 499}}', false],
    ['{absent: x}', false],
    ['{constructor: {exists: true}}', false],
  ])('%s', (tests, expected) => {
    expect(matches(`literals: none\nmatch: {attribute: ${tests}}`, record)).toBe(expected);
  });

  it('captures the groups of its expressions', () => {
    const rest = String.raw`match: {attribute: {err.code: {regex: '^ECONN(?<signal>\w+)$'}, retry: true}}`;
    expect(capturesOf(`literals: none\n${rest}`, record)).toMatchObject({ signal: 'REFUSED' });
  });
});

describe('severity', () => {
  it('holds for records of that level and above, never for those without one', () => {
    const rest = 'minSeverity: trace\nliterals: none\nmatch: {severity: {atLeast: error}}';
    const met = [undefined, 1, 16, 17, 20, 24].filter((severityNumber) =>
      matches(rest, logRecord('x', severityNumber === undefined ? {} : { severityNumber })),
    );
    expect(met).toEqual([17, 20, 24]);
  });
});

describe('nodes of nodes', () => {
  it('any takes the first one that is met, with its captures', () => {
    const rest = String.raw`match: {any: [{regex: 'shelf (?<node>\d+)'}, {regex: 'shelf (?<group>\w+)'}]}`;
    expect(capturesOf(rest, 'shelf 7')).toEqual({ node: '7' });
    expect(capturesOf(rest, 'shelf east')).toEqual({ group: 'east' });
    expect(matches(rest, 'no such thing')).toBe(false);
  });

  it('all needs each one, and puts their captures together', () => {
    const rest = String.raw`match: {all: [{regex: 'shelf (?<node>\d+)'}, {contains: collapsed}, {regex: 'by (?<user>\w+)'}]}`;
    const [match] = tryOn(ruleSet(rest), logRecord('shelf 7 collapsed by night'));
    expect(match).toMatchObject({ captures: { node: '7', user: 'night' }, offset: 18 });
    expect(matches(rest, 'shelf 7 collapsed')).toBe(false);
    const [turned] = tryOn(ruleSet(rest), logRecord('by night collapsed shelf 7'));
    expect(turned?.offset).toBe(19);
  });

  it('several keys of one node are all of them', () => {
    const rest = 'match: {contains: collapsed, severity: {atLeast: error}}';
    expect(matches(rest, logRecord('shelf collapsed', { severityNumber: 17 }))).toBe(true);
    expect(matches(rest, logRecord('shelf collapsed', { severityNumber: 13 }))).toBe(false);
  });

  it('not holds where its node does not', () => {
    const rest = 'match: {all: [{contains: collapsed}, {not: {contains: on purpose}}]}';
    expect(matches(rest, 'shelf collapsed')).toBe(true);
    expect(matches(rest, 'shelf collapsed on purpose')).toBe(false);
  });

  it('each veto of the rule is enough', () => {
    const rest = 'match: {contains: collapsed}\nnot: [{contains: on purpose}, {attribute: {drill: true}}]';
    expect(matches(rest, 'shelf collapsed')).toBe(true);
    expect(matches(rest, 'shelf collapsed on purpose')).toBe(false);
    expect(matches(rest, logRecord('shelf collapsed', { attributes: { drill: true } }))).toBe(false);
  });
});

describe('the least severity', () => {
  const rest = 'match: {contains: shelf collapsed}';
  const metAt = (more: string, levels: readonly (number | undefined)[]): readonly (number | undefined)[] =>
    levels.filter((severityNumber) => matches(`${more}${rest}`, logRecord('shelf collapsed', severityNumber === undefined ? {} : { severityNumber })));

  it('is info, unless nothing is known', () => {
    expect(metAt('', [undefined, 1, 5, 9, 12, 13, 17, 24])).toEqual([undefined, 9, 12, 13, 17, 24]);
  });

  it('is a warning for words that any program may repeat', () => {
    expect(metAt('fallback: true\n', [undefined, 9, 12, 13, 17])).toEqual([undefined, 13, 17]);
  });

  it.each(['retrying in 5 s', 'will try again', 'attempt 2 of 3', 'reconnecting'])('is a warning where a record says: %s', (words) => {
    const met = [9, 13].filter((severityNumber) => matches(rest, logRecord(`shelf collapsed, ${words}`, { severityNumber })));
    expect(met).toEqual([13]);
    expect(matches(`minSeverity: info\n${rest}`, logRecord(`shelf collapsed, ${words}`, { severityNumber: 9 }))).toBe(true);
  });

  it('is what the rule says', () => {
    expect(metAt('minSeverity: info\n', [undefined, 5, 8, 9])).toEqual([undefined, 9]);
    expect(metAt('minSeverity: fatal\n', [undefined, 17, 20, 21])).toEqual([undefined, 21]);
  });

  it('counts the level that stands in the text like one of a field', () => {
    expect(matches(rest, logRecord('DEBUG shelf collapsed', { severityNumber: 5, severityInferred: true }))).toBe(false);
  });
});

describe('captures that the record gives', () => {
  const rest = String.raw`match: {regex: 'shelf at (?<host>[\w.]+)(?::(?<port>\d+))? collapsed'}`;

  it('are there beside those of the match', () => {
    const attributes = { 'service.name': 'api', 'request.id': 7, 'error.code': '42P01', 'url.path': '/orders', 'k8s.pod.name': 'api-1' };
    expect(capturesOf(rest, logRecord('shelf at db:5432 collapsed', { attributes }))).toEqual({
      host: 'db', port: '5432', peer: 'db:5432', service: 'api', request: '7', code: '42P01', path: '/orders', pod: 'api-1',
    });
  });

  it('do not replace those of the match', () => {
    const own = String.raw`match: {regex: 'collapsed with code (?<code>\d+) at peer (?<peer>\w+) on (?<host>\w+)'}`;
    const record = logRecord('collapsed with code 12 at peer east on db', { attributes: { 'error.code': 'E1' } });
    expect(capturesOf(own, record)).toEqual({ code: '12', peer: 'east', host: 'db' });
  });

  it('make the peer of a host alone', () => {
    expect(capturesOf(rest, 'shelf at db collapsed')).toEqual({ host: 'db', peer: 'db' });
  });
});

describe('which rules are tried', () => {
  const rule = (name: string, text: string): string => `- {id: shop/${name}, condition: connection-refused, title: T, match: {contains: ${text}}}\n`;
  const record = logRecord('shelf collapsed, stock service refused');

  it('are those of which the record holds a literal, in the order of the rules', () => {
    const rules = new RuleSet(rulesOf(rule('b', 'stock service refused') + rule('a', 'shelf collapsed') + rule('c', 'shelf collapsed')));
    const indexOf = (text: string): number => rules.literals.findIndex((literal) => literal.text === text);
    const idsFor = (...texts: readonly string[]): readonly string[] =>
      rules.match(record, new Set(texts.map(indexOf))).map((match) => match.rule.id);
    expect(idsFor('shelf collapsed')).toEqual(['shop/a', 'shop/c']);
    expect(idsFor('shelf collapsed', 'stock service refused')).toEqual(['shop/b', 'shop/a', 'shop/c']);
    expect(rules.match(record, new Set())).toEqual([]);
    expect(rules.match(record, new Set([-1]))).toEqual([]);
    expect(rules.isSelective).toBe(true);
  });

  it('are also those without a literal, on every record', () => {
    const rules = new RuleSet(rulesOf(`${rule('a', 'shelf collapsed')}- {id: shop/always, condition: connection-refused, title: T, literals: none, match: {contains: stock}}\n`));
    expect(rules.isSelective).toBe(false);
    expect(rules.match(record, new Set([-1])).map((match) => match.rule.id)).toEqual(['shop/always']);
  });

  it('has each literal once, whichever rules share it', () => {
    const rules = new RuleSet(rulesOf(rule('a', 'shelf collapsed') + rule('c', 'shelf collapsed')));
    expect(rules.literals.filter(({ text }) => text === 'shelf collapsed')).toHaveLength(1);
    expect(new Set(rules.literals.map(({ text, minDigits }) => `${text} ${minDigits}`)).size).toBe(rules.literals.length);
  });
});
