import { styleText } from 'node:util';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Impact } from '../model/index.ts';

/** Colours and widths of the terminal output. */
export interface Style {
  readonly columns: number;
  /** Columns for prose: lines that are too long are hard to read. */
  readonly proseColumns: number;
  bold(text: string): string;
  dim(text: string): string;
  accent(text: string): string;
  impact(impact: Impact, text?: string): string;
  risk(risk: string): string;
}

type Colour = Parameters<typeof styleText>[0];

const IMPACT_COLOURS: Readonly<Record<Impact, Colour>> = {
  info: 'blue',
  warning: 'yellow',
  error: 'red',
  critical: ['red', 'bold'],
};
const RISK_COLOURS: Readonly<Record<string, Colour>> = {
  safe: 'green',
  disruptive: 'yellow',
  destructive: ['red', 'bold'],
};

const MAX_PROSE_COLUMNS = 130;

export function styleFor(columns: number, hasColour: boolean): Style {
  const paint = (colour: Colour, text: string): string =>
    hasColour && text !== '' ? styleText(colour, text, { validateStream: false }) : text;
  return {
    columns,
    proseColumns: Math.min(columns, MAX_PROSE_COLUMNS),
    bold: (text) => paint('bold', text),
    dim: (text) => paint('dim', text),
    accent: (text) => paint('cyan', text),
    impact: (impact, text = impact) => paint(IMPACT_COLOURS[impact], text),
    risk: (risk) => paint(RISK_COLOURS[risk] ?? 'dim', risk),
  };
}

/** Breaks text at words to a width; later lines are indented. Words longer than the width are broken. */
export function wrap(text: string, width: number, indent = ''): string {
  return wrapAnsi(text, Math.max(width, 10), { hard: true }).split('\n').join(`\n${indent}`);
}

/** Breaks text to some lines at most, the later ones indented; what is more is left out, with an ellipsis for it. */
export function wrapUpTo(text: string, width: number, lines: number, hanging = 0): readonly string[] {
  const [first = '', ...rest] = wrapAnsi(text, Math.max(width, 10), { hard: true }).split('\n');
  if (rest.length === 0) return [first];
  const below = wrapAnsi(text.slice(first.length).trimStart(), Math.max(width - hanging, 10), { hard: true }).split(
    '\n',
  );
  const shown = below.slice(0, lines - 1);
  const isCut = below.length > shown.length;
  return [
    first,
    ...shown.map(
      (line, index) =>
        ' '.repeat(hanging) + (isCut && index === shown.length - 1 ? ended(line, width - hanging) : line),
    ),
  ];
}

function ended(line: string, width: number): string {
  return `${clip(line, width - 1).replace(/…$/, '')}…`;
}

/** Cuts text to a width, with an ellipsis where something is missing. */
export function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let used = 0;
  let end = 0;
  for (const character of text) {
    const next = stringWidth(character);
    if (used + next > width - 1) break;
    used += next;
    end += character.length;
  }
  return `${text.slice(0, end)}…`;
}

/** Cuts at the start, so that what is special about a path and its line number stay. */
export function clipStart(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let from = text.length;
  while (from > 0 && stringWidth(text.slice(from - 1)) < width) from--;
  return `…${text.slice(from)}`;
}

/** Shortens paths by the directories that all of them share. */
export function shortNames(names: readonly string[]): (name: string) => string {
  const directories = names.map((name) => name.split('/').slice(0, -1));
  const [first = []] = directories;
  let shared = 0;
  while (shared < first.length && directories.every((parts) => parts[shared] === first[shared])) shared++;
  const prefix = shared === 0 ? '' : `${first.slice(0, shared).join('/')}/`;
  return (name) => (prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name);
}

/** Fills up with blanks on the right. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - stringWidth(text), 0));
}

export { stringWidth };

const NUMBER = new Intl.NumberFormat('en-US');

/** `48,213`. */
export function countText(count: number): string {
  return NUMBER.format(count);
}

/** `1 error`, `2 errors`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** Names times of a report as short as they stay clear: `14:02:11`, with the date when it spans more than one day. */
export function clockText(
  spanFirst: number | undefined,
  spanLast: number | undefined,
): (ms: number | undefined) => string {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const hasDates = spanFirst !== undefined && spanLast !== undefined && day(spanFirst) !== day(spanLast);
  return (ms) => {
    if (ms === undefined) return '–';
    const text = new Date(ms).toISOString();
    return hasDates ? `${text.slice(5, 10)} ${text.slice(11, 19)}` : text.slice(11, 19);
  };
}
