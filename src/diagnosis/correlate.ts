import type { CauseGraph } from './cause-graph.ts';
import { genericity } from './cause-graph.ts';
import { sameValue, type Trouble } from './incident.ts';

/** Why one trouble is taken for the consequence of another. */
export interface Link {
  readonly cause: Trouble;
  readonly effect: Trouble;
  /** 0 to 1. */
  readonly strength: number;
  readonly reasons: readonly string[];
}

/** Clocks of services differ by so much without an alarm; an effect may be stamped that long before its cause. */
const CLOCK_TOLERANCE_MS = 2_000;
/** A cause that was last seen longer ago than this explains nothing any more. */
const REACH_MS = 5 * 60_000;
/** Something generic right beside something specific is its consequence even when no `leadsTo` says so. */
const MOMENT_MS = 1_500;
const MOMENT_DISTANCE = 2;
const THRESHOLD = 0.5;
/** By steps along `leadsTo`: a direct one is enough in time, farther ones need something shared or the very moment. */
const DISTANCE_WEIGHTS = [0, 0.6, 0.42, 0.25] as const;

/** Captures that show two troubles to be about the same thing. */
const SHARED = [
  'peer',
  'host',
  'port',
  'database',
  'table',
  'queue',
  'topic',
  'container',
  'pod',
  'service',
  'file',
  'upstream',
];

/** For each trouble the one that explains it best, if any does. Never runs in circles. */
export function linkTroubles(troubles: readonly Trouble[], graph: CauseGraph): ReadonlyMap<Trouble, Link> {
  const links = troubles
    .flatMap((effect) => troubles.map((cause) => linkBetween(cause, effect, graph)))
    .filter((link) => link !== undefined)
    .sort((a, b) => b.strength - a.strength || a.cause.order - b.cause.order || a.effect.order - b.effect.order);
  const chosen = new Map<Trouble, Link>();
  for (const link of links) {
    if (chosen.has(link.effect) || leadsBack(link, chosen)) continue;
    chosen.set(link.effect, link);
  }
  return chosen;
}

function leadsBack(link: Link, chosen: ReadonlyMap<Trouble, Link>): boolean {
  for (let at: Trouble | undefined = link.cause; at !== undefined; at = chosen.get(at)?.cause) {
    if (at === link.effect) return true;
  }
  return false;
}

function linkBetween(cause: Trouble, effect: Trouble, graph: CauseGraph): Link | undefined {
  if (cause === effect) return undefined;
  const together = timesTogether(cause, effect);
  const distance = causalDistance(cause, effect, graph);
  const lead = leadMs(cause, effect);
  if (together === 0 && (distance === undefined || !isInReach(cause, effect, lead))) return undefined;
  const shared = sharedThings(cause, effect);
  const requests = sharedRequests(cause, effect);
  const scored = [
    together > 0 ? { weight: 0.9, reason: `the innermost cause of ${together} of ${effect.count} records` } : undefined,
    distance === undefined ? undefined : { weight: DISTANCE_WEIGHTS[distance] ?? 0.1, reason: '' },
    requests > 0 ? { weight: 0.5, reason: `seen in ${requests} of the same requests` } : undefined,
    shared.length > 0
      ? {
          weight: shared.some(({ isTelling }) => isTelling) ? 0.35 : 0.1,
          reason: `same ${shared.map(({ text }) => text).join(', ')}`,
        }
      : undefined,
    lead === undefined ? undefined : timeReason(lead),
  ].filter((part) => part !== undefined);
  const strength = 1 - scored.reduce((doubt, { weight }) => doubt * (1 - weight), 1);
  if (strength < THRESHOLD) return undefined;
  return { cause, effect, strength, reasons: scored.map(({ reason }) => reason).filter((reason) => reason !== '') };
}

/** How often the effect stood in a record whose innermost cause was the other. */
function timesTogether(cause: Trouble, effect: Trouble): number {
  let times = 0;
  for (const { causedBy } of effect.findings) {
    for (const finding of cause.findings) times += causedBy.get(finding) ?? 0;
  }
  return times;
}

/** Steps along `leadsTo`; one for something generic in the very moment of something specific. */
function causalDistance(cause: Trouble, effect: Trouble, graph: CauseGraph): number | undefined {
  const distance = graph.distance(cause.condition, effect.condition);
  if (distance === 0) return undefined;
  const isExplained = genericity(effect.condition) > genericity(cause.condition);
  const lead = leadMs(cause, effect);
  const isMoment = isExplained && lead !== undefined && Math.abs(lead) <= MOMENT_MS;
  if (isMoment) return Math.min(distance ?? MOMENT_DISTANCE, MOMENT_DISTANCE);
  if (distance === undefined) return undefined;
  const backward = graph.distance(effect.condition, cause.condition);
  return backward !== undefined && backward < distance && !isExplained ? undefined : distance;
}

/**
 * How long before the effect began the cause had been there: since the begin of its last episode before that, or, clocks
 * being what they are, of one that began right after it. undefined without times.
 */
function leadMs(cause: Trouble, effect: Trouble): number | undefined {
  const begin = effect.firstSeen;
  if (begin === undefined) return undefined;
  const leads = cause.findings
    .flatMap(({ episodes }) => episodes)
    .map(({ first }) => begin - first)
    .filter((lead) => lead >= -CLOCK_TOLERANCE_MS);
  const before = leads.filter((lead) => lead >= 0);
  if (before.length > 0) return Math.min(...before);
  return leads.length === 0 ? undefined : Math.max(...leads);
}

/** Whether the cause was there when the effect began. Logs without times only have their order, and that decides nothing. */
function isInReach(cause: Trouble, effect: Trouble, lead: number | undefined): boolean {
  const begin = effect.firstSeen;
  if (begin === undefined || cause.firstSeen === undefined) return true;
  if (lead === undefined) return false;
  return cause.findings.some(({ episodes }) =>
    episodes.some(({ first, last }) => first <= begin + CLOCK_TOLERANCE_MS && begin - last <= REACH_MS),
  );
}

interface Shared {
  readonly text: string;
  /** Two failures of one service or host need not have to do with each other; two of one table have. */
  readonly isTelling: boolean;
}

const BROAD = new Set(['host', 'port', 'service']);

function sharedThings(cause: Trouble, effect: Trouble): readonly Shared[] {
  const names: Shared[] = [];
  for (const name of SHARED) {
    const [left, right] = [cause.captures[name], effect.captures[name]];
    if (left === undefined || right === undefined || !sameValue(left, right)) continue;
    if ((name === 'host' || name === 'port') && names.some(({ text }) => text.startsWith('peer'))) continue;
    names.push({ text: `${name} ${left}`, isTelling: !BROAD.has(name) });
  }
  return names;
}

function sharedRequests(cause: Trouble, effect: Trouble): number {
  const known = new Set(cause.findings.flatMap(({ traces }) => [...traces]));
  return effect.findings.flatMap(({ traces }) => [...traces]).filter((request) => known.has(request)).length;
}

function timeReason(lead: number): { weight: number; reason: string } {
  const weight = Math.abs(lead) <= 10_000 ? 0.25 : Math.abs(lead) <= 60_000 ? 0.15 : 0.05;
  if (lead < 0) return { weight: weight / 2, reason: `seen at the same time` };
  return { weight, reason: `first seen ${spanText(lead)} before` };
}

/** `0.4 s`, `12 s`, `3 min`, `2 h`. */
export function spanText(ms: number): string {
  if (ms < 10_000) return `${(ms / 1_000).toFixed(ms < 1_000 ? 2 : 1)} s`;
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}
