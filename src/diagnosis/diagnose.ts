import {
  compareImpact,
  worstImpact,
  type Captures,
  type Condition,
  type Diagnosis,
  type Knowledge,
  type RecoveryStep,
  type Rule,
  type Symptom,
} from '../model/index.ts';
import { fillCommand, fillTemplate } from '../rules/index.ts';
import { CauseGraph, genericity, isEnding } from './cause-graph.ts';
import { linkTroubles, type Link } from './correlate.ts';
import { fitCommand } from './fit-command.ts';
import { fingerprintOf, placesOf, toFinding, type GrowingFinding } from './finding-store.ts';
import { groupFindings, SUBJECT_CAPTURES, type Trouble } from './incident.ts';

/** Root causes with their symptoms beneath them, the worst incident first. */
export function diagnose(findings: readonly GrowingFinding[], knowledge: Knowledge): readonly Diagnosis[] {
  const graph = new CauseGraph(knowledge.conditions);
  const troubles = groupFindings(findings);
  const links = linkTroubles(troubles, graph);
  return troubles
    .filter((trouble) => !links.has(trouble))
    .map((root) => ({ root, effects: effectsOf(root, troubles, links) }))
    .sort(byWeight)
    .map(({ root, effects }) => toDiagnosis(root, effects, knowledge));
}

interface Effect {
  readonly trouble: Trouble;
  readonly link: Link;
}

interface Incident {
  readonly root: Trouble;
  readonly effects: readonly Effect[];
}

/** Everything that the root explains, directly or through others, in the order in which it began. */
function effectsOf(root: Trouble, troubles: readonly Trouble[], links: ReadonlyMap<Trouble, Link>): readonly Effect[] {
  const isBelowRoot = (trouble: Trouble): boolean => {
    for (let at = links.get(trouble)?.cause; at !== undefined; at = links.get(at)?.cause) if (at === root) return true;
    return false;
  };
  return troubles
    .filter(isBelowRoot)
    .map((trouble) => ({ trouble, link: links.get(trouble) as Link }))
    .sort(({ trouble: a }, { trouble: b }) => byBeginning(a, b) || a.order - b.order);
}

/** Access logs know only the second, so within one the generic consequence comes after the specific one. */
function byBeginning(a: Trouble, b: Trouble): number {
  const second = ({ firstSeen }: Trouble): number => Math.floor((firstSeen ?? 0) / 1_000);
  return (
    second(a) - second(b) ||
    genericity(a.condition) - genericity(b.condition) ||
    (a.firstSeen ?? 0) - (b.firstSeen ?? 0)
  );
}

function byWeight(a: Incident, b: Incident): number {
  return (
    compareImpact(rankOf(b), rankOf(a)) ||
    genericity(a.root.condition) - genericity(b.root.condition) ||
    b.effects.length - a.effects.length ||
    reach(b) - reach(a) ||
    (a.root.firstSeen ?? 0) - (b.root.firstSeen ?? 0) ||
    a.root.order - b.root.order
  );
}

/** The worst severity of the incident; that something ended weighs no more than an error that says why. */
function rankOf({ root, effects }: Incident): Trouble['severity'] {
  const worst = worstImpact([root.severity, ...effects.map(({ trouble }) => trouble.severity)]) ?? root.severity;
  return worst === 'critical' && isEnding(root.condition) ? 'error' : worst;
}

function reach({ root, effects }: Incident): number {
  return effects.reduce((sum, { trouble }) => sum + trouble.count, root.count);
}

function toDiagnosis(root: Trouble, effects: readonly Effect[], { conditions }: Knowledge): Diagnosis {
  const condition = conditions.get(root.condition);
  const rule = root.findings[0]?.rule;
  if (condition === undefined || rule === undefined) throw new TypeError(`no condition ${root.condition}`);
  const { captures, count, firstSeen, lastSeen, severity } = root;
  const fingerprint = fingerprintOf([
    condition.id,
    ...root.findings
      .map(({ subject }) => subject)
      .sort()
      .slice(0, 1),
  ]);
  const { confidence, reasons } = certainty(root, effects, conditions);
  return {
    id: `${condition.id}-${fingerprint.slice(0, 8)}`,
    condition: condition.id,
    domain: condition.domain,
    conditionTitle: fillTemplate(condition.title, captures),
    title: titleOf(condition, rule, captures),
    severity,
    confidence,
    reasons,
    count,
    ...span(firstSeen, lastSeen),
    rootCause: fillTemplate(rule.rootCause ?? condition.rootCause, captures),
    solution: fillTemplate(rule.solution ?? condition.solution, captures),
    recovery: recoveryOf(root, condition, captures),
    checklist: [...new Set([...root.findings.flatMap((finding) => finding.rule.checklist), ...condition.checklist])],
    references: [...new Set([...root.findings.flatMap((finding) => finding.rule.references), ...condition.references])],
    fingerprint,
    captures,
    where: placesOf(root.findings),
    findings: root.findings.map(toFinding),
    symptoms: symptomsOf(effects, conditions),
  };
}

function span(firstSeen: number | undefined, lastSeen: number | undefined): { firstSeen?: number; lastSeen?: number } {
  return {
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(lastSeen === undefined ? {} : { lastSeen }),
  };
}

/** The condition's name, and what the rule says of this case. */
function titleOf(condition: Condition, rule: Rule, captures: Captures): string {
  const special = fillTemplate(rule.title, captures);
  const general = fillTemplate(condition.title, captures);
  return special.toLowerCase().startsWith(general.toLowerCase()) ? special : `${general}: ${special}`;
}

function recoveryOf(root: Trouble, condition: Condition, captures: Captures): readonly RecoveryStep[] {
  const technologies = root.findings.map(({ rule }) => rule.technology);
  const fill = (steps: readonly RecoveryStep[], known: Captures): readonly RecoveryStep[] =>
    steps.map((step) => fillStep(fitCommand(step, technologies), known));
  const own = root.findings.flatMap((finding) => fill(finding.rule.recovery, withSubject(finding.captures, captures)));
  const steps = [...own, ...fill(condition.recovery, captures)];
  const seen = new Set<string>();
  return steps.filter(({ step, run = '' }) => {
    const key = `${step}\u0000${run}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

/**
 * What a rule's own steps speak of: what that rule captured, and of the others' captures only what names the subject that
 * all of them have in common. A process id or a limit that another technology named would be somebody else's.
 */
function withSubject(own: Captures, all: Captures): Captures {
  const shared = Object.entries(all).filter(([name]) => SUBJECT_CAPTURES.includes(name));
  return { ...Object.fromEntries(shared), ...own };
}

export function fillStep(step: RecoveryStep, captures: Captures): RecoveryStep {
  return {
    ...step,
    step: fillTemplate(step.step, captures),
    ...(step.run === undefined ? {} : { run: fillCommand(step.run, captures) }),
    ...(step.verify === undefined ? {} : { verify: fillTemplate(step.verify, captures) }),
  };
}

/** Effects of one condition are one symptom. */
function symptomsOf(effects: readonly Effect[], conditions: ReadonlyMap<string, Condition>): readonly Symptom[] {
  const groups = new Map<string, Effect[]>();
  for (const effect of effects) {
    const group = groups.get(effect.trouble.condition);
    if (group === undefined) groups.set(effect.trouble.condition, [effect]);
    else group.push(effect);
  }
  return [...groups].map(([condition, members]) => toSymptom(condition, members, conditions));
}

function toSymptom(id: string, members: readonly Effect[], conditions: ReadonlyMap<string, Condition>): Symptom {
  const troubles = members.map(({ trouble }) => trouble);
  const times = (pick: (trouble: Trouble) => number | undefined): number[] =>
    troubles.map(pick).filter((time) => time !== undefined);
  const firsts = times(({ firstSeen }) => firstSeen);
  const lasts = times(({ lastSeen }) => lastSeen);
  return {
    condition: id,
    title: fillTemplate(conditions.get(id)?.title ?? id, troubles[0]?.captures ?? {}),
    severity: worstImpact(troubles.map(({ severity }) => severity)) ?? 'info',
    count: troubles.reduce((sum, { count }) => sum + count, 0),
    ...span(firsts.length === 0 ? undefined : Math.min(...firsts), lasts.length === 0 ? undefined : Math.max(...lasts)),
    reasons: [...new Set(members.flatMap(({ link }) => link.reasons))],
    findings: troubles.flatMap(({ findings }) => findings.map(toFinding)),
  };
}

/** How much earlier than its cause an effect may be stamped, since access logs know only the second. */
const STAMP_TOLERANCE_MS = 1_000;

/** How sure it is that this is a root cause: what explains others, came first and is specific is surer. */
function certainty(
  root: Trouble,
  effects: readonly Effect[],
  conditions: ReadonlyMap<string, Condition>,
): { confidence: number; reasons: readonly string[] } {
  const isGeneric = genericity(root.condition) > 0;
  const direct = effects.map(({ link }) => link).filter(({ cause }) => cause === root);
  const strongest = direct.sort((a, b) => b.strength - a.strength)[0];
  const isFirst = effects.every(
    ({ trouble }) => (trouble.firstSeen ?? 0) >= (root.firstSeen ?? 0) - STAMP_TOLERANCE_MS,
  );
  const reasons: string[] = [];
  let doubt = isGeneric ? 0.65 : 0.25;
  if (isGeneric) reasons.push('nothing more specific in this log explains it');
  if (effects.length > 0 && isFirst && root.firstSeen !== undefined) reasons.push('first of all');
  if (strongest !== undefined) {
    doubt *= (1 - strongest.strength / 2) * (isFirst ? 0.8 : 1);
    const title = conditions.get(strongest.effect.condition)?.title ?? strongest.effect.condition;
    reasons.push(
      `"${fillTemplate(title, strongest.effect.captures)}" follows from it: ${strongest.reasons.join(', ')}`,
    );
  }
  if (root.count > 1) doubt *= 0.9;
  if (Object.keys(root.captures).length > 0) doubt *= 0.9;
  return { confidence: Math.round((1 - doubt) * 100) / 100, reasons };
}
