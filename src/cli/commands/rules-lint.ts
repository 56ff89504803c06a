import { suggest, type Knowledge, type Problem, type Rule } from '../../model/index.ts';
import { isCommonText } from '../../rules/index.ts';

/** What can be said of rules beyond the schema: what makes them slow, untested or unexplained. */
export function lintRules(knowledge: Knowledge, rules: readonly Rule[]): readonly Problem[] {
  const { conditions } = knowledge;
  const ids = new Set(knowledge.rules.map(({ id }) => id));
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
    const common = (rule.literals ?? []).filter((literal) => isCommonText(literal));
    if (common.length > 0 && rule.minSeverity !== 'trace') {
      complain(
        'rules-literal',
        `looked for on nearly every line: ${common.map((literal) => JSON.stringify(literal)).join(', ')}`,
        'put a rarer text next to it into the expression, or declare rarer `literals`',
      );
    }
    if (rule.examples.match.length < 2)
      complain('rules-schema', 'fewer than two examples that match', 'give two real log lines in different dress');
    if (rule.examples.noMatch.length < 1)
      complain('rules-schema', 'no near miss', 'give a line that looks alike and must not match');
    if (!conditions.has(rule.condition)) complain('rules-unknown-condition', `unknown condition ${rule.condition}`, '');
    for (const reference of rule.references.filter((address) => !isOfficial(address))) {
      complain(
        'rules-reference',
        `${reference} is no official address`,
        'name the documentation or the source of what it words',
      );
    }
    for (const id of rule.over) {
      if (ids.has(id)) continue;
      const close = suggest(id, ids);
      complain(
        'unknown-id',
        `\`over\` names the unknown rule "${id}"`,
        close === undefined ? '' : `did you mean "${close}"?`,
      );
    }
    return problems;
  });
}

/** Where people ask and tell; what they say may be right, but nobody answers for it. */
const FORUMS =
  /(?:^|\.)(?:stackoverflow\.com|stackexchange\.com|serverfault\.com|superuser\.com|reddit\.com|medium\.com|dev\.to|quora\.com|baeldung\.com|mkyong\.com|w3schools\.com|geeksforgeeks\.org|blogspot\.com|wordpress\.com|youtube\.com)$/;
const THREAD = /^\/[^/]+\/[^/]+\/(?:issues|pull|discussions)(?:\/|$)/;

function isOfficial(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (!/^[\w-]+(?:\.[\w-]+)+$/.test(url.hostname) || FORUMS.test(url.hostname)) return false;
  return url.hostname !== 'github.com' || !THREAD.test(url.pathname);
}
