const FATAL =
  /^(?:panic: |fatal error: |thread '[^']{0,200}' (?:\(\d+\) )?panicked at |FATAL ERROR: |Segmentation fault)|\bFATAL\b|\bPANIC\b/;
const ERROR =
  /^(?:Traceback \(most recent call last\):|Exception in thread |(?:Uncaught|Unhandled|uncaught|unhandled)\b|(?:[A-Za-z_$][\w$]*[.\\])*[A-Za-z_$]*(?:Error|Exception)(?: \[[A-Z_]+\])?:|\*\* \(|Error: |error: |npm (?:ERR!|error))|\b(?:ERROR|CRITICAL|SEVERE|EMERG)\b|\[error\]/m;
const WARNING = /\b(?:WARNING|WARN)\b|^(?:\(node:\d+\) )?[Ww]arning: |\[warn(?:ing)?\]/;
const LOWER = /\b(?:INFO|DEBUG|TRACE|NOTICE)\b(?!=)|\[(?:info|debug|notice)\]/;
/** Tests that passed: their names speak of the failures that they are about. */
const PASSED =
  /^\s{0,20}(?:[✔✓√] |--- (?:PASS|SKIP): |=== (?:RUN|PAUSE|CONT|NAME) |ok \d+ |\* test .* \[L#\d+\]|Test '.*' (?:started|ended|passed))|\.\.\. (?:ok|skipped|expected failure)\b|\b(?:PASSED|SKIPPED|XFAIL)\b {1,20}\[ {0,2}\d+%\]/;
/** Statements and commands that a client prints as it sends them: what stands in them is data. */
const ECHOED = /^(?:Execut(?:ed|ing) \([^)\n]{1,60}\): |query: |(?:\S+ )?ioredis:\w{3,20} (?:write|queue) command\[)/;
/** Below what any rule looks at unless it asks for everything: even rules for failures that are logged as information. */
const NO_FAILURE = 1;
const LOOKED_AT = 4_000;

/**
 * OpenTelemetry SeverityNumber of a text that states none in a field: from level words in capitals or brackets on its
 * first line, from the way in which failures begin, or from that of tests that passed and statements that are echoed.
 * undefined when nothing tells.
 */
export function inferSeverity(body: string): number | undefined {
  const text = body.length > LOOKED_AT ? body.slice(0, LOOKED_AT) : body;
  const newline = text.indexOf('\n');
  const firstLine = newline < 0 ? text : text.slice(0, newline);
  if (PASSED.test(firstLine) || ECHOED.test(firstLine)) return NO_FAILURE;
  if (FATAL.test(firstLine)) return 21;
  if (ERROR.test(firstLine)) return 17;
  if (WARNING.test(firstLine)) return 13;
  if (LOWER.test(firstLine)) return 9;
  return newline >= 0 && ERROR.test(text) ? 17 : undefined;
}
