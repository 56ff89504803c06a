import type { Finding, Report } from '../model/index.ts';

/** What an output may know of where it is shown. */
export interface OutputContext {
  /** Columns of the terminal; 100 when it is none. */
  readonly columns: number;
  readonly hasColour: boolean;
  /** How many diagnoses are shown in full where space is short. */
  readonly top: number;
}

/** A finding of a run that is still going on. */
export interface LiveFinding {
  readonly finding: Finding;
  readonly isNew: boolean;
  readonly isPreview: boolean;
}

/** One way to show a report: one file, one exported object, pure functions. */
export interface Output {
  readonly id: string;
  readonly title: string;
  /** Its live lines are part of the format, so they are printed for every input. */
  readonly isEventStream?: boolean;
  /** The whole report, with its last newline. */
  render(report: Report, context: OutputContext): string;
  /** What to print as a finding happens, with its newline; outputs without it wait for the end. */
  live?(event: LiveFinding, context: OutputContext): string | undefined;
}
