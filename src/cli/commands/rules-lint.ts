import type { Knowledge, Problem, Rule } from '../../model/index.ts';

/** Texts that stand in so many healthy lines that looking for them makes a rule slow. */
const COMMON_LITERALS = new Set([
  'error', 'errors', 'exception', 'failed', 'failure', 'warning', 'connect', 'connect ', 'connection', 'connection ', 'connections',
  'request', 'response', 'timeout', 'timed out', 'server', 'client', 'message', 'status', 'statement', 'http ', ' http ', 'http/1',
  'http/1.1', 'query', 'select ', 'process', 'started', 'stopped', 'closed', 'not found', ' not found', 'invalid', 'code:', 'code: ',
  'post /', 'head /', 'request completed', 'node_modules',
]);

/** What can be said of rules beyond the schema: what makes them slow, untested or unexplained. */
export function lintRules({ conditions }: Knowledge, rules: readonly Rule[]): readonly Problem[] {
  return rules.flatMap((rule) => {
    const problems: Problem[] = [];
    const complain = (code: Problem['code'], message: string, hint: string): void => {
      problems.push({ code, message: `${rule.id}: ${message}`, source: rule.origin, hint });
    };
    if (rule.literals === undefined) {
      complain(
        'rules-literal',
        'no literal can be required, so every line has to be tried',
        'anchor the match on a text of five characters or more, or declare `literals`',
      );
    }
    const common = (rule.literals ?? []).filter((literal) => COMMON_LITERALS.has(literal));
    if (common.length > 0 && rule.minSeverity !== 'trace') {
      complain('rules-literal', `looked for on nearly every line: ${common.map((literal) => JSON.stringify(literal)).join(', ')}`, 'put a rarer text next to it into the expression, or declare rarer `literals`');
    }
    if (rule.examples.match.length < 2)
      complain('rules-schema', 'fewer than two examples that match', 'give two real log lines in different dress');
    if (rule.examples.noMatch.length < 1)
      complain('rules-schema', 'no near miss', 'give a line that looks alike and must not match');
    if (!conditions.has(rule.condition)) complain('rules-unknown-condition', `unknown condition ${rule.condition}`, '');
    return problems;
  });
}
