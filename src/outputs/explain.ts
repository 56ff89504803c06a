import type { Condition, Knowledge, RecoveryStep, Rule } from '../model/index.ts';
import { fillTemplate } from '../rules/index.ts';
import { escapeForTerminal } from './escape-terminal.ts';
import { styleFor, wrap, type Style } from './layout.ts';

interface ExplainContext {
  readonly columns: number;
  readonly hasColour: boolean;
}

/** The whole knowledge entry of a condition, and the rules that recognise it. */
export function explainCondition(
  condition: Condition,
  { rules, conditions }: Knowledge,
  context: ExplainContext,
): string {
  const style = styleFor(context.columns, context.hasColour);
  const own = rules.filter((rule) => rule.condition === condition.id);
  const causes = [...conditions.values()].filter(({ leadsTo }) => leadsTo.includes(condition.id)).map(({ id }) => id);
  return join([
    head(plain(condition.title), `${condition.id} · ${condition.domain} · ${style.impact(condition.severity)}`, style),
    section('Root cause', [plain(condition.rootCause)], style),
    section('Solution', [plain(condition.solution)], style),
    section('Recovery', stepTexts(condition.recovery), style),
    section(
      'Checklist',
      condition.checklist.map((item) => `□ ${item}`),
      style,
    ),
    section('Leads to', [condition.leadsTo.join(', ')], style),
    section('Caused by', [causes.join(', ')], style),
    section(`Recognised by ${own.length} rules`, [own.map(({ id }) => id).join(', ')], style),
    section('References', condition.references, style),
    section(
      'Origin',
      condition.seeds.map(({ document, section: part, entry }) => `${document}, ${part}: ${entry}`),
      style,
    ),
  ]);
}

/** What a rule adds to its condition, how it matches, and its examples. */
export function explainRule(rule: Rule, condition: Condition, context: ExplainContext): string {
  const style = styleFor(context.columns, context.hasColour);
  return join([
    head(
      plain(rule.title),
      `${rule.id} · ${condition.id} · ${style.impact(rule.severity ?? condition.severity)}`,
      style,
    ),
    section('Root cause', [plain(rule.rootCause ?? condition.rootCause)], style),
    section('Solution', [plain(rule.solution ?? condition.solution)], style),
    section('Recovery', stepTexts([...rule.recovery, ...condition.recovery]), style),
    section(
      'Checklist',
      [...rule.checklist, ...condition.checklist].map((item) => `□ ${item}`),
      style,
    ),
    section(
      'Looked for',
      (rule.literals ?? ['every line']).map((literal) => JSON.stringify(literal)),
      style,
    ),
    section(
      'Examples',
      rule.examples.match.map(({ text }) => text),
      style,
    ),
    section(
      'Does not match',
      rule.examples.noMatch.map(({ text }) => text),
      style,
    ),
    section('References', [...rule.references, ...condition.references], style),
  ]);
}

/** Knowledge without a log: templates show their fallbacks. */
function plain(template: string): string {
  return fillTemplate(template, {});
}

function head(title: string, subtitle: string, style: Style): string {
  return `${style.bold(escapeForTerminal(title))}\n${subtitle}`;
}

function section(title: string, texts: readonly string[], style: Style): string {
  const filled = texts.filter((text) => text !== '');
  if (filled.length === 0) return '';
  const lines = filled.map((text) => `  ${wrap(escapeForTerminal(text), style.columns - 4, '  ')}`);
  return `${style.accent(title)}\n${lines.join('\n')}`;
}

function stepTexts(steps: readonly RecoveryStep[]): string[] {
  return steps.map(({ step, run, risk, verify, code }, index) => {
    const lines = [`${index + 1}. ${plain(step)}${risk === undefined ? '' : ` (${risk})`}`];
    if (run !== undefined) lines.push(`   $ ${plain(run)}`);
    if (verify !== undefined) lines.push(`   then: ${plain(verify)}`);
    if (code !== undefined)
      lines.push(
        ...code.text
          .trimEnd()
          .split('\n')
          .map((line) => `   ${line}`),
      );
    return lines.join('\n');
  });
}

function join(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
