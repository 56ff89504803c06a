import type { AttributeValue } from '../model/index.ts';

/** `java.net.ConnectException: Connection refused`, `TypeError: x`, `App\Error: y`; at the start of a line. */
const THROWN =
  /^(?:Exception in thread "[^"]{0,200}" |Caused by: |Uncaught |PHP Fatal error: {1,2}Uncaught |Unhandled exception\. |\[cause\]: )?((?:[A-Za-z_$][\w$]{0,80}[.\\]){0,12}[A-Z][\w$]{0,80}(?:Error|Exception|Failure|Fault|Interrupt|Throwable))(?: \[[A-Z_]{2,60}\])?(?::[ \t]+([^\n]{0,500})|$)/m;

/**
 * `exception.type` and `exception.message` of a text that holds a stack trace or the first line of one.
 * @see https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-logs/
 */
export function exceptionOf(body: string): readonly (readonly [name: string, value: AttributeValue])[] {
  const found = THROWN.exec(body.length > 16_384 ? body.slice(0, 16_384) : body);
  if (found === null) return [];
  const [, type = '', message] = found;
  const named = [['exception.type', type]] as [string, string][];
  if (message !== undefined && message !== '') named.push(['exception.message', message]);
  return named;
}

const GROUP_MARGIN = /^ +[|+](?:-\+)?(?: |-*$|-+ \d+ -+$)/gm;

/**
 * The text of a Python exception group without the margin that shows which exceptions are inside which, so that each line
 * reads as in an ordinary traceback.
 * @see https://docs.python.org/3/library/exceptions.html#exception-groups
 */
export function withoutGroupMargin(body: string): string {
  return body.includes('Exception Group Traceback') ? body.replaceAll(GROUP_MARGIN, '') : body;
}
