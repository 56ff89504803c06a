import {
  levelName,
  type Diagnosis,
  type Evidence,
  type Finding,
  type Report,
  type Symptom,
  type Unexplained,
} from '../model/index.ts';
import { toRfc3339 } from './instant.ts';

/** Version of the JSON and NDJSON formats: the major number changes when a reader could break. */
export const SCHEMA_VERSION = '1.0';

type Json = Readonly<Record<string, unknown>>;

/** The report as plain data of the published schema. */
export function reportToJson(report: Report): Json {
  const { tool, run, summary, diagnoses, unexplained, problems } = report;
  return {
    schemaVersion: SCHEMA_VERSION,
    tool,
    run: { startedAt: toRfc3339(run.startedAt), durationMs: run.durationMs, sources: run.sources },
    summary: summaryToJson(summary),
    diagnoses: diagnoses.map(diagnosisToJson),
    unexplained: unexplained.map(unexplainedToJson),
    problems,
  };
}

export function summaryToJson({ firstSeen, lastSeen, ...rest }: Report['summary']): Json {
  return { ...rest, ...times(firstSeen, lastSeen) };
}

export function diagnosisToJson(diagnosis: Diagnosis): Json {
  const { firstSeen, lastSeen, findings, symptoms, ...rest } = diagnosis;
  return {
    ...rest,
    ...times(firstSeen, lastSeen),
    findings: findings.map(findingToJson),
    symptoms: symptoms.map(symptomToJson),
  };
}

function symptomToJson({ firstSeen, lastSeen, findings, ...rest }: Symptom): Json {
  return { ...rest, ...times(firstSeen, lastSeen), findings: findings.map(findingToJson) };
}

export function findingToJson(finding: Finding): Json {
  const { id, rule, severity, subject, captures, count, firstSeen, lastSeen, evidence, where } = finding;
  return {
    id,
    rule: rule.id,
    technology: rule.technology,
    condition: rule.condition,
    severity,
    subject,
    captures,
    count,
    ...times(firstSeen, lastSeen),
    where,
    evidence: evidence.map(evidenceToJson),
  };
}

function unexplainedToJson({ template, count, firstSeen, lastSeen, severityNumber, evidence }: Unexplained): Json {
  return {
    template,
    count,
    ...times(firstSeen, lastSeen),
    severity: levelName(severityNumber),
    evidence: evidence.map(evidenceToJson),
  };
}

function evidenceToJson({ source, line, endLine, timestamp, severityNumber, message, text }: Evidence): Json {
  return {
    source,
    line,
    endLine,
    ...(timestamp === undefined ? {} : { timestamp: toRfc3339(timestamp) }),
    ...(severityNumber === undefined ? {} : { severity: levelName(severityNumber) }),
    message,
    text,
  };
}

function times(firstSeen: number | undefined, lastSeen: number | undefined): Json {
  return {
    ...(firstSeen === undefined ? {} : { firstSeen: toRfc3339(firstSeen) }),
    ...(lastSeen === undefined ? {} : { lastSeen: toRfc3339(lastSeen) }),
  };
}
