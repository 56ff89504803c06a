import type { Report } from '../model/index.ts';
import type { Output, OutputContext } from './output.ts';

export type { LiveFinding, Output, OutputContext } from './output.ts';
export { reportToJson, SCHEMA_VERSION } from './report-json.ts';

/** An output that is loaded only when it is asked for. */
export interface OutputEntry {
  readonly id: string;
  load(): Promise<Output>;
}

/** All outputs, the one for people first. */
export const OUTPUTS: readonly OutputEntry[] = [
  { id: 'terminal', load: async () => (await import('./terminal.ts')).terminal },
  { id: 'json', load: async () => (await import('./json.ts')).json },
  { id: 'ndjson', load: async () => (await import('./ndjson.ts')).ndjson },
];

/**
 * Renders a report as the command line does.
 * @param id of the output: `terminal`, `json`, `ndjson`.
 * @throws {RangeError} when there is no such output.
 */
export async function renderReport(report: Report, id: string, context: Partial<OutputContext> = {}): Promise<string> {
  const entry = OUTPUTS.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new RangeError(`no output is called "${id}"`);
  const output = await entry.load();
  return output.render(report, { columns: 100, hasColour: false, top: 10, ...context });
}
