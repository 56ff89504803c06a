import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { isAlias, isNode, isPair, isScalar, LineCounter, parseAllDocuments, visit, type Document } from 'yaml';
import type { Problem, ProblemCode } from '../model/index.ts';
import { CONDITIONS_SCHEMA, RULES_SCHEMA } from './schema.ts';
import { suggest } from './suggest.ts';

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_ALIASES = 100;
const MAX_DEPTH = 32;

export type FileKind = 'conditions' | 'rules';

/** Where an entry of a file stands, for messages that are found later. */
export type Locate = (path: readonly (string | number)[], ...keys: readonly string[]) => { line: number; column: number };

export interface YamlFile {
  readonly name: string;
  readonly kind: FileKind;
  /** Entries that fit the schema, as plain data. */
  readonly entries: readonly { readonly value: unknown; readonly index: number }[];
  readonly locate: Locate;
  readonly problems: readonly Problem[];
}

/**
 * Parses and validates a file of conditions or rules. What is wrong comes back as problems with line and column; entries
 * that are right are kept.
 */
export function readYamlFile(name: string, content: string): YamlFile {
  const empty = { name, kind: 'rules' as const, entries: [], locate: () => ({ line: 1, column: 1 }) };
  if (content.length > MAX_FILE_BYTES) {
    return { ...empty, problems: [problem('rules-limit', `the file is larger than ${MAX_FILE_BYTES} bytes`, name)] };
  }
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(content, { lineCounter, uniqueKeys: true, version: '1.2' });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  if (document === undefined) return { ...empty, problems: [] };
  const syntax = document.errors.map((error) => ({
    ...problem('rules-syntax', error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? 'syntax', name),
    line: lineCounter.linePos(error.pos[0]).line,
    column: lineCounter.linePos(error.pos[0]).col,
  }));
  if (syntax.length > 0) return { ...empty, problems: syntax };
  const locate = locator(document, lineCounter);
  const limits = findLimits(document, lineCounter, name);
  if (limits.length > 0) return { ...empty, locate, problems: limits };
  return { ...validate(name, document.toJS({ maxAliasCount: MAX_ALIASES }), locate), locate };
}

function problem(code: ProblemCode, message: string, source: string): Problem {
  return { code, message, source };
}

function locator(document: Document, lineCounter: LineCounter): Locate {
  return (path) => {
    for (let length = path.length; length >= 0; length--) {
      const found = nodeAt(document, path.slice(0, length));
      if (found === undefined) continue;
      const position = lineCounter.linePos(found);
      return { line: position.line, column: position.col };
    }
    return { line: 1, column: 1 };
  };
}

/** Offset of the node at a path; of the key for the last part when it names one. */
function nodeAt(document: Document, path: readonly (string | number)[]): number | undefined {
  const last = path.at(-1);
  const parent = document.getIn(path.slice(0, -1), true);
  if (typeof last === 'string' && isNode(parent) && 'items' in parent) {
    for (const item of parent.items as unknown[]) {
      if (isPair(item) && isScalar(item.key) && item.key.value === last) return item.key.range?.[0];
    }
  }
  const node = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}

/** Aliases, tags and depth that nobody needs and that make small files large. */
function findLimits(document: Document, lineCounter: LineCounter, name: string): Problem[] {
  const problems: Problem[] = [];
  let aliases = 0;
  const report = (offset: number | undefined, message: string): void => {
    const { line, col } = lineCounter.linePos(offset ?? 0);
    problems.push({ ...problem('rules-limit', message, name), line, column: col });
  };
  visit(document, {
    Node(_key, node, path) {
      if (isAlias(node) && ++aliases === MAX_ALIASES + 1) report(node.range?.[0], `more than ${MAX_ALIASES} aliases`);
      if (!isAlias(node) && node.tag?.startsWith('!') === true) report(node.range?.[0], `the tag ${node.tag} is not accepted`);
      if (path.length <= 2 * MAX_DEPTH) return undefined;
      report(node.range?.[0], `nested deeper than ${MAX_DEPTH} levels`);
      return visit.BREAK;
    },
  });
  return problems;
}

let validators: Readonly<Record<FileKind, ValidateFunction>> | undefined;

function validatorOf(kind: FileKind): ValidateFunction {
  if (validators === undefined) {
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false });
    validators = { conditions: ajv.compile(CONDITIONS_SCHEMA), rules: ajv.compile(RULES_SCHEMA) };
  }
  return validators[kind];
}

/** A file is one of rules when its entries have a match or a condition, else one of conditions. */
function kindOf(data: unknown): FileKind {
  const isRule = (entry: unknown): boolean =>
    typeof entry === 'object' && entry !== null && ('match' in entry || 'condition' in entry);
  return Array.isArray(data) && data.length > 0 && !data.some(isRule) && data.some((entry) => hasRootCause(entry))
    ? 'conditions'
    : 'rules';
}

function hasRootCause(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && ('rootCause' in entry || 'leadsTo' in entry);
}

function validate(name: string, data: unknown, locate: Locate): Omit<YamlFile, 'locate'> {
  const kind = kindOf(data);
  if (data === null || data === undefined) return { name, kind, entries: [], problems: [] };
  const check = validatorOf(kind);
  const isValid = check(data);
  const errors = isValid ? [] : leaves(check.errors ?? []);
  const problems = errors.map((error) => describe(error, name, locate, kind));
  const broken = new Set(errors.map((error) => error.instancePath.split('/')[1]));
  const entries = Array.isArray(data)
    ? data.map((value: unknown, index) => ({ value, index })).filter(({ index }) => !broken.has(String(index)))
    : [];
  return { name, kind, entries, problems };
}

/** Drops the errors that only repeat that one of several forms did not fit. */
function leaves(errors: readonly ErrorObject[]): ErrorObject[] {
  const useful = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'if');
  const deepest = new Map<string, ErrorObject>();
  for (const error of useful) {
    const key = `${error.instancePath} ${JSON.stringify(error.params)}`;
    if (!deepest.has(key)) deepest.set(key, error);
  }
  return [...deepest.values()].slice(0, 50);
}

function describe(error: ErrorObject, name: string, locate: Locate, kind: FileKind): Problem {
  const path = error.instancePath.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : unescapePointer(part)));
  const params = error.params as Readonly<Record<string, unknown>>;
  const extra = typeof params['additionalProperty'] === 'string' ? params['additionalProperty'] : undefined;
  const place = locate(extra === undefined ? path : [...path, extra]);
  const where = path.filter((part) => typeof part === 'string').join('.');
  return {
    code: 'rules-schema',
    message: messageOf(error, extra, where),
    source: name,
    ...place,
    ...hintOf(error, extra, kind),
  };
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function messageOf(error: ErrorObject, extra: string | undefined, where: string): string {
  const subject = where === '' ? 'the entry' : where;
  if (extra !== undefined) return `unknown key "${extra}"${where === '' ? '' : ` in ${where}`}`;
  const params = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === 'required') return `${subject} lacks "${String(params['missingProperty'])}"`;
  if (error.keyword === 'enum') return `${subject} must be one of ${listOf(params['allowedValues'])}`;
  return `${subject} ${error.message ?? 'does not fit the schema'}`;
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(', ') : String(values);
}

function hintOf(error: ErrorObject, extra: string | undefined, kind: FileKind): { hint?: string } {
  if (extra !== undefined) {
    const keys = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? propertiesAt(error, kind));
    const close = suggest(extra, keys);
    return { hint: close === undefined ? `known keys: ${keys.join(', ')}` : `did you mean "${close}"?` };
  }
  if (error.keyword === 'pattern' && error.instancePath.endsWith('/id')) {
    return { hint: kind === 'rules' ? 'an id is <technology>/<name>, in kebab-case' : 'an id is in kebab-case' };
  }
  return {};
}

/** The keys that an error's schema path allows. */
function propertiesAt(error: ErrorObject, kind: FileKind): object {
  let schema: unknown = kind === 'rules' ? RULES_SCHEMA : CONDITIONS_SCHEMA;
  for (const part of error.schemaPath.replace(/^#\//, '').split('/').slice(0, -1)) {
    schema = (schema as Readonly<Record<string, unknown>> | undefined)?.[part];
  }
  return (schema as { properties?: object } | undefined)?.properties ?? {};
}
