export { analyze, type AnalyzeInput, type AnalyzeOptions } from './analyze-inputs.ts';
export { createDoctor, loadRules, type CreateDoctorOptions, type LogDoctor } from './create-doctor.ts';
export type { DoctorOptions, FindingEvent } from './doctor.ts';
export { doctorStream, type DoctorStream } from './doctor-stream.ts';
export { DoctorError, PROBLEM_CODES } from './model/index.ts';
export type {
  AttributeTest,
  AttributeValue,
  Attributes,
  Captures,
  Condition,
  Diagnosis,
  Evidence,
  Finding,
  Impact,
  Knowledge,
  LevelName,
  Location,
  LogRecord,
  Match,
  MatchNode,
  Problem,
  ProblemCode,
  RecoveryStep,
  Report,
  ReportSummary,
  Risk,
  Rule,
  RuleExample,
  Run,
  Seed,
  SourceSummary,
  Symptom,
  Threshold,
  Unexplained,
} from './model/index.ts';
export { renderReport, reportToJson, SCHEMA_VERSION, type OutputContext } from './outputs/index.ts';
export { builtinKnowledge, type RuleSelection } from './rules/index.ts';
export { VERSION } from './version.ts';
