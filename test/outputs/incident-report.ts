import type { Report } from '../../src/model/index.ts';
import { diagnoseFiles, filesIn, fixture } from '../support/fixtures.ts';

/** The report on an incident's logs, as if the run had always taken the same time. */
export function incidentReport(name: string): Report {
  const logs = filesIn('incidents', name).filter((file) => file.endsWith('.log'));
  const report = diagnoseFiles(logs.map((file) => fixture('incidents', name, file)));
  return { ...report, run: { ...report.run, durationMs: 90 } };
}
