import type { FindingEvent } from '../doctor.ts';
import type { Output, OutputContext } from '../outputs/index.ts';
import type { Io } from './io.ts';

/** Input that still brings findings after this long is shown live although it has not paused. */
const PATIENCE_MS = 1_000;
const REPAINT_MS = 100;
/** Lines of the terminal that stay free below and above what is painted anew. */
const SPARE_ROWS = 2;
/** More findings than this are no longer told one by one to a person. */
const MAX_FINDINGS = 200;

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
  /** The latest of each finding by id, in the order in which they were found. */
  readonly #events = new Map<string, FindingEvent>();
  #isActive: boolean;
  /** How many findings have been written. */
  #written = 0;
  /** How many of the last written lines can be painted anew. */
  #rows = 0;
  /** Whether something was counted since. */
  #isBehind = false;
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

  take(event: FindingEvent): void {
    const isKnown = this.#events.has(event.finding.id);
    if (!isKnown && this.#isFull) return;
    this.#events.set(event.finding.id, event);
    this.#isBehind ||= !isKnown || this.#canRepaint;
    this.tick();
  }

  /** Told when more was read: input that never pauses is shown as well. */
  tick(): void {
    this.#isActive ||= this.#isLiveInput && this.#events.size > 0 && this.#io.now() - this.#startedAt >= PATIENCE_MS;
    if (this.#isBehind && (!this.#canRepaint || this.#io.now() - this.#paintedAt >= REPAINT_MS)) this.#write();
  }

  /** Told when the input pauses: what has been found is worth showing now. */
  pause(): void {
    this.#isActive = true;
    if (this.#isBehind) this.#write();
  }

  /** Says something on stderr without tearing the lines that are painted anew. */
  say(text: string): void {
    this.#written -= this.#rows;
    this.end();
    this.#io.stderr.write(text);
    if (this.#written < this.#events.size) this.#write();
  }

  /** Makes room for the report. */
  end(): void {
    if (this.#rows > 0) this.#io.stdout.write(`\r\u001b[${this.#rows}A\u001b[0J`);
    this.#rows = 0;
  }

  get #isEventStream(): boolean {
    return this.#output?.isEventStream === true;
  }

  get #isFull(): boolean {
    return this.#events.size >= MAX_FINDINGS && !this.#isEventStream;
  }

  get #canRepaint(): boolean {
    return this.#io.stdout.isTty && !this.#isEventStream;
  }

  #write(): void {
    if (!this.#isActive) return;
    this.#isBehind = false;
    this.#paintedAt = this.#io.now();
    const { stdout } = this.#io;
    const first = this.#canRepaint ? this.#written - this.#rows : this.#written;
    const lines = [...this.#events.values()]
      .slice(first)
      .map((event) => this.#output?.live?.({ ...event, isNew: true }, this.#context) ?? '');
    if (this.#canRepaint) this.#repaint(lines);
    else stdout.write(lines.join(''));
    this.#written = this.#events.size;
  }

  /**
   * Writes lines over those that are there. What no longer fits on the screen stays above as it was last: the cursor
   * cannot go back to it.
   */
  #repaint(lines: readonly string[]): void {
    const { stdout } = this.#io;
    const up = this.#rows === 0 ? '' : `\r\u001b[${this.#rows}A`;
    stdout.write(`${up}${lines.map((line) => `\u001b[2K${line}`).join('')}`);
    this.#rows = Math.min(lines.length, Math.max(stdout.rows - SPARE_ROWS, 1));
  }
}
