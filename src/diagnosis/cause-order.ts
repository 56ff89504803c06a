import type { LogRecord, Match } from '../model/index.ts';

/** Python prints the cause first: each of these lines says that the block before it caused the one after it. */
const PYTHON_CHAIN =
  /^(?:The above exception was the direct cause of the following exception:|During handling of the above exception, another exception occurred:)$/m;
/** PHP prints the previous exception first, too. */
const PHP_NEXT = /^Next [A-Za-z_\\]+(?:Exception|Error)\b/m;

/**
 * How deep a match lies among the nested causes of its record: the greater, the nearer to the root. Java's `Caused by:`,
 * Node's `[cause]:`, .NET's `--->` and Go's `a: b: c` put the cause last; Python and PHP put it first.
 */
export function recordBodyOrder(record: LogRecord): (match: Match) => number {
  const text = `${record.body}\n${String(record.attributes.get('exception.stacktrace') ?? '')}`;
  const isCauseFirst = PYTHON_CHAIN.test(text) || PHP_NEXT.test(text);
  return ({ offset }) => (isCauseFirst ? -offset : offset);
}
