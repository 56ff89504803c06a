import type { LogRecord } from '../model/index.ts';

const MAX_LENGTH = 300;

/** Variable parts of messages, in the order in which they are taken out. */
const VARIABLES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<uuid>'],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)]+/gi, '<url>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '<address>'],
  [/\[[0-9a-f:]{2,39}\](?::\d+)?/gi, '<address>'],
  [/(?<![\w.])(?:\/[\w.@+-]+){2,}\/?/g, '<path>'],
  [/\b0x[0-9a-f]+\b/gi, '<hex>'],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/gi, '<id>'],
  [/"[^"\n]{1,120}"/g, '"<text>"'],
  [/'[^'\n]{1,120}'/g, "'<text>'"],
  [/[-+]?\b\d+(?:[.,]\d+)*(?=\b|[a-z%])/gi, '<n>'],
];

/** The first line of a record with its variable parts taken out; of a stack trace its exception. */
export function templateOf(record: LogRecord): string {
  const type = record.attributes.get('exception.type');
  const firstLine = headline(record);
  let template = firstLine.slice(0, 2 * MAX_LENGTH);
  for (const [pattern, name] of VARIABLES) template = template.replaceAll(pattern, name);
  if (typeof type === 'string' && !firstLine.includes(type)) template = `${template} [${type}]`;
  return template.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_LENGTH);
}

/** The line that says what happened: the first that is neither blank nor the announcement of a trace. */
function headline({ body, attributes }: LogRecord): string {
  const lines = body.split('\n', 50).filter((line) => line.trim() !== '');
  const first = lines[0] ?? String(attributes.get('exception.message') ?? '');
  if (!first.startsWith('Traceback (most recent call last):')) return first;
  return lines.findLast((line) => /^[A-Za-z_][\w.]*(?::|$)/.test(line)) ?? first;
}
