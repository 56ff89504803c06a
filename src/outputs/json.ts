import type { Output } from './output.ts';
import { reportToJson } from './report-json.ts';

/** One JSON document, as `schema/report.json` describes it. */
export const json: Output = {
  id: 'json',
  title: 'one JSON document',
  render: (report) => `${JSON.stringify(reportToJson(report), null, 2)}\n`,
};
