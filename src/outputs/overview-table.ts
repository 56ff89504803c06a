import Table from 'cli-table3';
import type { Diagnosis } from '../model/index.ts';
import { escapeLine } from './escape-terminal.ts';
import { clip, countText, stringWidth } from './layout.ts';
import { NO_BORDERS, trimmedTable } from './plain-table.ts';
import type { View } from './view.ts';

/** Narrower terminals are told no end and no place: the blocks below have them. */
const WIDE_COLUMNS = 90;
const MAX_PLACES_WIDTH = 36;
const PADDING = 2;

interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly text: (diagnosis: Diagnosis, rank: number) => string;
  /** How wide it may be at most, with its padding. */
  readonly limit?: number;
}

/** A line for each diagnosis. Every column is as wide as what it holds; the root cause takes what is left. */
export function overviewTable(diagnoses: readonly Diagnosis[], view: View): string {
  const { style } = view;
  const columns = columnsFor(view);
  const cells = diagnoses.map((diagnosis, index) => columns.map(({ text }) => escapeLine(text(diagnosis, index + 1))));
  const widths = columnWidths(columns, cells, style.columns - 2);
  const table = new Table({
    head: columns.map(({ head }) => style.dim(head)),
    colWidths: widths,
    colAligns: columns.map(({ align }) => align),
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': PADDING, 'padding-right': 0 },
  });
  for (const [row, diagnosis] of diagnoses.entries()) {
    const clipped = columns.map((_, column) => clip(cells[row]?.[column] ?? '', (widths[column] ?? 3) - PADDING));
    table.push(clipped.map((text, column) => (column === 2 ? style.impact(diagnosis.severity, text) : text)));
  }
  return trimmedTable(table.toString());
}

function columnsFor({ style, clock, nameOf }: View): readonly Column[] {
  const narrow: readonly Column[] = [
    { head: '#', align: 'right', text: (_, rank) => String(rank) },
    { head: 'Root cause', align: 'left', text: causeText },
    { head: 'Severity', align: 'left', text: ({ severity }) => severity },
    { head: 'Count', align: 'right', text: ({ count }) => countText(count) },
    { head: 'First', align: 'left', text: ({ firstSeen }) => clock(firstSeen) },
  ];
  if (style.columns < WIDE_COLUMNS) return narrow;
  const limit = Math.min(Math.floor(style.columns / 5), MAX_PLACES_WIDTH);
  return [
    ...narrow,
    { head: 'Last', align: 'left', text: ({ lastSeen }) => clock(lastSeen) },
    { head: 'Where', align: 'left', text: ({ where }) => where.map(nameOf).join(', '), limit },
  ];
}

/** The title; with what it led to in the end, the shorter name of the condition. */
function causeText({ title, conditionTitle, symptoms }: Diagnosis): string {
  const last = symptoms.at(-1);
  return last === undefined ? title : `${conditionTitle} → ${last.title.toLowerCase()}`;
}

function columnWidths(columns: readonly Column[], cells: readonly (readonly string[])[], room: number): number[] {
  const widths = columns.map(({ head, limit = Infinity }, column) => {
    const longest = Math.max(...[head, ...cells.map((row) => row[column] ?? '')].map((text) => stringWidth(text)));
    return Math.min(longest + PADDING, limit);
  });
  const others = widths.reduce((sum, width, column) => sum + (column === 1 ? 0 : width), 0);
  widths[1] = Math.min(widths[1] ?? 0, room - others);
  return widths;
}
