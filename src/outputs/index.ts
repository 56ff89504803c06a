import type { Output } from './output.ts';

export type { LiveFinding, Output, OutputContext } from './output.ts';

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
