import type { Evidence, Report } from '../model/index.ts';
import { escapeLine } from './escape-terminal.ts';
import { evidenceText } from './evidence-text.ts';
import { clockText, shortNames, styleFor, type Style } from './layout.ts';
import type { OutputContext } from './output.ts';

const MIN_COLUMNS = 40;

/** What the parts of one rendering share. */
export interface View {
  readonly style: Style;
  readonly clock: (ms: number | undefined) => string;
  /** A source's name without the directories that all sources share. */
  readonly nameOf: (source: string) => string;
}

export function viewOf(report: Report, context: OutputContext): View {
  return {
    style: styleOf(context),
    clock: clockText(report.summary.firstSeen, report.summary.lastSeen),
    nameOf: shortNames(report.run.sources.map(({ name }) => name)),
  };
}

export function styleOf({ columns, hasColour }: OutputContext): Style {
  return styleFor(Math.max(columns, MIN_COLUMNS), hasColour);
}

/** `api.log:135`. */
export function placeOf({ source, line }: Evidence, nameOf: View['nameOf'] = (name) => name): string {
  return `${escapeLine(nameOf(source))}:${line}`;
}

/** A proof on one line, escaped. */
export function proofText(evidence: Evidence): string {
  return escapeLine(evidenceText(evidence)).replaceAll(/ {2,}/g, ' ');
}
