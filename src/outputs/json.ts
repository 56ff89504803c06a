import { jsonText } from './json-text.ts';
import type { Output } from './output.ts';
import { reportToJson } from './report-json.ts';

/** One JSON document, as `schema/report.json` describes it. */
export const json: Output = {
  id: 'json',
  title: 'one JSON document',
  render: (report) => `${jsonText(reportToJson(report), 2)}\n`,
};
