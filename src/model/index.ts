export type { Attributes, AttributeValue, Location, LogRecord } from './record.ts';
export { compareImpact, IMPACTS, LEVEL_NAMES, levelName, SEVERITY_NUMBER, worstImpact } from './severity.ts';
export type { Impact, LevelName } from './severity.ts';
export type {
  AttributeTest,
  Condition,
  Knowledge,
  MatchNode,
  RecoveryStep,
  Risk,
  Rule,
  RuleExample,
  Seed,
  Threshold,
} from './knowledge.ts';
export type { Captures, Evidence, Finding, Match } from './finding.ts';
export { DoctorError, formatProblem, PROBLEM_CODES } from './problem.ts';
export type { Problem, ProblemCode } from './problem.ts';
export { suggest } from './suggest.ts';
export type { Diagnosis, Report, ReportSummary, Run, SourceSummary, Symptom, Unexplained } from './report.ts';
