import {
  isAlias,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  type Alias,
  type Document,
  type Node,
  type YAMLParseError,
} from 'yaml';
import type { Problem, ProblemCode } from '../model/index.ts';
import { validateEntries, type FileKind } from './validate.ts';

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_ALIASES = 100;
const MAX_DEPTH = 32;

/** Where an entry of a file stands, for messages that are found later. */
export type Locate = (path: readonly (string | number)[]) => { line: number; column: number };

export interface YamlFile {
  readonly name: string;
  readonly kind: FileKind;
  /** Entries that fit the schema, as plain data. */
  readonly entries: readonly { readonly value: unknown; readonly index: number }[];
  readonly locate: Locate;
  readonly problems: readonly Problem[];
}

/**
 * Parses and validates a file of conditions or rules: one YAML document, a list. What is wrong comes back as problems
 * with line and column; entries that are right are kept.
 */
export function readYamlFile(name: string, content: string): YamlFile {
  const empty = { name, kind: 'rules' as const, entries: [], locate: () => ({ line: 1, column: 1 }) };
  const refuse = (...problems: readonly Problem[]): YamlFile => ({ ...empty, problems });
  if (Buffer.byteLength(content) > MAX_FILE_BYTES) {
    return refuse({ code: 'rules-limit', message: `the file is larger than ${MAX_FILE_BYTES} bytes`, source: name });
  }
  const lineCounter = new LineCounter();
  const problemAt: ProblemAt = (offset, code, message, hint) => {
    const { line, col: column } = lineCounter.linePos(offset ?? 0);
    return { code, message, source: name, line, column, ...(hint === undefined ? {} : { hint }) };
  };
  const documents = parseAllDocuments(content, { lineCounter, uniqueKeys: true, version: '1.2', logLevel: 'silent' });
  const [document, second] = documents as readonly Document.Parsed[];
  const [error] = document?.errors ?? [];
  if (document !== undefined && error !== undefined) return refuse(syntaxProblem(document, error, content, problemAt));
  if (document === undefined || isEmpty(document)) {
    return refuse(problemAt(0, 'rules-schema', 'the file is empty', 'it holds a list of rules or conditions; `[]` says that there are none'));
  }
  if (second !== undefined) {
    return refuse(problemAt(second.range[0], 'rules-syntax', 'a second document begins here', 'a file is one list: take out the `---`'));
  }
  const limits = [...findLimits(document, problemAt), ...findAliasProblems(document, problemAt)];
  if (limits.length > 0) return refuse(...limits);
  const data = toData(document);
  if (data === undefined) return refuse(problemAt(0, 'rules-limit', 'the aliases expand to more than is accepted'));
  const locate = locator(document, lineCounter);
  return { name, locate, ...validateEntries(name, data.value, locate) };
}

type ProblemAt = (offset: number | undefined, code: ProblemCode, message: string, hint?: string) => Problem;

function isEmpty({ contents }: Document): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

/** The first error only: those after it are mostly its consequences. */
function syntaxProblem(document: Document, error: YAMLParseError, content: string, problemAt: ProblemAt): Problem {
  const [offset] = error.pos;
  const lineStart = content.lastIndexOf('\n', offset - 1) + 1;
  const tab = /^ *\t/.exec(content.slice(lineStart));
  if (tab !== null) {
    return problemAt(lineStart + tab[0].length - 1, 'rules-syntax', 'a tab indents this line', 'YAML is indented with spaces');
  }
  const message = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? 'does not parse';
  switch (error.code) {
    case 'RESOURCE_EXHAUSTION':
      return problemAt(offset, 'rules-limit', `nested deeper than ${MAX_DEPTH} levels`);
    case 'DUPLICATE_KEY':
      return problemAt(offset, 'rules-syntax', `the key "${/^[^\s:]+/.exec(content.slice(offset))?.[0] ?? ''}" stands twice`);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return problemAt(offset, 'rules-syntax', 'a key and its value cannot stand within a value', 'put a text that holds ": " into quotes');
    case 'MISSING_CHAR':
      if (!message.startsWith('Missing closing')) break;
      return problemAt(openQuote(document, offset), 'rules-syntax', 'the quote that opens here is not closed');
    default:
  }
  return problemAt(offset, 'rules-syntax', `${message.charAt(0).toLowerCase()}${message.slice(1)}`);
}

/** Where the quoted text begins that reaches to an offset. */
function openQuote(document: Document, end: number): number {
  let start = end;
  visit(document, {
    Scalar(_key, { type, range }) {
      if (type?.startsWith('QUOTE') === true && range !== undefined && range !== null && range[1] >= end) start = range[0];
    },
  });
  return start;
}

const CORE_TAG = /^tag:yaml\.org,2002:(?:str|int|float|bool|null|seq|map)$/;

/** Aliases, tags and depth that nobody needs and that make small files large. */
function findLimits(document: Document, problemAt: ProblemAt): Problem[] {
  const problems: Problem[] = [];
  let aliases = 0;
  visit(document, {
    Node(_key, node, path) {
      const offset = node.range?.[0];
      if (isAlias(node) && ++aliases === MAX_ALIASES + 1) {
        problems.push(problemAt(offset, 'rules-limit', `more than ${MAX_ALIASES} aliases`));
      }
      if (!isAlias(node) && node.tag !== undefined && !CORE_TAG.test(node.tag)) {
        const tag = node.tag.replace('tag:yaml.org,2002:', '!!');
        problems.push(problemAt(offset, 'rules-limit', `the tag ${tag} is not accepted`, 'write plain texts, numbers, lists and maps'));
      }
      if (path.length <= 2 * MAX_DEPTH) return undefined;
      problems.push(problemAt(offset, 'rules-limit', `nested deeper than ${MAX_DEPTH} levels`));
      return visit.BREAK;
    },
  });
  return problems;
}

/** Aliases of anchors that do not stand before them, or that they are part of. */
function findAliasProblems(document: Document, problemAt: ProblemAt): Problem[] {
  const problems: Problem[] = [];
  const anchors = new Set<string>();
  const check = (alias: Alias, path: readonly unknown[]): void => {
    const offset = alias.range?.[0];
    const isWithin = path.some((parent) => isNode(parent) && (parent as Node & { anchor?: string }).anchor === alias.source);
    if (isWithin) problems.push(problemAt(offset, 'rules-limit', `the alias *${alias.source} stands within its own anchor`));
    else if (!anchors.has(alias.source)) {
      problems.push(problemAt(offset, 'rules-syntax', `the alias *${alias.source} has no anchor before it`, 'a text that begins with * has to be quoted'));
    }
  };
  visit(document, {
    Node(_key, node, path) {
      if (isAlias(node)) check(node, path);
      else if (node.anchor !== undefined) anchors.add(node.anchor);
    },
  });
  return problems;
}

/** undefined when aliases of aliases would make it huge. */
function toData(document: Document): { readonly value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
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
