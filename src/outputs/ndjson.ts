import { toRfc3339 } from './instant.ts';
import { jsonText } from './json-text.ts';
import type { Output } from './output.ts';
import { findingToJson, reportToJson, SCHEMA_VERSION } from './report-json.ts';

/** One JSON object a line: findings as they happen, then diagnoses, unexplained errors and the summary. */
export const ndjson: Output = {
  id: 'ndjson',
  title: 'one JSON object a line, findings as they happen',
  isEventStream: true,
  render(report) {
    const { diagnoses, unexplained, problems, tool, summary } = reportToJson(report) as {
      readonly diagnoses: readonly object[];
      readonly unexplained: readonly object[];
      readonly problems: readonly object[];
      readonly tool: object;
      readonly summary: object;
    };
    const run = { ...report.run, startedAt: toRfc3339(report.run.startedAt) };
    const lines = [
      ...diagnoses.map((diagnosis, index) => ({
        type: 'diagnosis',
        schemaVersion: SCHEMA_VERSION,
        rank: index + 1,
        ...diagnosis,
      })),
      ...unexplained.map((group) => ({ type: 'unexplained', schemaVersion: SCHEMA_VERSION, ...group })),
      { type: 'summary', schemaVersion: SCHEMA_VERSION, tool, run, ...summary, problems },
    ];
    return lines.map((line) => `${jsonText(line)}\n`).join('');
  },
  live({ finding, isNew, isPreview }) {
    if (!isNew) return undefined;
    return `${jsonText({ type: 'finding', schemaVersion: SCHEMA_VERSION, isPreview, finding: findingToJson(finding) })}\n`;
  },
};
