import type { Diagnosis, Evidence, Finding, RecoveryStep } from '../model/index.ts';
import { escapeLine } from './escape-terminal.ts';
import { clipStart, countText, pad, plural, stringWidth, wrap, wrapUpTo, type Style } from './layout.ts';
import { placeOf, proofText, type View } from './view.ts';

const MARGIN = 5;
const LABEL_WIDTH = 10;
const INDENT = MARGIN + LABEL_WIDTH;
/** Below what stands left of it at least when a command needs the room. */
const MIN_INDENT = 2;
const PROOFS = 4;
const PROOF_LINES = 4;
/** Proofs stand in a column of their own where that leaves them so much room. */
const MIN_PROOF_WIDTH = 70;
const STEPS = 6;
const CHECKS = 6;
const PLACES = 6;
const CODE_LINES = 16;

/** Words, which are wrapped; the first characters of them stand left of the rest. */
interface Words {
  readonly words: string;
  readonly hanging?: number;
}

/** Lines to copy, which are never broken. */
interface Copy {
  readonly copy: readonly string[];
  readonly indent: number;
}

/** What stands behind a label. */
type Part = Words | Copy;

/** What broke, since when, the proof, what followed, why, and what to do now. */
export function diagnosisBlock(diagnosis: Diagnosis, rank: number, view: View): string {
  const { style } = view;
  return [
    titleLines(diagnosis, rank, style),
    labelled('when', [{ words: whenText(diagnosis, view) }], style),
    labelled('proof', proofParts(diagnosis, view), style),
    labelled('followed', followedParts(diagnosis, view), style),
    labelled('because', becauseParts(diagnosis), style),
    labelled('cause', [{ words: escapeLine(diagnosis.rootCause) }], style),
    labelled('solution', [{ words: escapeLine(diagnosis.solution) }], style),
    labelled('do now', recoveryParts(diagnosis, style), style),
    labelled('check', checkParts(diagnosis, style), style),
    labelled('more', moreParts(diagnosis, style), style),
  ]
    .flat()
    .join('\n');
}

function titleLines({ title, confidence, severity }: Diagnosis, rank: number, style: Style): readonly string[] {
  const sure = `confidence ${confidence.toFixed(2)}`;
  const number = `${String(rank).padStart(3)}  `;
  const shown = escapeLine(title);
  const gap = style.proseColumns - 1 - number.length - stringWidth(shown) - sure.length;
  if (gap >= 2) return [`${number}${style.impact(severity, shown)}${' '.repeat(gap)}${style.dim(sure)}`];
  const lines = wrap(shown, style.proseColumns - number.length - 1).split('\n');
  return [
    ...lines.map((line, index) => (index === 0 ? number : ' '.repeat(MARGIN)) + style.impact(severity, line)),
    ' '.repeat(MARGIN) + style.dim(sure),
  ];
}

/** A label, and its parts behind it, one below the other. */
function labelled(label: string, parts: readonly Part[], style: Style): readonly string[] {
  return parts.flatMap((part, index) => {
    const head = ' '.repeat(MARGIN) + (index === 0 ? style.dim(pad(label, LABEL_WIDTH)) : ' '.repeat(LABEL_WIDTH));
    return 'copy' in part ? copyLines(part, head, style) : [head + wrapped(part, style)];
  });
}

function wrapped({ words, hanging = 0 }: Words, { proseColumns }: Style): string {
  const room = proseColumns - INDENT - 1 - hanging;
  return words.slice(0, hanging) + wrap(words.slice(hanging), room, ' '.repeat(INDENT + hanging));
}

/** Lines to copy stand further left, all of them, rather than being broken; too long ones are left to the terminal. */
function copyLines({ copy, indent }: Copy, head: string, { columns }: Style): readonly string[] {
  const width = Math.max(...copy.map((line) => stringWidth(line)));
  if (INDENT + indent + width <= columns) {
    return copy.map((line, row) => (row === 0 ? head : ' '.repeat(INDENT)) + ' '.repeat(indent) + line);
  }
  const label = head.trim() === '' ? [] : [head.trimEnd()];
  return [...label, ...copy.map((line) => ' '.repeat(Math.max(columns - width, MIN_INDENT)) + line)];
}

function whenText({ count, firstSeen, lastSeen, where }: Diagnosis, { clock, nameOf }: View): string {
  const times = count === 1 ? 'once' : `${countText(count)} times`;
  const places = where.slice(0, PLACES).map((name) => escapeLine(nameOf(name)));
  const others = where.length > PLACES ? [`${countText(where.length - PLACES)} more`] : [];
  const [first, last] = [clock(firstSeen), clock(lastSeen)];
  const span = firstSeen === undefined ? '' : first === last ? ` at ${first}` : `, ${first} to ${last}`;
  return `${times}${span}, reported by ${[...places, ...others].join(', ')}`;
}

function proofParts({ findings, count, symptoms }: Diagnosis, { style, nameOf }: View): readonly Part[] {
  const proofs = pickProofs(findings);
  const places = proofs.map((proof) => placeOf(proof, nameOf));
  const width = style.columns - INDENT - 1;
  const column = Math.max(0, ...places.map((place) => stringWidth(place))) + 2;
  const isAligned = width - column >= MIN_PROOF_WIDTH;
  const hanging = isAligned ? column : 2;
  const lines = proofs.map((proof, index) => {
    const place = isAligned ? pad(places[index] ?? '', column) : `${clipStart(places[index] ?? '', width - 2)}  `;
    const text = wrapUpTo(place + proofText(proof), width, PROOF_LINES, hanging);
    return text.map((line, row) => (row === 0 ? style.accent(place) + line.slice(place.length) : line));
  });
  const rest = restText(
    count - proofs.length,
    symptoms.reduce((sum, symptom) => sum + symptom.count, 0),
  );
  return [{ copy: lines.flat(), indent: 0 }, ...(rest === '' ? [] : [{ words: style.dim(rest) }])];
}

function restText(more: number, consequences: number): string {
  const rest = [
    ...(more > 0 ? [`${countText(more)} more like these`] : []),
    ...(consequences > 0 ? [`${plural(consequences, 'record')} of what followed`] : []),
  ];
  return rest.length === 0 ? '' : `and ${rest.join(', ')}`;
}

/** The first proof of each finding, then further ones that say something else, as many as fit. */
function pickProofs(findings: readonly Finding[]): readonly Evidence[] {
  const firsts = findings.flatMap(({ evidence }) => evidence.slice(0, 1));
  const others = findings.flatMap(({ evidence }) => evidence.slice(1));
  const byText = new Map<string, Evidence>();
  for (const proof of [...firsts, ...others]) {
    const text = proofText(proof);
    if (!byText.has(text)) byText.set(text, proof);
  }
  return [...byText.values()].slice(0, PROOFS);
}

function followedParts({ symptoms }: Diagnosis, { clock }: View): readonly Part[] {
  if (symptoms.length === 0) return [];
  const chain = symptoms.map(({ title, count, firstSeen }) => {
    const since = firstSeen === undefined ? '' : `${clock(firstSeen)} `;
    return `${since}${escapeLine(title)} ×${countText(count)}`;
  });
  return [{ words: chain.join(' → ') }];
}

function becauseParts({ reasons }: Diagnosis): readonly Part[] {
  return reasons.length === 0 ? [] : [{ words: escapeLine(reasons.join('; ')) }];
}

function recoveryParts({ recovery, condition }: Diagnosis, style: Style): readonly Part[] {
  const steps = recovery.slice(0, STEPS).flatMap((step, index) => stepParts(step, index + 1, style));
  return [...steps, ...hiddenPart(recovery.length - STEPS, 'further step', condition, style)];
}

function stepParts({ step, risk, run, verify, code }: RecoveryStep, number: number, style: Style): readonly Part[] {
  const lead = `${number}  `;
  const words = `${lead}${escapeLine(step)}${risk === undefined ? '' : `  ${style.risk(risk)}`}`;
  return [
    { words, hanging: lead.length },
    ...copyPart(
      commandLines(run ?? '').map((line) => style.bold(line)),
      lead.length,
    ),
    ...copyPart(codeLines(code?.text ?? ''), lead.length),
    ...(verify === undefined
      ? []
      : [{ words: `   ${style.dim(`then: ${escapeLine(verify)}`)}`, hanging: lead.length }]),
  ];
}

function copyPart(copy: readonly string[], indent: number): readonly Part[] {
  return copy.length === 0 ? [] : [{ copy, indent }];
}

/** A prompt before each command; lines that go on are indented and have none. */
function commandLines(run: string): readonly string[] {
  return textLines(run).map((line) => `${/^\s/.test(line) ? ' ' : '$'} ${escapeLine(line)}`);
}

function codeLines(code: string): readonly string[] {
  const lines = textLines(code).map((line) => `  ${escapeLine(line)}`);
  return lines.length <= CODE_LINES ? lines : [...lines.slice(0, CODE_LINES), '  …'];
}

function textLines(text: string): readonly string[] {
  return text === '' ? [] : text.trimEnd().split('\n');
}

function checkParts({ checklist, condition }: Diagnosis, style: Style): readonly Part[] {
  const items = checklist.slice(0, CHECKS).map((item) => ({ words: `□ ${escapeLine(item)}`, hanging: 2 }));
  return [...items, ...hiddenPart(checklist.length - CHECKS, 'further check', condition, style)];
}

function hiddenPart(count: number, what: string, condition: string, style: Style): readonly Part[] {
  if (count <= 0) return [];
  return [{ words: style.dim(`and ${plural(count, what)}: backend-doctor explain ${condition}`) }];
}

function moreParts({ condition, references }: Diagnosis, style: Style): readonly Part[] {
  const addresses = references.slice(0, 2).map((address) => style.dim(escapeLine(address)));
  return [style.accent(`backend-doctor explain ${condition}`), ...addresses].map((line) => ({
    copy: [line],
    indent: 0,
  }));
}
