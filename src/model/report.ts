import type { Captures, Evidence, Finding } from './finding.ts';
import type { RecoveryStep } from './knowledge.ts';
import type { Problem } from './problem.ts';
import type { Impact } from './severity.ts';

/** What was read from one source. */
export interface SourceSummary {
  readonly name: string;
  readonly bytes: number;
  /** Newlines, and one more when the last line has none. */
  readonly lines: number;
  /** The format of most of its matched or unexplained records; absent when no record had to be looked at. */
  readonly format?: string;
  readonly truncatedLines: number;
}

/** Another condition that followed from a diagnosis. */
export interface Symptom {
  readonly condition: string;
  readonly title: string;
  readonly severity: Impact;
  readonly count: number;
  readonly firstSeen?: number;
  readonly lastSeen?: number;
  /** Why it is taken for a consequence, in words. */
  readonly reasons: readonly string[];
  readonly findings: readonly Finding[];
}

/** A root finding with its symptoms; texts have their templates filled in. */
export interface Diagnosis {
  readonly id: string;
  readonly condition: string;
  readonly conditionTitle: string;
  readonly domain: string;
  /** The condition and what the rule says of this case. */
  readonly title: string;
  readonly severity: Impact;
  /** 0 to 1: how sure it is that this is the root cause. */
  readonly confidence: number;
  readonly reasons: readonly string[];
  readonly count: number;
  readonly firstSeen?: number;
  readonly lastSeen?: number;
  readonly rootCause: string;
  readonly solution: string;
  readonly recovery: readonly RecoveryStep[];
  readonly checklist: readonly string[];
  readonly references: readonly string[];
  /** The same failure has the same fingerprint in every run: condition and subject, no times, no counts. */
  readonly fingerprint: string;
  readonly captures: Captures;
  readonly where: readonly string[];
  readonly findings: readonly Finding[];
  readonly symptoms: readonly Symptom[];
}

/** Error-level records that no rule explains, with their variable parts taken out. */
export interface Unexplained {
  readonly template: string;
  readonly count: number;
  readonly firstSeen?: number;
  readonly lastSeen?: number;
  /** OpenTelemetry SeverityNumber of the worst of them. */
  readonly severityNumber: number;
  readonly evidence: readonly Evidence[];
}

export interface Run {
  /** Wall clock, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly sources: readonly SourceSummary[];
}

export interface ReportSummary {
  readonly lines: number;
  readonly bytes: number;
  readonly matchedRecords: number;
  readonly diagnoses: number;
  /** Error-level records without an explanation. */
  readonly unexplained: number;
  readonly worstSeverity?: Impact;
  /** Earliest and latest time of what was found. */
  readonly firstSeen?: number;
  readonly lastSeen?: number;
}

/** All diagnoses, the unexplained errors, and what went wrong with the input. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: Run;
  readonly summary: ReportSummary;
  readonly diagnoses: readonly Diagnosis[];
  readonly unexplained: readonly Unexplained[];
  readonly problems: readonly Problem[];
}
