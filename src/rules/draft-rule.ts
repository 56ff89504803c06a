import { SEVERITY_NUMBER, type Knowledge, type LogRecord } from '../model/index.ts';
import { draftExpression } from './draft-expression.ts';
import { likelyConditions } from './likely-conditions.ts';

/** A rule as its file will word it; the condition is for the author to choose. */
export interface RuleDraft {
  readonly entry: {
    readonly id: string;
    readonly condition: string;
    readonly title: string;
    readonly minSeverity?: 'info';
    readonly match: { readonly regex: string };
    readonly examples: { readonly match: readonly string[]; readonly noMatch: readonly string[] };
  };
  readonly likelyConditions: readonly string[];
}

export interface DraftOptions {
  readonly condition?: string;
  readonly technology?: string;
  /** Conditions for which rules claim the record already: the likeliest of all. */
  readonly claimedFor: readonly string[];
}

/** Stands for the condition until the author has chosen one; it is not the id of any. */
export const UNCHOSEN_CONDITION = 'choose-a-condition';

const MAX_MESSAGE = 240;
const MAX_TITLE = 100;
const MAX_NAME_WORDS = 4;
const STOP_WORDS = /^(?:a|an|and|at|by|for|from|in|is|of|on|or|the|to|was|with|error|err|exception|fatal|warning|failed|info)$/;

/** Drafts a rule for what a record says. */
export function draftRule(record: LogRecord, knowledge: Knowledge, options: DraftOptions): RuleDraft {
  const message = messageOf(record);
  const { source, template } = draftExpression(message);
  const technology = options.technology ?? guessTechnology(record, knowledge);
  const isQuiet = record.severityNumber !== undefined && record.severityNumber < SEVERITY_NUMBER.warning;
  return {
    entry: {
      id: `${technology}/${nameOf(template)}`,
      condition: options.condition ?? UNCHOSEN_CONDITION,
      title: shortened(template, MAX_TITLE),
      ...(isQuiet ? { minSeverity: 'info' as const } : {}),
      match: { regex: source },
      examples: { match: [record.raw, inOtherDress(record, message)], noMatch: [nearMiss(message)] },
    },
    likelyConditions: [...new Set([...options.claimedFor, ...likelyConditions(message, knowledge, 3)])].slice(0, 3),
  };
}

const EXCEPTION_LINE = /^\s*(?:Caused by: )?(?:[\w$]{1,80}[.\\:]{1,2}){0,12}[A-Z][\w$]{0,80}(?:Error|Exception)(?:: .*)?$/;

/** The line that says what happened: of a stack trace its innermost exception, else the first. */
function messageOf({ body, attributes }: LogRecord): string {
  const lines = body.split('\n', 1_000).map((line) => line.trim());
  const thrown = lines.findLast((line) => EXCEPTION_LINE.test(line)) ?? exceptionIn(attributes);
  const line = thrown ?? lines.find((text) => text !== '') ?? '';
  return shortened(line.replace(/^Caused by: /, ''), MAX_MESSAGE);
}

function exceptionIn(attributes: LogRecord['attributes']): string | undefined {
  const type = attributes.get('exception.type');
  const message = attributes.get('exception.message');
  return type === undefined || message === undefined ? undefined : `${String(type)}: ${String(message)}`.split('\n')[0];
}

/** Cut behind a word. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2)).trimEnd();
}

/** The same message as another logger would print it: a rule that holds one layout only is of little use. */
function inOtherDress({ format }: LogRecord, message: string): string {
  return format.includes('json') || format === 'pino' || format === 'bunyan'
    ? `2026-01-31 12:00:00.000 ERROR ${message}`
    : JSON.stringify({ level: 'error', time: '2026-01-31T12:00:00.000Z', msg: message });
}

/** The first words of the message: a line that begins alike and says something else. */
function nearMiss(message: string): string {
  const half = message.slice(0, Math.ceil(message.length / 2));
  const words = half.slice(0, Math.max(half.lastIndexOf(' '), Math.ceil(half.length / 2)));
  return `2026-01-31 12:00:00.000 ERROR ${words} …`;
}

/** The technology that a record names itself, or that stands in its text, or `app`. */
function guessTechnology(record: LogRecord, { rules }: Knowledge): string {
  const known = new Set(rules.map(({ technology }) => technology));
  const { attributes } = record;
  const named = ['service.name', 'process.name', 'container.name', 'log.logger', 'exception.type'].map((name) =>
    String(attributes.get(name) ?? ''),
  );
  const words = [record.technology ?? '', ...named, record.body].join(' ').toLowerCase().split(/[^a-z0-9-]+/);
  return words.find((word) => known.has(word)) ?? 'app';
}

function nameOf(template: string): string {
  const words = template
    .replaceAll(/\{\{\w+\}\}/g, ' ')
    .replace(/^(?:[\w$]{1,80}[.\\:]{1,2}){1,12}(?=[A-Z])/, '')
    .replace(/(?:Exception|Error):/, ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 && !STOP_WORDS.test(word));
  return [...new Set(words)].slice(0, MAX_NAME_WORDS).join('-') || 'unnamed';
}
