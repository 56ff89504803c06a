import type { Expression } from './expressions.ts';

const ATTACK_STEPS = 20_000_000;
const TIMEOUT_MS = 120_000;
/** Texts of these lengths, made of the worst that was found, are tried: a record is cut long before the last. */
const REPLAYED_LENGTHS = [2_000, 20_000, 100_000] as const;
const MAX_REPLAY_MS = 1_000;

/**
 * Proves that no text can make an expression backtrack catastrophically. recheck looks for the worst text; where that is
 * no worse than polynomial, as bounded repetitions always are for it, the engine itself shows what it costs.
 * @returns why it could not be proved; undefined when it was.
 * @throws {Error} with code `ERR_MODULE_NOT_FOUND` when recheck, an optional peer, is not installed.
 * @see https://makenowjust-labs.github.io/recheck/
 */
export async function whyUnproved({ source, flags }: Expression): Promise<string | undefined> {
  const { check } = await import('recheck');
  const result = await check(source, flags, { timeout: TIMEOUT_MS, attackLimit: ATTACK_STEPS, randomSeed: 1 });
  if (result.status === 'safe') return undefined;
  if (result.status === 'unknown') return `recheck comes to no verdict (${result.error.kind})`;
  const { string: attack } = result.attack;
  if (result.complexity.type === 'exponential') return `exponential: ${shown(attack)}`;
  const regex = new RegExp(source, flags);
  const slow = REPLAYED_LENGTHS.find((length) => replayMs(regex, repeated(attack, length)) > MAX_REPLAY_MS);
  return slow === undefined ? undefined : `${slow} characters take more than a second: ${shown(attack)}`;
}

function repeated(text: string, length: number): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

function replayMs(regex: RegExp, text: string): number {
  const start = performance.now();
  regex.exec(text);
  return performance.now() - start;
}

function shown(attack: string): string {
  return JSON.stringify(attack.length > 60 ? `${attack.slice(0, 60)}…` : attack);
}
