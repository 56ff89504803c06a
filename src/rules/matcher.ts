import { SEVERITY_NUMBER, type AttributeTest, type LogRecord, type MatchNode } from '../model/index.ts';
import { flagsOf } from './expressions.ts';

/** What a node found: where it begins and what its groups hold. */
export interface Found {
  readonly offset: number;
  readonly captures: Readonly<Record<string, string>>;
}

/** A match node, compiled: tries a record and the text that it is searched in. */
export type Matcher = (record: LogRecord, text: string) => Found | undefined;

const NOTHING = Object.freeze({});

/** Compiles a match node; regular expressions are made when they are first needed. */
export function compileMatch(node: MatchNode): Matcher {
  switch (node.kind) {
    case 'contains':
      return containsMatcher(node.texts);
    case 'regex':
      return regexMatcher(node.source, node.ignoreCase);
    case 'attribute':
      return allMatcher(node.tests.map(([name, test]) => attributeMatcher(name, test)));
    case 'severity':
      return severityMatcher(SEVERITY_NUMBER[node.atLeast]);
    case 'any':
      return anyMatcher(node.nodes.map(compileMatch));
    case 'all':
      return allMatcher(node.nodes.map(compileMatch));
    case 'not':
      return notMatcher(compileMatch(node.node));
  }
}

function containsMatcher(texts: readonly string[]): Matcher {
  return (_record, text) => {
    for (const wanted of texts) {
      const offset = text.indexOf(wanted);
      if (offset >= 0) return { offset, captures: NOTHING };
    }
    return undefined;
  };
}

function regexMatcher(source: string, ignoreCase: boolean): Matcher {
  let compiled: RegExp | undefined;
  return (_record, text) => {
    compiled ??= new RegExp(source, flagsOf({ ignoreCase }));
    const found = compiled.exec(text);
    return found === null ? undefined : { offset: found.index, captures: filled(found.groups) };
  };
}

function filled(groups: Readonly<Record<string, string | undefined>> | undefined): Readonly<Record<string, string>> {
  if (groups === undefined) return NOTHING;
  const captures: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups)) if (value !== undefined && value !== '') captures[name] = value;
  return Object.keys(captures).length === 0 ? NOTHING : captures;
}

function attributeMatcher(name: string, test: AttributeTest): Matcher {
  const regex = test.regex === undefined ? undefined : new RegExp(test.regex, flagsOf({}));
  return (record) => {
    const value = record.attributes.get(name);
    if (test.exists === false) return value === undefined ? { offset: 0, captures: NOTHING } : undefined;
    if (value === undefined) return undefined;
    if (test.equals !== undefined && String(value) !== String(test.equals)) return undefined;
    if (test.gte !== undefined && !(Number(value) >= test.gte)) return undefined;
    if (test.lte !== undefined && !(Number(value) <= test.lte)) return undefined;
    const found = regex?.exec(String(value));
    if (found === null) return undefined;
    return { offset: 0, captures: filled(found?.groups) };
  };
}

function severityMatcher(atLeast: number): Matcher {
  return (record) => ((record.severityNumber ?? 0) >= atLeast ? { offset: 0, captures: NOTHING } : undefined);
}

/** The first alternative that captures something; else the first that matches. */
function anyMatcher(matchers: readonly Matcher[]): Matcher {
  return (record, text) => {
    let bare: Found | undefined;
    for (const matcher of matchers) {
      const found = matcher(record, text);
      if (found === undefined) continue;
      if (found.captures !== NOTHING) return found;
      bare ??= found;
    }
    return bare;
  };
}

function allMatcher(matchers: readonly Matcher[]): Matcher {
  return (record, text) => {
    let offset: number | undefined;
    const captures: Record<string, string> = {};
    for (const matcher of matchers) {
      const found = matcher(record, text);
      if (found === undefined) return undefined;
      offset = Math.max(offset ?? 0, found.offset);
      Object.assign(captures, found.captures);
    }
    return { offset: offset ?? 0, captures };
  };
}

function notMatcher(matcher: Matcher): Matcher {
  return (record, text) => (matcher(record, text) === undefined ? { offset: 0, captures: NOTHING } : undefined);
}
