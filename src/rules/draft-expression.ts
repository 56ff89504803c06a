/** What a message says, as a regular expression: its variable parts taken out, those with a meaning captured. */
export interface DraftExpression {
  readonly source: string;
  /** The message with `{{capture}}` where the expression captures, for a title. */
  readonly template: string;
}

interface Variable {
  readonly pattern: RegExp;
  /** The expression for it, given what was found and the text before it; undefined where it is to stay as it is. */
  readonly expression: (found: RegExpExecArray, before: string) => readonly Piece[] | undefined;
}

/** A part of an expression: its source, and the capture it makes, if any. */
interface Piece {
  readonly source: string;
  readonly capture?: string;
}

/** Words before a quoted name or a number that tell what it names, with the capture that rules use for it. */
const NAMED_BY: readonly (readonly [word: RegExp, capture: string])[] = [
  [/\b(?:table|relation|collection)\W{0,3}$/i, 'table'],
  [/\b(?:column|field|attribute|property)\W{0,3}$/i, 'column'],
  [/\b(?:database|keyspace|schema|catalog)\W{0,3}$/i, 'database'],
  [/\b(?:user|role|login|principal)\W{0,3}$/i, 'user'],
  [/\b(?:constraint|index|key)\W{0,3}$/i, 'constraint'],
  [/\bqueue\W{0,3}$/i, 'queue'],
  [/\b(?:topic|subject|stream)\W{0,3}$/i, 'topic'],
  [/\b(?:file|directory|path)\W{0,3}$/i, 'file'],
  [/\b(?:host|hostname|server|address)\W{0,3}$/i, 'host'],
  [/\b(?:module|package|class|library)\W{0,3}$/i, 'module'],
  [/\bimage\W{0,3}$/i, 'image'],
  [/\bport\W{0,3}$/i, 'port'],
  [/\b(?:limit|max|maximum|at most)(?: of| is)?\W{0,3}$/i, 'limit'],
];

/** A number behind one of these is a code: it tells failures apart and stays as it is. */
const CODE_BEFORE = /(?:\b(?:code|errno|error|sqlstate|state|status|signal|exit|http)\W{0,3}|[#A-Za-z0-9-])$/i;

const URL_OR_DSN = String.raw`[a-z][a-z0-9+.-]{1,20}://[^\s"'<>)]{1,300}`;

/** In the order in which they are tried at one place. */
const VARIABLES: readonly Variable[] = [
  { pattern: /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/y, expression: () => [{ source: String.raw`[\d:TZ.,+ -]{10,40}` }] },
  { pattern: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy, expression: () => [{ source: '[0-9a-fA-F-]{36}' }] },
  { pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)]{1,300}/iy, expression: () => [{ source: URL_OR_DSN, capture: 'url' }] },
  { pattern: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/y, expression: () => [{ source: String.raw`[\w.+-]{1,64}@[\w.-]{1,200}` }] },
  {
    pattern: /(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|[\w-]{1,63}(?:\.[a-z][\w-]{0,62}){1,6}):\d{2,5}(?![\w:])/iy,
    expression: () => [{ source: String.raw`[^\s:/]{1,200}`, capture: 'host' }, { source: ':' }, { source: String.raw`\d{1,5}`, capture: 'port' }],
  },
  { pattern: /\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/y, expression: () => [{ source: String.raw`[\d.]{7,15}`, capture: 'host' }] },
  { pattern: /"[^"\n]{1,200}"/y, expression: (_, before) => quoted('"', before) },
  { pattern: /'[^'\n]{1,200}'(?!\w)/y, expression: (_, before) => (/\w$/.test(before) ? undefined : quoted("'", before)) },
  { pattern: /`[^`\n]{1,200}`/y, expression: (_, before) => quoted('`', before) },
  { pattern: /(?:\/[\w.@+-]{1,80}){2,20}\/?/y, expression: (_, before) => (/[\w.]$/.test(before) ? undefined : [{ source: String.raw`/[^\s'":,)]{1,300}`, capture: 'file' }]) },
  { pattern: /0x[0-9a-f]{1,16}/iy, expression: () => [{ source: '0x[0-9a-fA-F]{1,16}' }] },
  { pattern: /(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}(?!\w)/iy, expression: (_, before) => (/\w$/.test(before) ? undefined : [{ source: '[0-9a-fA-F]{8,64}' }]) },
  { pattern: /\d{1,15}(?=ms\b| ms\b| milliseconds\b)/y, expression: (_, before) => (/[\w.]$/.test(before) ? undefined : [{ source: String.raw`\d{1,15}`, capture: 'durationMs' }]) },
  { pattern: /\d{1,15}(?![A-Za-z_])/y, expression: (_, before) => number(before) },
];

function quoted(mark: string, before: string): readonly Piece[] {
  return [{ source: mark }, named(String.raw`[^${mark}\n]{1,200}`, before), { source: mark }];
}

function number(before: string): readonly Piece[] | undefined {
  return CODE_BEFORE.test(before) || /\d\.$/.test(before) ? undefined : [named(String.raw`\d{1,15}`, before)];
}

function named(source: string, before: string): Piece {
  const capture = NAMED_BY.find(([word]) => word.test(before))?.[1];
  return capture === undefined ? { source } : { source, capture };
}

/** Turns a line of a message into an expression that meets the same message about other things. */
export function draftExpression(message: string): DraftExpression {
  const used = new Set<string>();
  let source = '';
  let template = '';
  let at = 0;
  while (at < message.length) {
    const variable = variableAt(message, at);
    if (variable === undefined) {
      const character = message[at] ?? '';
      source += escapeCharacter(character);
      template += character;
      at++;
      continue;
    }
    for (const piece of variable.pieces) {
      const isNew = piece.capture !== undefined && !used.has(piece.capture);
      if (isNew) used.add(piece.capture ?? '');
      source += isNew ? `(?<${piece.capture ?? ''}>${piece.source})` : piece.source;
      template += isNew ? `{{${piece.capture ?? ''}}}` : templateOf(piece);
    }
    at = variable.end;
  }
  return { source, template };
}

/** Marks stay in the title; what varies without a name becomes an ellipsis. */
function templateOf({ source }: Piece): string {
  return source.length === 1 ? source : '…';
}

function variableAt(message: string, at: number): { pieces: readonly Piece[]; end: number } | undefined {
  const before = message.slice(Math.max(0, at - 40), at);
  for (const { pattern, expression } of VARIABLES) {
    pattern.lastIndex = at;
    const found = pattern.exec(message);
    const pieces = found === null ? undefined : expression(found, before);
    if (found !== null && pieces !== undefined) return { pieces, end: at + found[0].length };
  }
  return undefined;
}

function escapeCharacter(character: string): string {
  return /[$()*+.?[\\\]^{|}/]/.test(character) ? `\\${character}` : character;
}
