import { ERROR_HEADS, FAILURE_HEADS, STAGES, TRACE_LINES, type StageName, type Step } from './trace-stages.ts';

/** Follows the lines of one record and knows whether the next line still belongs to a stack trace that has begun in it. */
export interface TraceTracker {
  /**
   * True when `line` continues what the lines accepted so far have begun (frames, causes, caret lines, inspected objects,
   * goroutine dumps). A blank line is accepted only where a trace of that language goes on after one.
   */
  continues(line: string): boolean;
  /** Takes a line into the record (the first one too). */
  accept(line: string): void;
}

/** Where a trace stands; as large for a trace of ten thousand lines as for one of two. */
interface Position {
  readonly stage: StageName;
  /** Lines of a message taken since the stage was reached. */
  readonly texts: number;
  /** Column at which an inspected object or array will close. */
  readonly open?: number;
}

const TRACEBACK = /^ *(?:\+ Exception Group )?Traceback \(most recent call last\):$/;
const THROWN = /^(?:Error|(?:[\w$]+[.\\])*[A-Z][\w$]*(?:Error|Exception|Throwable))(?: \[\w+\])?: /;
const INDENTED = /^[ \t]+\S/;
const OPENER = /(?:^|[\s:,=([])[{[]$/;
const CLOSER = /^[}\]]/;
const JS_FRAME_INDENT = 4;

export function traceTracker(): TraceTracker {
  let position: Position = { stage: 'none', texts: 0 };
  let started = false;
  return {
    continues: (line) => started && advance(position, line) !== undefined,
    accept(line) {
      position = (started ? advance(position, line) : undefined) ?? begin(line);
      started = true;
    },
  };
}

/**
 * True when a line can never be the continuation of another record's message: it begins a failure by itself
 * (`Traceback (most recent call last):` is no such line since `logging.exception` prints it after its message).
 */
export function beginsFailure(line: string): boolean {
  return lookUp(FAILURE_HEADS, line) !== undefined;
}

/** True when the line announces a failure that a logger may have printed after its own message, or the runtime by itself. */
export function announcesFailure(line: string): boolean {
  return beginsFailure(line) || TRACEBACK.test(line) || THROWN.test(line) || line.startsWith('** (');
}

/** True when the line by its look alone is part of a trace. */
export function looksLikeTrace(line: string): boolean {
  return lookUp(TRACE_LINES, line) !== undefined;
}

function lookUp(steps: readonly Step[], line: string): StageName | undefined {
  return steps.find(([look]) => look.test(line))?.[1];
}

function begin(line: string): Position {
  if (isBlank(line)) return { stage: 'blank', texts: 0 };
  const stage = lookUp(FAILURE_HEADS, line) ?? lookUp(TRACE_LINES, line) ?? lookUp(ERROR_HEADS, line) ?? 'none';
  return opening({ stage, texts: 0 }, line);
}

/** Where the trace stands after the line; undefined when the line is no part of it. */
function advance(position: Position, line: string): Position | undefined {
  return withinObject(position, line) ?? withinTrace(position, line);
}

function withinObject(position: Position, line: string): Position | undefined {
  const { open } = position;
  if (open === undefined) return undefined;
  if (isBlank(line)) return position;
  const column = indentation(line);
  if (column > open) return position;
  if (column < open || !CLOSER.test(line.slice(column))) return undefined;
  if (OPENER.test(line)) return position;
  return { stage: position.stage, texts: position.texts };
}

function withinTrace({ stage: name, texts }: Position, line: string): Position | undefined {
  const stage = STAGES[name];
  if (isBlank(line)) return blankStep(name, texts);
  if (stage.refuses?.test(line) === true) return undefined;
  const own = lookUp(stage.next ?? [], line);
  if (own === undefined && beginsFailure(line)) return undefined;
  const next = own ?? lookUp(TRACE_LINES, line);
  if (next !== undefined) return opening({ stage: next, texts: 0 }, line);
  if (stage.closed !== true && INDENTED.test(line)) return opening({ stage: name, texts }, line);
  const isText = stage.text?.test(line) === true && texts < (stage.maxText ?? 0);
  return isText ? opening({ stage: name, texts: texts + 1 }, line) : undefined;
}

function blankStep(name: StageName, texts: number): Position | undefined {
  const { blank, maxText } = STAGES[name];
  if (blank === undefined || (maxText !== undefined && texts >= maxText)) return undefined;
  return { stage: blank, texts: blank === name ? texts + 1 : 0 };
}

/** Notes that the line leaves an object or array open, as Node.js inspects the properties of an error. */
function opening(position: Position, line: string): Position {
  if (!OPENER.test(line)) return position;
  const column = indentation(line);
  const open = position.stage === 'jsFrames' ? Math.max(column - JS_FRAME_INDENT, 0) : column;
  return { ...position, open };
}

function indentation(line: string): number {
  return line.length - line.trimStart().length;
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}
