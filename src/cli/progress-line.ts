import type { ReadProgress } from '../analyze.ts';
import type { Io } from './io.ts';

const REPAINT_MS = 200;
const WORTH_SHOWING_AFTER_MS = 1_000;

/** How far reading has come, on one line of stderr when it is a terminal. */
export class ProgressLine {
  readonly #io: Io;
  readonly #isOn: boolean;
  readonly #startedAt: number;
  #paintedAt = 0;

  constructor(io: Io, isWanted: boolean) {
    this.#io = io;
    this.#isOn = isWanted && io.stderr.isTty;
    this.#startedAt = io.now();
  }

  show({ source, bytes, sizeBytes }: ReadProgress): void {
    if (!this.#isOn || sizeBytes === undefined || sizeBytes === 0) return;
    const now = this.#io.now();
    if (now - this.#startedAt < WORTH_SHOWING_AFTER_MS || now - this.#paintedAt < REPAINT_MS) return;
    this.#paintedAt = now;
    const percent = Math.min(Math.floor((bytes / sizeBytes) * 100), 100);
    const text = `reading ${source}: ${percent} %`.slice(0, this.#io.stderr.columns - 1);
    this.#io.stderr.write(`\r\u001b[2K${text}`);
  }

  clear(): void {
    if (this.#paintedAt > 0) this.#io.stderr.write('\r\u001b[2K');
  }
}
