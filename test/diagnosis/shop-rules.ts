import type { Condition, LogRecord, Match, Rule } from '../../src/model/index.ts';
import { logRecord } from '../rules/log-record.ts';
import { rulesOf } from '../rules/knowledge-files.ts';

/** A rule of which a test gives only what matters to it, as YAML. */
export function ruleOf(id: string, more = '', condition = 'connection-refused'): Rule {
  const content = `- id: ${id}\n  condition: ${condition}\n  title: T\n  match: {regex: 'shelf collapsed (?<container>x)?'}\n${more.replaceAll(/^/gm, '  ')}`;
  const conditions = new Map([[condition, conditionOf(condition)]]);
  const [rule] = rulesOf(content, { conditions, rules: [] });
  if (rule === undefined) throw new Error(`no rule in ${content}`);
  return rule;
}

export function conditionOf(id: string, leadsTo: readonly string[] = []): Condition {
  const nothing = { recovery: [], checklist: [], references: [], seeds: [] };
  return { id, domain: 'shop', title: id, severity: 'error', rootCause: 'r', solution: 's', leadsTo, ...nothing };
}

export function matchOf(
  rule: Rule,
  captures: Readonly<Record<string, string>> = {},
  record: LogRecord = logRecord('shelf collapsed'),
  offset = 0,
): Match {
  return { rule, record, captures, offset };
}
