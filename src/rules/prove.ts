import type { Expression } from './expressions.ts';

/**
 * What counts as catastrophic: a text shorter than this that takes more steps than that. Bounded repetitions cost a
 * number of steps for each character, whatever the text, and stay far below.
 */
const SHORTEST_ATTACK = 20_000;
const ATTACK_STEPS = 20_000_000;
const TIMEOUT_MS = 120_000;

/**
 * Proves that no text can make an expression backtrack catastrophically.
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
  const isSlow = result.complexity.type === 'exponential' || attack.length < SHORTEST_ATTACK;
  if (!isSlow) return undefined;
  const shown = JSON.stringify(attack.length > 60 ? `${attack.slice(0, 60)}…` : attack);
  return `${attack.length} characters take more than ${ATTACK_STEPS} steps: ${shown}`;
}
