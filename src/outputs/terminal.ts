import Table from 'cli-table3';
import type {
  Diagnosis,
  Evidence,
  Finding,
  Problem,
  RecoveryStep,
  Report,
  Symptom,
  Unexplained,
} from '../model/index.ts';
import { formatProblem, levelName } from '../model/index.ts';
import { escapeLine } from './escape-terminal.ts';
import { evidenceText } from './evidence-text.ts';
import {
  clip,
  clipStart,
  clockText,
  countText,
  pad,
  plural,
  shortNames,
  stringWidth,
  styleFor,
  wrap,
  type Style,
} from './layout.ts';
import type { LiveFinding, Output, OutputContext } from './output.ts';

const LABEL_WIDTH = 10;
const MARGIN = 5;
const INDENT = ' '.repeat(MARGIN + LABEL_WIDTH);
const PROOFS = 4;
const STEPS = 6;
const CHECKS = 6;
const UNEXPLAINED = 8;
const MIN_COLUMNS = 40;

/** What the parts of one rendering share. */
interface View {
  readonly style: Style;
  readonly clock: (ms: number | undefined) => string;
  /** A source's name without the directories that all sources share. */
  readonly nameOf: (source: string) => string;
}

/** For people: an overview on one screen, then a block a diagnosis. */
export const terminal: Output = {
  id: 'terminal',
  title: 'an overview, then a block for each diagnosis',
  render,
  live,
};

function render(report: Report, context: OutputContext): string {
  const view: View = {
    style: styleFor(Math.max(context.columns, MIN_COLUMNS), context.hasColour),
    clock: clockText(report.summary.firstSeen, report.summary.lastSeen),
    nameOf: shortNames(report.run.sources.map(({ name }) => name)),
  };
  const shown = report.diagnoses.slice(0, context.top);
  const parts = [
    headline(report, view),
    shown.length === 0 ? '' : overview(shown, view),
    hiddenNote(report.diagnoses.length - shown.length, view),
    ...shown.map((diagnosis, index) => block(diagnosis, index + 1, view)),
    unexplainedBlock(report.unexplained, view),
    problemsBlock(report.problems, view),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headline({ summary, run, unexplained }: Report, { style, clock }: View): string {
  const found = [
    summary.diagnoses === 0 ? 'No known failure found' : plural(summary.diagnoses, 'diagnosis', 'diagnoses'),
    ...(summary.unexplained === 0
      ? []
      : [
          `${plural(summary.unexplained, 'error')} unexplained${unexplained.length > 1 ? ` (${plural(unexplained.length, 'kind')})` : ''}`,
        ]),
  ].join(', ');
  const { firstSeen, lastSeen } = summary;
  const span = firstSeen === undefined ? [] : [`${dayOf(firstSeen)} ${clock(firstSeen)}–${clock(lastSeen)} UTC`];
  const sources =
    run.sources.length === 1 ? escapeLine(run.sources[0]?.name ?? '') : plural(run.sources.length, 'source');
  const read = [
    `${plural(summary.lines, 'line')} of ${sources}`,
    ...span,
    `${(run.durationMs / 1_000).toFixed(2)} s`,
  ].join(', ');
  const gap = style.columns - 4 - stringWidth(found) - stringWidth(read);
  return gap >= 2
    ? `  ${style.bold(found)}${' '.repeat(gap)}${style.dim(read)}`
    : `  ${style.bold(found)}\n  ${style.dim(wrap(read, style.columns - 4, '  '))}`;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: ' ',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};

function overview(diagnoses: readonly Diagnosis[], view: View): string {
  const { style, clock } = view;
  const isNarrow = style.columns < 90;
  const timeWidth =
    Math.max(...diagnoses.flatMap(({ firstSeen, lastSeen }) => [clock(firstSeen).length, clock(lastSeen).length])) + 2;
  const widths = isNarrow
    ? [4, 0, 10, 9, timeWidth]
    : [4, 0, 10, 9, timeWidth, timeWidth, Math.min(Math.floor(style.columns / 5), 36)];
  widths[1] = style.columns - widths.reduce((sum, width) => sum + width, 0) - widths.length - 1;
  const head = isNarrow
    ? ['#', 'Root cause', 'Severity', 'Count', 'First']
    : ['#', 'Root cause', 'Severity', 'Count', 'First', 'Last', 'Where'];
  const table = new Table({
    head: head.map((title) => style.dim(title)),
    colWidths: widths,
    colAligns: ['right', 'left', 'left', 'right', 'left', 'left', 'left'],
    chars: NO_BORDERS,
    style: { head: [], border: [], 'padding-left': 1, 'padding-right': 1 },
  });
  for (const [index, diagnosis] of diagnoses.entries())
    table.push(overviewRow(diagnosis, index + 1, widths, isNarrow, view));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}

function overviewRow(
  diagnosis: Diagnosis,
  rank: number,
  widths: readonly number[],
  isNarrow: boolean,
  { style, clock, nameOf }: View,
): string[] {
  const { title, conditionTitle, severity, count, firstSeen, lastSeen, where, symptoms } = diagnosis;
  const worst = symptoms.length === 0 ? '' : ` → ${escapeLine(symptoms.at(-1)?.title ?? '').toLowerCase()}`;
  const cell = (text: string, column: number): string => clip(escapeLine(text), (widths[column] ?? 3) - 2);
  const row = [
    String(rank),
    cell(worst === '' ? title : `${conditionTitle}${worst}`, 1),
    style.impact(severity, cell(severity, 2)),
    countText(count),
    clock(firstSeen),
  ];
  return isNarrow ? row : [...row, clock(lastSeen), cell(where.map(nameOf).join(', '), 6)];
}

function hiddenNote(hidden: number, { style }: View): string {
  return hidden <= 0
    ? ''
    : style.dim(
        `  and ${plural(hidden, 'further diagnosis', 'further diagnoses')}: --top ${hidden + 10} shows more, --format json all`,
      );
}

function block(diagnosis: Diagnosis, rank: number, view: View): string {
  const { style } = view;
  const width = style.columns - INDENT.length - 1;
  const lines = [
    title(diagnosis, rank, style),
    ...rows('when', [whenText(diagnosis, view)], width, style),
    ...proofRows(diagnosis, width, view),
    ...rows('followed', followedText(diagnosis.symptoms, view), width, style),
    ...rows('because', becauseText(diagnosis), width, style),
    ...rows('cause', [escapeLine(diagnosis.rootCause)], width, style),
    ...rows('solution', [escapeLine(diagnosis.solution)], width, style),
    ...stepRows(diagnosis.recovery, width, style),
    ...rows('check', checkTexts(diagnosis.checklist), width, style),
    ...rows(
      'more',
      [
        style.accent(`backend-doctor explain ${diagnosis.condition}`),
        ...diagnosis.references.slice(0, 2).map((address) => style.dim(address)),
      ],
      width,
      style,
    ),
  ];
  return lines.join('\n');
}

function title({ title: text, confidence, severity }: Diagnosis, rank: number, style: Style): string {
  const sure = `confidence ${confidence.toFixed(2)}`;
  const number = String(rank).padStart(3);
  const room = style.columns - MARGIN - sure.length - 3;
  const shown = escapeLine(text);
  if (stringWidth(shown) <= room) {
    return `${number}  ${style.impact(severity, shown)}${' '.repeat(room - stringWidth(shown) + 2)}${style.dim(sure)}`;
  }
  const wrapped = wrap(shown, style.columns - MARGIN - 1).split('\n');
  return [
    ...wrapped.map(
      (line, index) => `${index === 0 ? `${number}  ` : ' '.repeat(MARGIN)}${style.impact(severity, line)}`,
    ),
    `${' '.repeat(MARGIN)}${style.dim(sure)}`,
  ].join('\n');
}

/** A label and its texts, each wrapped behind it. */
function rows(label: string, texts: readonly string[], width: number, style: Style): string[] {
  return texts.map((text, index) => {
    const head = index === 0 ? style.dim(pad(label, LABEL_WIDTH)) : ' '.repeat(LABEL_WIDTH);
    const lead = /^(?: +|\d+ {2}|□ )?/.exec(text)?.[0] ?? '';
    const hanging = INDENT + ' '.repeat(lead.length);
    return `${' '.repeat(MARGIN)}${head}${lead}${wrap(text.slice(lead.length), width - lead.length, hanging)}`;
  });
}

function whenText({ count, firstSeen, lastSeen, where }: Diagnosis, { clock, nameOf }: View): string {
  const times = count === 1 ? 'once' : `${countText(count)} times`;
  const span =
    firstSeen === undefined
      ? ''
      : count === 1 || firstSeen === lastSeen
        ? ` at ${clock(firstSeen)}`
        : `, ${clock(firstSeen)} to ${clock(lastSeen)}`;
  return `${times}${span}, reported by ${where
    .slice(0, 6)
    .map((name) => escapeLine(nameOf(name)))
    .join(', ')}`;
}

function proofRows({ findings, count, symptoms }: Diagnosis, width: number, { style, nameOf }: View): string[] {
  const proofs = pickProofs(findings);
  const places = proofs.map((proof) => placeOf(proof, nameOf));
  const placeWidth = Math.min(Math.max(0, ...places.map((place) => stringWidth(place))), Math.floor(width / 3));
  const more = count - proofs.length;
  const consequences = symptoms.reduce((sum, symptom) => sum + symptom.count, 0);
  const texts = proofs.map((evidence, index) => {
    const place = pad(clipStart(places[index] ?? '', placeWidth), placeWidth);
    return `${style.accent(place)}  ${clip(proofText(evidence), Math.max(width - placeWidth - 2, 10))}`;
  });
  const rest = [
    ...(more > 0 ? [`${countText(more)} more like these`] : []),
    ...(consequences > 0 ? [`${plural(consequences, 'record')} of what followed`] : []),
  ].join(', ');
  return rows('proof', rest === '' ? texts : [...texts, style.dim(`and ${rest}`)], width, style);
}

/** The first proof of each finding, then further ones, as many as fit. */
function pickProofs(findings: readonly Finding[]): readonly Evidence[] {
  const firsts = findings.flatMap(({ evidence }) => evidence.slice(0, 1));
  const others = findings.flatMap(({ evidence }) => evidence.slice(1));
  return [...firsts, ...others].slice(0, PROOFS);
}

function placeOf({ source, line }: Evidence, nameOf: View['nameOf']): string {
  return `${escapeLine(nameOf(source))}:${line}`;
}

function proofText(evidence: Evidence): string {
  return escapeLine(evidenceText(evidence)).replaceAll(/ {2,}/g, ' ');
}

function followedText(symptoms: readonly Symptom[], { clock }: View): readonly string[] {
  if (symptoms.length === 0) return [];
  const chain = symptoms.map(({ title: text, count, firstSeen }) => {
    const since = firstSeen === undefined ? '' : `${clock(firstSeen)} `;
    return `${since}${escapeLine(text)} ×${countText(count)}`;
  });
  return [chain.join(' → ')];
}

function becauseText({ reasons }: Diagnosis): readonly string[] {
  return reasons.length === 0 ? [] : [escapeLine(reasons.join('; '))];
}

function stepRows(recovery: readonly RecoveryStep[], width: number, style: Style): string[] {
  const texts = recovery.slice(0, STEPS).flatMap((step, index) => {
    const lines = [
      `${index + 1}  ${escapeLine(step.step)}${step.risk === undefined ? '' : `  ${style.risk(step.risk)}`}`,
    ];
    if (step.run !== undefined) lines.push(...commandLines(step.run).map((line) => `   ${style.bold(line)}`));
    if (step.verify !== undefined) lines.push(`   ${style.dim(`then: ${escapeLine(step.verify)}`)}`);
    return lines;
  });
  return rows('do now', texts, width, style);
}

/** A prompt before each command; lines that go on are indented and have none. */
function commandLines(run: string): string[] {
  return run
    .trimEnd()
    .split('\n')
    .map((line) => `${/^\s/.test(line) ? ' ' : '$'} ${escapeLine(line)}`);
}

function checkTexts(checklist: readonly string[]): readonly string[] {
  return checklist.slice(0, CHECKS).map((item) => `□ ${escapeLine(item)}`);
}

function unexplainedBlock(groups: readonly Unexplained[], { style, clock, nameOf }: View): string {
  if (groups.length === 0) return '';
  const width = style.columns - 4;
  const lines = groups.slice(0, UNEXPLAINED).flatMap(({ template, count, firstSeen, severityNumber, evidence }) => {
    const [proof] = evidence;
    const place = proof === undefined ? '' : placeOf(proof, nameOf);
    const head = `  ×${countText(count)}  ${levelName(severityNumber)}  ${firstSeen === undefined ? '' : `${clock(firstSeen)}  `}${place}`;
    return [
      style.dim(clip(head, width)),
      `     ${clip(proof === undefined ? escapeLine(template) : proofText(proof), width - 3)}`,
    ];
  });
  const hidden = groups.length - UNEXPLAINED;
  const note = hidden > 0 ? [style.dim(`  and ${plural(hidden, 'further kind')}`)] : [];
  return [`  ${style.bold('Errors that no rule explains')}`, ...lines, ...note].join('\n');
}

function problemsBlock(problems: readonly Problem[], { style }: View): string {
  if (problems.length === 0) return '';
  const lines = problems
    .slice(0, 10)
    .map((problem) => `  ${wrap(escapeLine(formatProblem(problem)), style.columns - 4, '    ')}`);
  const hidden = problems.length - 10;
  return [
    `  ${style.bold('About the input')}`,
    ...lines,
    ...(hidden > 0 ? [`  and ${countText(hidden)} more`] : []),
  ].join('\n');
}

/** One line for a new finding; repeats only where the cursor can go back to it. */
function live({ finding, isNew }: LiveFinding, context: OutputContext): string | undefined {
  if (!isNew) return undefined;
  return `${liveLine(finding, context)}\n`;
}

/** `14:02:12  connection-refused  127.0.0.1:5432  api.log:12  message  ×3`, as wide as the terminal at most. */
export function liveLine(finding: Finding, context: OutputContext): string {
  const style = styleFor(Math.max(context.columns, MIN_COLUMNS), context.hasColour);
  const [evidence] = finding.evidence;
  const time = finding.firstSeen === undefined ? '        ' : new Date(finding.firstSeen).toISOString().slice(11, 19);
  const times = finding.count > 1 ? ` ×${countText(finding.count)}` : '';
  const about = finding.subject === '' ? '' : `  ${escapeLine(finding.subject)}`;
  const head = `${finding.severity.padEnd(8)}  ${finding.rule.condition}${about}${times}`;
  const rest = evidence === undefined ? '' : `  ${placeOf(evidence, (name) => name)}  ${proofText(evidence)}`;
  const room = style.columns - time.length - 3;
  const shownHead = clip(head, room);
  const shownRest = clip(rest, Math.max(room - stringWidth(shownHead), 0));
  return `${style.dim(time)}  ${style.impact(finding.severity, shownHead)}${room - stringWidth(shownHead) < 8 ? '' : style.dim(shownRest)}`;
}
