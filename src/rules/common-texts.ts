/**
 * Texts that stand in so many healthy lines that looking for them makes a run slow. A match that can require something
 * else does; `rules lint` names those that cannot.
 */
const COMMON: ReadonlySet<string> = new Set([
  'error', 'errors', 'exception', 'failed', 'failure', 'warning', 'connect', 'connection', 'connections', 'request', 'requests',
  'response', 'timeout', 'server', 'client', 'message', 'status', 'statement', 'http', 'http/1', 'http/1.1', 'query',
  'select', 'process', 'started', 'stopped', 'closed', 'not found', 'invalid', 'code:', 'post /', 'get /', 'head /',
  'request completed', 'node_modules', 'thread', 'worker', 'user', 'database', 'true', 'false', 'null', 'undefined', 'level',
]);

/** Whether a literal (lower case) is too common to be looked for. */
export function isCommonText(literal: string): boolean {
  return COMMON.has(literal.trim());
}
