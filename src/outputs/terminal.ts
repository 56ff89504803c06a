import { formatProblem, levelName, type Problem, type Report, type Unexplained } from '../model/index.ts';
import { diagnosisBlock } from './diagnosis-block.ts';
import { escapeForTerminal, escapeLine } from './escape-terminal.ts';
import { clip, countText, plural, stringWidth, wrap, wrapUpTo } from './layout.ts';
import { liveLine } from './live-line.ts';
import type { LiveFinding, Output, OutputContext } from './output.ts';
import { overviewTable } from './overview-table.ts';
import { placeOf, proofText, viewOf, type View } from './view.ts';

const UNEXPLAINED = 8;
const UNEXPLAINED_LINES = 3;
const PROBLEMS = 10;

/** For people: an overview on one screen, then a block a diagnosis. */
export const terminal: Output = {
  id: 'terminal',
  title: 'an overview, then a block for each diagnosis',
  render,
  live,
};

function render(report: Report, context: OutputContext): string {
  const view = viewOf(report, context);
  const shown = report.diagnoses.slice(0, context.top);
  const parts = [
    headline(report, view),
    // A single block says it all.
    shown.length < 2 ? '' : overviewTable(shown, view),
    hiddenNote(report.diagnoses.length - shown.length, view),
    ...shown.map((diagnosis, index) => diagnosisBlock(diagnosis, index + 1, view)),
    unexplainedBlock(report.unexplained, view),
    problemsBlock(report.problems, view),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headline(report: Report, view: View): string {
  const { style } = view;
  const [found, read] = [foundText(report), readText(report, view)];
  const gap = style.proseColumns - 4 - stringWidth(found) - stringWidth(read);
  if (gap >= 2) return `  ${style.bold(found)}${' '.repeat(gap)}${style.dim(read)}`;
  return [found, read]
    .map((text, index) => wrap(index === 0 ? style.bold(text) : style.dim(text), style.columns - 4, '  '))
    .map((text) => `  ${text}`)
    .join('\n');
}

function foundText({ summary, unexplained }: Report): string {
  if (summary.bytes === 0) return 'The input is empty';
  const known =
    summary.diagnoses === 0 ? 'No known failure found' : plural(summary.diagnoses, 'diagnosis', 'diagnoses');
  if (summary.unexplained === 0) return known;
  const kinds = unexplained.length > 1 ? ` (${plural(unexplained.length, 'kind')})` : '';
  return `${known}, ${plural(summary.unexplained, 'error')} unexplained${kinds}`;
}

function readText({ summary, run }: Report, { clock }: View): string {
  const { firstSeen, lastSeen } = summary;
  const [source] = run.sources;
  const sources = run.sources.length === 1 ? escapeLine(source?.name ?? '') : plural(run.sources.length, 'source');
  const span = firstSeen === undefined ? [] : [`${dayOf(firstSeen)} ${clock(firstSeen)}–${clock(lastSeen)} UTC`];
  return [`${plural(summary.lines, 'line')} of ${sources}`, ...span, `${(run.durationMs / 1_000).toFixed(2)} s`].join(
    ', ',
  );
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function hiddenNote(hidden: number, { style }: View): string {
  if (hidden <= 0) return '';
  const note = `and ${plural(hidden, 'further diagnosis', 'further diagnoses')}: --top ${hidden + 10} shows more, --format json all`;
  return `  ${wrap(style.dim(note), style.columns - 4, '  ')}`;
}

function unexplainedBlock(groups: readonly Unexplained[], view: View): string {
  if (groups.length === 0) return '';
  const { style } = view;
  const entries = groups.slice(0, UNEXPLAINED).flatMap((group) => unexplainedLines(group, view));
  const hidden = groups.length - UNEXPLAINED;
  const note = hidden > 0 ? [style.dim(`  and ${plural(hidden, 'further kind')}`)] : [];
  return [`  ${style.bold('Errors that no rule explains')}`, ...entries, ...note].join('\n');
}

function unexplainedLines(group: Unexplained, { style, clock, nameOf }: View): readonly string[] {
  const { template, count, firstSeen, severityNumber, evidence } = group;
  const [proof] = evidence;
  const facts = [
    `×${countText(count)}`,
    levelName(severityNumber),
    ...(firstSeen === undefined ? [] : [clock(firstSeen)]),
    ...(proof === undefined ? [] : [placeOf(proof, nameOf)]),
  ];
  const text = proof === undefined ? escapeLine(template) : proofText(proof);
  return [
    style.dim(clip(`  ${facts.join('  ')}`, style.columns - 1)),
    ...wrapUpTo(text, style.columns - 6, UNEXPLAINED_LINES).map((line) => `     ${line}`),
  ];
}

function problemsBlock(problems: readonly Problem[], { style }: View): string {
  if (problems.length === 0) return '';
  const lines = problems
    .slice(0, PROBLEMS)
    .flatMap((problem) => escapeForTerminal(formatProblem(problem)).split('\n'))
    .map((line) => `${line.startsWith(' ') ? '    ' : '  '}${wrap(line.trimStart(), style.columns - 6, '    ')}`);
  const hidden = problems.length - PROBLEMS;
  const note = hidden > 0 ? [`  and ${countText(hidden)} more`] : [];
  return [`  ${style.bold('About the input')}`, ...lines, ...note].join('\n');
}

/** One line for a new finding; repeats only where the cursor can go back to it. */
function live({ finding, isNew }: LiveFinding, context: OutputContext): string | undefined {
  return isNew ? `${liveLine(finding, context)}\n` : undefined;
}
