import { RegExpParser, visitRegExpAST, type AST } from '@eslint-community/regexpp';
import type { AttributeTest, MatchNode } from '../model/index.ts';
import { attributeLiterals } from './attribute-literals.ts';
import { isCommonText } from './common-texts.ts';

/** Fewer bytes would make nearly every line a candidate. */
const MIN_LENGTH = 5;
/** More bytes do not make a literal rarer in practice. */
const USEFUL_LENGTH = 12;
/** Texts that begin with so many of the same bytes are looked for by what they share. */
const TELLING_LENGTH = 16;
/** Texts that one part of an expression is written out into. */
const MAX_ALTERNATIVES = 64;
/** A set without common texts is better than any with one. */
const COMMON_PENALTY = 100;
/** Literals of one rule. */
const MAX_LITERALS = 128;

/** Texts of which a record holds at least one whenever the node matches; undefined: nothing can be required. */
export type RequiredLiterals = readonly string[] | undefined;

/**
 * The literals that a match requires, lower case. They are free of characters that JSON writers escape (quotes, backtick,
 * backslash, slash, `<`, `>`, `&`, `+`, `=`, control and non-ASCII characters), so they stand in the raw bytes of a
 * structured log as well.
 */
export function requiredLiterals(node: MatchNode): RequiredLiterals {
  switch (node.kind) {
    case 'contains':
      return union(node.texts.map((text) => bestOf(fragmentsOf(text).map((fragment) => [fragment]))));
    case 'regex':
      return regexLiterals(node.source);
    case 'attribute':
      return bestOf(node.tests.map(([name, test]) => testLiterals(name, test)));
    case 'any':
      return union(node.nodes.map(requiredLiterals));
    case 'all':
      return bestOf(node.nodes.map(requiredLiterals));
    case 'severity':
    case 'not':
      return undefined;
  }
}

function testLiterals(name: string, test: AttributeTest): RequiredLiterals {
  const known = attributeLiterals(name, test);
  if (known !== undefined) return known;
  if (typeof test.equals === 'string') return bestOf(fragmentsOf(test.equals).map((fragment) => [fragment]));
  return test.regex === undefined ? undefined : regexLiterals(test.regex);
}

/** Every alternative needs its own; one without makes the whole useless. */
function union(sets: readonly RequiredLiterals[]): RequiredLiterals {
  const all = new Set<string>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const literal of set) all.add(literal);
  }
  const fewest = withoutImplied(all.size > 1 ? sharedBeginnings([...all]) : [...all]);
  return fewest.length === 0 || fewest.length > MAX_LITERALS ? undefined : fewest;
}

/** Literals that begin alike, as far as is telling by itself, become the one that they share. */
function sharedBeginnings(literals: readonly string[]): readonly string[] {
  const groups = new Map<string, string>();
  for (const literal of literals) {
    const head = literal.length < TELLING_LENGTH ? literal : literal.slice(0, TELLING_LENGTH);
    const known = groups.get(head);
    groups.set(head, known === undefined ? literal : sharedPrefix(known, literal));
  }
  const shared = [...groups.values()];
  return shared.some(isCommonText) ? literals : shared;
}

function sharedPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

/** A literal that holds another one is found with it. */
function withoutImplied(literals: readonly string[]): readonly string[] {
  return literals.filter((literal) => !literals.some((other) => other !== literal && literal.includes(other)));
}

/** The set whose shortest literal is longest; among equals the smaller set. */
function bestOf(sets: readonly RequiredLiterals[]): RequiredLiterals {
  let best: RequiredLiterals;
  let bestScore = -Infinity;
  for (const set of sets) {
    if (set === undefined || set.length === 0 || set.length > MAX_LITERALS) continue;
    const shortest = Math.min(...set.map((literal) => literal.length));
    if (shortest < MIN_LENGTH) continue;
    const isCommon = set.some(isCommonText);
    const score = (isCommon ? 0 : COMMON_PENALTY) + Math.min(shortest, USEFUL_LENGTH) - Math.log2(set.length);
    if (best === undefined || score > bestScore) [best, bestScore] = [set, score];
  }
  return best;
}

/** What some writer of JSON escapes: PHP the slash, Go and .NET `<`, `>` and `&`, .NET also `'`, `+` and the backtick, Gson `=`. */
const UNSAFE = /["'`\\/<>&+=\u0000-\u001f\u007f-\uffff]+/;

function fragmentsOf(text: string): string[] {
  return text.toLowerCase().split(UNSAFE).filter((fragment) => fragment.length >= MIN_LENGTH);
}

/** The required literals of a regular expression, from its syntax tree. */
export function regexLiterals(source: string): RequiredLiterals {
  return alternativesLiterals(parseExpression(source).alternatives);
}

/** As it is compiled: with the u flag. */
function parseExpression(source: string): AST.Pattern {
  return new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, { unicode: true });
}

function alternativesLiterals(alternatives: readonly AST.Alternative[]): RequiredLiterals {
  return union(alternatives.map((alternative) => sequenceLiterals(alternative.elements)));
}

/** Joins neighbouring exact texts as far as they go; each run that ends is a candidate. */
function sequenceLiterals(elements: readonly AST.Element[]): RequiredLiterals {
  const candidates: RequiredLiterals[] = [];
  let run: readonly string[] = [''];
  const endRun = (): void => {
    candidates.push(cleanRun(run));
    run = [''];
  };
  for (const element of elements) {
    if (element.type === 'Assertion') continue;
    const exact = exactTexts(element);
    if (exact !== undefined && exact.length * run.length <= MAX_ALTERNATIVES) {
      run = run.flatMap((head) => exact.map((tail) => head + tail));
      continue;
    }
    endRun();
    if (exact === undefined) candidates.push(innerLiterals(element));
    else run = exact;
  }
  endRun();
  return bestOf(candidates);
}

/** Of each text of a run its longest safe fragment; useless when one has none. */
function cleanRun(run: readonly string[]): RequiredLiterals {
  return union(
    run.map((text) => {
      const longest = fragmentsOf(text).sort((a, b) => b.length - a.length)[0];
      return longest === undefined ? undefined : [longest];
    }),
  );
}

function innerLiterals(element: AST.Element): RequiredLiterals {
  if (element.type === 'Group' || element.type === 'CapturingGroup') return alternativesLiterals(element.alternatives);
  if (element.type === 'Quantifier' && element.min > 0) return innerLiterals(element.element);
  return undefined;
}

/** All texts that an element can stand for, when they are few. */
function exactTexts(element: AST.Element): readonly string[] | undefined {
  switch (element.type) {
    case 'Character':
      return [String.fromCodePoint(element.value)];
    case 'CharacterClass':
      return classTexts(element);
    case 'Group':
    case 'CapturingGroup':
      return groupTexts(element.alternatives);
    case 'Quantifier':
      return quantifierTexts(element);
    default:
      return undefined;
  }
}

function classTexts(element: AST.CharacterClass): readonly string[] | undefined {
  if (element.negate) return undefined;
  const texts = new Set<string>();
  for (const member of element.elements) {
    if (member.type === 'Character') texts.add(String.fromCodePoint(member.value).toLowerCase());
    else if (member.type === 'CharacterClassRange' && member.max.value - member.min.value < 10) {
      for (let code = member.min.value; code <= member.max.value; code++) texts.add(String.fromCodePoint(code).toLowerCase());
    } else if (member.type === 'CharacterSet' && member.kind === 'digit' && !member.negate) {
      for (let digit = 0; digit < 10; digit++) texts.add(String(digit));
    } else return undefined;
  }
  return texts.size <= 10 ? [...texts] : undefined;
}

function groupTexts(alternatives: readonly AST.Alternative[]): readonly string[] | undefined {
  const all: string[] = [];
  for (const alternative of alternatives) {
    let texts: readonly string[] = [''];
    for (const element of alternative.elements) {
      if (element.type === 'Assertion') continue;
      const next = exactTexts(element);
      if (next === undefined || next.length * texts.length > MAX_ALTERNATIVES) return undefined;
      texts = texts.flatMap((head) => next.map((tail) => head + tail));
    }
    all.push(...texts);
  }
  return all.length <= MAX_ALTERNATIVES ? all : undefined;
}

function quantifierTexts(element: AST.Quantifier): readonly string[] | undefined {
  if (element.max > 3 || element.max === 0) return undefined;
  const once = exactTexts(element.element);
  if (once === undefined) return undefined;
  const all: string[] = element.min === 0 ? [''] : [];
  let texts: readonly string[] = [''];
  for (let count = 1; count <= element.max; count++) {
    texts = texts.flatMap((head) => once.map((tail) => head + tail));
    if (count >= Math.max(element.min, 1)) all.push(...texts);
    if (all.length > MAX_ALTERNATIVES || texts.length > MAX_ALTERNATIVES) return undefined;
  }
  return all;
}

/** The named groups of a regular expression, in order. */
export function groupNames(source: string): string[] {
  const names: string[] = [];
  visitRegExpAST(parseExpression(source), {
    onCapturingGroupEnter({ name }) {
      if (name !== null) names.push(name);
    },
  });
  return names;
}
