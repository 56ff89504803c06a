/** The world outside, as the commands see it: `main.ts` hands in the real one, tests their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdout: OutStream;
  readonly stderr: OutStream;
  readonly isStdinTty: boolean;
  /** Fires when the user wants the run to end (Ctrl-C, a closed pipe). */
  readonly signal: AbortSignal;
  now(): number;
}

export interface OutStream {
  readonly isTty: boolean;
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
}

/**
 * Whether to colour what goes to a stream.
 * @see https://no-color.org and https://force-color.org
 */
export function hasColour(stream: OutStream, env: Io['env']): boolean {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return stream.isTty && env['TERM'] !== 'dumb';
}

/** Exit codes of the contract. */
export const EXIT = { ok: 0, failOn: 1, usage: 2, internal: 3 } as const;
