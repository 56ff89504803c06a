import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { suggest, type Problem } from '../model/index.ts';
import { CONDITIONS_SCHEMA, RULES_SCHEMA } from './schema.ts';

export type FileKind = 'conditions' | 'rules';

type Path = readonly (string | number)[];
type LocatePath = (path: Path) => { line: number; column: number };

export interface ValidEntries {
  readonly kind: FileKind;
  /** Entries that fit the schema, with their place in the list. */
  readonly entries: readonly { readonly value: unknown; readonly index: number }[];
  readonly problems: readonly Problem[];
}

const MAX_PROBLEMS = 50;

/** Holds the data of a file against its schema. What is wrong is said in the words of the file, with line and column. */
export function validateEntries(name: string, data: unknown, locate: LocatePath): ValidEntries {
  const kind = kindOf(data);
  if (!Array.isArray(data)) return { kind, entries: [], problems: [{ ...notAList(data), source: name, ...locate([]) }] };
  const strangers = kind === 'rules' ? data.flatMap((entry, index) => (isCondition(entry) ? [index] : [])) : [];
  const check = validatorOf(kind);
  const errors = check(data) ? [] : mostTelling(check.errors ?? []);
  const problems = errors
    .map((error) => ({ error, path: pathOf(error) }))
    .filter(({ path }) => !strangers.includes(Number(path[0])))
    .map(({ error, path }) => describe(error, path, name, locate));
  for (const index of strangers) problems.push({ ...STRANGER, source: name, ...locate([index]) });
  const broken = new Set([...strangers, ...errors.map((error) => Number(pathOf(error)[0]))]);
  const entries = data.map((value: unknown, index) => ({ value, index })).filter(({ index }) => !broken.has(index));
  return { kind, entries, problems: problems.slice(0, MAX_PROBLEMS) };
}

const STRANGER = {
  code: 'rules-schema',
  message: 'a condition stands among rules',
  hint: 'conditions have a file of their own, whose name is their domain',
} as const;

/** A file is one of rules when an entry has a match or a condition, else one of conditions if it looks like one. */
function kindOf(data: unknown): FileKind {
  if (!Array.isArray(data)) return 'rules';
  return data.some(isCondition) && !data.some(isRule) ? 'conditions' : 'rules';
}

function isRule(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && ('match' in entry || 'condition' in entry);
}

function isCondition(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && !isRule(entry) && ('rootCause' in entry || 'leadsTo' in entry);
}

function notAList(data: unknown): Pick<Problem, 'code' | 'message' | 'hint'> {
  const [only, ...others] = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  const isUnderKey = others.length === 0 && Array.isArray(only?.[1]);
  return {
    code: 'rules-schema',
    message: 'the file must be a list of rules or conditions',
    hint: isUnderKey ? `take the list out from under "${only?.[0] ?? ''}"` : 'each entry begins with "- id: "',
  };
}

let validators: Readonly<Record<FileKind, ValidateFunction>> | undefined;

function validatorOf(kind: FileKind): ValidateFunction {
  if (validators === undefined) {
    const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false, verbose: true });
    validators = { conditions: ajv.compile(CONDITIONS_SCHEMA), rules: ajv.compile(RULES_SCHEMA) };
  }
  return validators[kind];
}

/**
 * One error a mistake. Where several forms are possible, each form that does not fit has its error: they become one that
 * names the forms, or give way to what is wrong within the form that was meant.
 */
function mostTelling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const forms = errors.filter(({ keyword }) => keyword === 'anyOf');
  return errors.filter((error) => {
    if (error.keyword === 'anyOf') return !errors.some((other) => isPartOf(other, error) && !isFormError(other, error));
    return !forms.some((form) => isPartOf(error, form) && isFormError(error, form));
  });
}

function isPartOf(error: ErrorObject, form: ErrorObject): boolean {
  return error.schemaPath.startsWith(`${form.schemaPath}/`) && error.instancePath.startsWith(form.instancePath);
}

/** Says only that the value is not of that form at all. */
function isFormError({ keyword, instancePath }: ErrorObject, form: ErrorObject): boolean {
  return instancePath === form.instancePath && (keyword === 'type' || keyword === 'const');
}

function pathOf({ instancePath }: ErrorObject): Path {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function describe(error: ErrorObject, path: Path, name: string, locate: LocatePath): Problem {
  const extra = error.keyword === 'additionalProperties' ? [String(error.params['additionalProperty'])] : [];
  const where = path.filter((part) => typeof part === 'string').join('.');
  const hint = hintOf(error);
  return {
    code: 'rules-schema',
    message: messageOf(error, where),
    source: name,
    ...locate([...path, ...extra]),
    ...(hint === undefined ? {} : { hint }),
  };
}

function messageOf({ keyword, params, schema, data, message }: ErrorObject, where: string): string {
  const subject = where === '' ? 'the entry' : where;
  switch (keyword) {
    case 'additionalProperties':
      return `unknown key "${String(params['additionalProperty'])}"${where === '' ? '' : ` in ${where}`}`;
    case 'required':
      return `${subject} lacks "${String(params['missingProperty'])}"`;
    case 'dependentRequired':
      return `${subject} has "${String(params['property'])}" without "${String(params['missingProperty'])}"`;
    case 'enum':
      return `${subject} must be one of ${(schema as readonly unknown[]).join(', ')}`;
    case 'type':
      return `${subject} must be ${either(formTexts({ type: schema }))}`;
    case 'anyOf':
      return `${subject} must be ${either((schema as readonly Form[]).flatMap(formTexts))}`;
    case 'pattern':
      return `${subject} cannot be "${String(data)}"`;
    case 'minimum':
      return `${subject} must be ${String(params['limit'])} or more`;
    case 'maximum':
      return `${subject} must be ${String(params['limit'])} or less`;
    case 'minLength':
      return params['limit'] === 1 ? `${subject} is empty` : `${subject} has fewer than ${String(params['limit'])} characters`;
    case 'minItems':
    case 'minProperties':
      return `${subject} is empty`;
    default:
      return `${subject} ${message ?? 'does not fit the schema'}`;
  }
}

interface Form {
  readonly type?: unknown;
  readonly const?: unknown;
}

const TYPE_TEXTS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

function formTexts({ type, const: only }: Form): readonly string[] {
  if (only !== undefined) return [JSON.stringify(only)];
  return [type].flat().map((each) => TYPE_TEXTS[String(each)] ?? String(each));
}

function either(texts: readonly string[]): string {
  return texts.length < 3 ? texts.join(' or ') : `${texts.slice(0, -1).join(', ')}, or ${texts.at(-1) ?? ''}`;
}

function hintOf({ keyword, params, schema, parentSchema, data }: ErrorObject): string | undefined {
  switch (keyword) {
    case 'additionalProperties': {
      const keys = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
      return didYouMean(String(params['additionalProperty']), keys) ?? `known keys: ${keys.join(', ')}`;
    }
    case 'enum':
      return typeof data === 'string' ? didYouMean(data, schema as readonly string[]) : undefined;
    case 'pattern':
      return parentSchema?.['description'] as string | undefined;
    case 'type':
      return typeHint(schema, data);
    default:
      return undefined;
  }
}

function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const close = suggest(word, candidates);
  return close === undefined ? undefined : `did you mean "${close}"?`;
}

function typeHint(type: unknown, data: unknown): string | undefined {
  if (type === 'string' && typeof data !== 'object') return `put it into quotes: "${JSON.stringify(data)}"`;
  if (type === 'array' && typeof data === 'string') return 'each of its lines begins with "- "';
  const isNumber = type === 'integer' || type === 'number';
  return isNumber && typeof data === 'string' && /^\d+$/.test(data) ? `without quotes: ${data}` : undefined;
}
