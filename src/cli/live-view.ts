import type { FindingEvent } from '../doctor.ts';
import type { Output, OutputContext } from '../outputs/index.ts';
import type { Io } from './io.ts';

/** Input that still brings findings after this long is shown live although it has not paused. */
const PATIENCE_MS = 1_000;
const REPAINT_MS = 100;
const MAX_ROWS = 20;

/**
 * Shows findings while the input goes on: each new one as a line, repeats by counting up its line where the cursor can go
 * back to it. Input that ends soon shows nothing here, only its report.
 */
export class LiveView {
  readonly #output: Output | undefined;
  readonly #context: OutputContext;
  readonly #isLiveInput: boolean;
  readonly #io: Io;
  readonly #startedAt: number;
  /** Findings by id, in the order in which they were found. */
  readonly #shown = new Map<string, FindingEvent>();
  readonly #waiting: FindingEvent[] = [];
  #isActive: boolean;
  /** Lines on the terminal that can be painted anew. */
  #rows = 0;
  #paintedAt = 0;

  /** @param isLiveInput whether the input may go on for ever: a pipe, or files that are followed. */
  constructor(output: Output | undefined, context: OutputContext, isLiveInput: boolean, io: Io) {
    this.#isLiveInput = isLiveInput;
    this.#output = output?.live === undefined ? undefined : output;
    this.#context = context;
    this.#io = io;
    this.#startedAt = io.now();
    this.#isActive = output?.isEventStream === true;
  }

  get isWanted(): boolean {
    return this.#output !== undefined;
  }

  /** From now on findings are shown as they come. */
  activate(): void {
    if (!this.#isActive) this.#shown.clear();
    this.#isActive = true;
    for (const event of this.#waiting.splice(0)) this.#show(event);
    this.#paint();
  }

  take(event: FindingEvent): void {
    if (this.#isActive) {
      this.#show(event);
      return;
    }
    if (!this.#shown.has(event.finding.id)) this.#waiting.push(event);
    this.#shown.set(event.finding.id, event);
    if (this.#isLiveInput && this.#io.now() - this.#startedAt >= PATIENCE_MS) this.activate();
  }

  /** Makes room for the report. */
  end(): void {
    if (this.#rows > 0) this.#io.stdout.write(`\u001b[${this.#rows}A\u001b[0J`);
    this.#rows = 0;
  }

  get #canRepaint(): boolean {
    return this.#io.stdout.isTty && this.#output?.isEventStream !== true;
  }

  #show(event: FindingEvent): void {
    const isKnown = this.#shown.has(event.finding.id);
    this.#shown.set(event.finding.id, event);
    if (this.#canRepaint) {
      if (this.#io.now() - this.#paintedAt >= REPAINT_MS) this.#paint();
      return;
    }
    const line = isKnown ? undefined : this.#output?.live?.({ ...event, isNew: true }, this.#context);
    if (line !== undefined) this.#io.stdout.write(line);
  }

  /** Writes the latest lines over those that are there. */
  #paint(): void {
    if (!this.#canRepaint || !this.#isActive) return;
    this.#paintedAt = this.#io.now();
    const events = [...this.#shown.values()].slice(-MAX_ROWS);
    const lines = events.map((event) => this.#output?.live?.({ ...event, isNew: true }, this.#context) ?? '');
    const up = this.#rows === 0 ? '' : `\u001b[${this.#rows}A`;
    this.#io.stdout.write(`${up}${lines.map((line) => `\u001b[2K${line}`).join('')}`);
    this.#rows = lines.length;
  }
}
