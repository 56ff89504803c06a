import { setMaxListeners } from 'node:events';
import type { Reporter } from './reporter.ts';
import { PAUSE, type ReadOptions } from './source.ts';
import { errorReason } from './system-error.ts';

/**
 * Live input with its pauses told and its waits cut short by the signal. Whatever the input throws becomes a problem;
 * it ends there.
 */
export async function* withPauses(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  reporter: Reporter,
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const signal = ownSignal(options.signal);
  let pending: Promise<IteratorResult<Uint8Array>> | undefined;
  let isSettled = true;
  try {
    for (;;) {
      pending ??= iterator.next();
      const result = await firstOf(pending, isSettled ? undefined : options.idleMs, signal);
      if (result === 'aborted') return;
      if (result === 'idle') {
        isSettled = true;
        yield PAUSE;
        continue;
      }
      pending = undefined;
      if (result.done === true) return;
      if (result.value.length === 0) continue;
      isSettled = false;
      yield result.value;
    }
  } catch (error) {
    reporter.report('read-failed', `Reading stopped: ${errorReason(error)}.`);
  } finally {
    // Not waited for: an iterator that hangs in its `next` would hang here as well.
    iterator.return?.().catch(() => {});
    pending?.catch(() => {});
  }
}

/** Follows the signals; takes as many listeners as there are waits, where that of the caller would warn of a leak. */
export function ownSignal(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  const signal = AbortSignal.any(signals.filter((given) => given !== undefined));
  setMaxListeners(0, signal);
  return signal;
}

/** The result, or that `idleMs` went by or the signal was given before it. */
function firstOf<T>(
  result: Promise<T>,
  idleMs: number | undefined,
  signal: AbortSignal,
): Promise<T | 'idle' | 'aborted'> {
  if (signal.aborted) return Promise.resolve('aborted');
  return new Promise((resolve, reject) => {
    const timer = idleMs === undefined ? undefined : setTimeout(() => settle(() => resolve('idle')), idleMs);
    const abort = (): void => settle(() => resolve('aborted'));
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      outcome();
    };
    signal.addEventListener('abort', abort);
    result.then(
      (value) => settle(() => resolve(value)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** Waits; ends early, and says so with true, when the signal is given. */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (signal?.aborted === true) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve(signal?.aborted === true);
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
