import type { Condition } from '../model/index.ts';

/** Which condition can lead to which, over how many steps. */
export class CauseGraph {
  readonly #distances = new Map<string, ReadonlyMap<string, number>>();
  readonly #conditions: ReadonlyMap<string, Condition>;

  constructor(conditions: ReadonlyMap<string, Condition>) {
    this.#conditions = conditions;
  }

  /** Steps from a cause to its effect along `leadsTo`; 0 for the same condition, undefined when there is no way. */
  distance(cause: string, effect: string): number | undefined {
    let distances = this.#distances.get(cause);
    if (distances === undefined) {
      distances = this.#distancesFrom(cause);
      this.#distances.set(cause, distances);
    }
    return distances.get(effect);
  }

  #distancesFrom(cause: string): ReadonlyMap<string, number> {
    const distances = new Map([[cause, 0]]);
    const queue = [cause];
    for (const id of queue) {
      const next = (distances.get(id) ?? 0) + 1;
      for (const effect of this.#conditions.get(id)?.leadsTo ?? []) {
        if (distances.has(effect)) continue;
        distances.set(effect, next);
        queue.push(effect);
      }
    }
    return distances;
  }
}

/**
 * Conditions that say that something failed, not what: any specific failure in the same record, request or moment
 * explains them. The higher, the less they say.
 */
const GENERIC: ReadonlyMap<string, number> = new Map([
  ['unhandled-exception', 2],
  ...[
    'upstream-failure',
    'gateway-timeout',
    'slow-response',
    'process-crash',
    'crash-loop',
    'probe-failed',
    'circuit-open',
    'graphql-error',
    'deadline-exceeded',
    'route-not-found',
    'websocket-closed',
  ].map((id): [string, number] => [id, 1]),
]);

/** How little a condition explains: 0 for a specific one. */
export function genericity(condition: string): number {
  return GENERIC.get(condition) ?? 0;
}

/** Conditions that only say that something ended: any words about the reason say more. */
const ENDINGS: ReadonlySet<string> = new Set(['unhandled-exception', 'process-crash', 'crash-loop']);

/** Whether a condition says no more than that a request or a process ended. */
export function isEnding(condition: string): boolean {
  return ENDINGS.has(condition);
}
