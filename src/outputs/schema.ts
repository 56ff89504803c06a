/**
 * The JSON Schemas of what `--format json` and `--format ndjson` print; the build writes them into the package. Readers
 * must accept unknown keys: only the major number of `schemaVersion` announces a break.
 */
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const instant = { type: 'string', format: 'date-time' };
const impact = { enum: ['info', 'warning', 'error', 'critical'] };
const level = { enum: ['trace', 'debug', 'info', 'warning', 'error', 'fatal'] };
const texts = { type: 'array', items: text };
const captures = { type: 'object', additionalProperties: text };

function object(required: Readonly<Record<string, unknown>>, optional: Readonly<Record<string, unknown>> = {}): object {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

function listOf(items: object): object {
  return { type: 'array', items };
}

const evidence = object(
  { source: text, line: count, endLine: count, message: text, text },
  { timestamp: instant, severity: level },
);

const finding = object(
  {
    id: text,
    rule: text,
    technology: text,
    condition: text,
    severity: impact,
    subject: text,
    captures,
    count,
    where: texts,
    evidence: listOf(evidence),
  },
  { firstSeen: instant, lastSeen: instant },
);

const symptom = object(
  { condition: text, title: text, severity: impact, count, reasons: texts, findings: listOf(finding) },
  { firstSeen: instant, lastSeen: instant },
);

const recoveryStep = object(
  { step: text },
  {
    run: text,
    risk: { enum: ['safe', 'disruptive', 'destructive'] },
    verify: text,
    code: object({ language: text, text }),
  },
);

const diagnosisFields = {
  id: text,
  condition: text,
  conditionTitle: text,
  domain: text,
  title: text,
  severity: impact,
  confidence: { type: 'number', minimum: 0, maximum: 1 },
  reasons: texts,
  count,
  rootCause: text,
  solution: text,
  recovery: listOf(recoveryStep),
  checklist: texts,
  references: texts,
  fingerprint: { type: 'string', pattern: '^[0-9a-f]{16}$' },
  captures,
  where: texts,
  findings: listOf(finding),
  symptoms: listOf(symptom),
};

const seen = { firstSeen: instant, lastSeen: instant };

const source = object({ name: text, bytes: count, lines: count, truncatedLines: count }, { format: text });

const summaryFields = { lines: count, bytes: count, matchedRecords: count, diagnoses: count, unexplained: count };

const problem = object({ code: text, message: text }, { source: text, line: count, column: count, hint: text });

const tool = object({ name: text, version: text });
const run = object({ startedAt: instant, durationMs: { type: 'number', minimum: 0 }, sources: listOf(source) });

const unexplained = object({ template: text, count, severity: level, evidence: listOf(evidence) }, seen);

/** Schema of the document that `--format json` prints. */
export const REPORT_SCHEMA = {
  $schema: DIALECT,
  title: 'backend-doctor report',
  ...object({
    schemaVersion: { type: 'string', pattern: '^1\\.' },
    tool,
    run,
    summary: object(summaryFields, { worstSeverity: impact, ...seen }),
    diagnoses: listOf(object(diagnosisFields, seen)),
    unexplained: listOf(unexplained),
    problems: listOf(problem),
  }),
};

/** Schema of each line that `--format ndjson` prints. */
export const NDJSON_SCHEMA = {
  $schema: DIALECT,
  title: 'backend-doctor event',
  oneOf: [
    object({ type: { const: 'finding' }, schemaVersion: text, isPreview: { type: 'boolean' }, finding }),
    object(
      { type: { const: 'diagnosis' }, schemaVersion: text, rank: { type: 'integer', minimum: 1 }, ...diagnosisFields },
      seen,
    ),
    object(
      { type: { const: 'summary' }, schemaVersion: text, tool, run, ...summaryFields, problems: listOf(problem) },
      { worstSeverity: impact, ...seen },
    ),
    object(
      {
        type: { const: 'unexplained' },
        schemaVersion: text,
        template: text,
        count,
        severity: level,
        evidence: listOf(evidence),
      },
      seen,
    ),
  ],
};
