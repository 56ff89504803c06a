import type { Attributes } from '../model/index.ts';

/** Fills in what the logger left out of `exception.type`, `exception.message` and `exception.stacktrace`. */
export function addException(attributes: Attributes): void {
  addListedStack(attributes);
  addThrown(attributes);
}

/** Stacks that a logger writes as a list of lines (`stackTrace.0`, AWS Lambda's `stack.1`). */
function addListedStack(attributes: Attributes): void {
  if (attributes.has('exception.stacktrace')) return;
  for (const name of ['stack', 'stackTrace', 'stack_trace', 'exc_info', 'exception.stacktrace', 'message.stackTrace']) {
    const lines: string[] = [];
    for (let index = 0; attributes.has(`${name}.${index}`); index++)
      lines.push(String(attributes.get(`${name}.${index}`)));
    if (lines.length === 0) continue;
    attributes.set('exception.stacktrace', lines.join('\n'));
    return;
  }
}

const TRACEBACK = 'Traceback (most recent call last)';
/** After Python's frames, which are indented, stands what was raised; other stacks begin with it. */
const RAISED = /^([A-Za-z_][\w.]{0,200})(?:: ([^\n]{0,2000}))?$/m;
const THROWN = /^((?:[A-Za-z_$][\w.$]{0,200})?(?:Error|Exception|Throwable|Failure)): ([^\n]{0,2000})/;

/** Type and message of an exception of which the logger gives the stack alone, under any of its names. */
function addThrown(attributes: Attributes): void {
  if (attributes.has('exception.type')) return;
  const stack = attributes.get('exception.stacktrace') ?? attributes.get('exception.message');
  if (typeof stack !== 'string') return;
  const traceback = stack.lastIndexOf(TRACEBACK);
  const found = traceback < 0 ? THROWN.exec(stack) : RAISED.exec(stack.slice(traceback + TRACEBACK.length + 1));
  if (found === null) return;
  attributes.set('exception.type', found[1] ?? '');
  const message = attributes.get('exception.message');
  if (message !== undefined && message !== stack) return;
  if (message === stack && stack.includes('\n')) attributes.set('exception.stacktrace', stack);
  attributes.set('exception.message', found[2] ?? '');
}
