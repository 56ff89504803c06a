import { createHash } from 'node:crypto';
import {
  compareImpact,
  type Captures,
  type Evidence,
  type Finding,
  type Impact,
  type LogRecord,
  type Match,
  type Rule,
} from '../model/index.ts';
import { subjectOf } from './subject.ts';

const MAX_SUBJECTS_PER_RULE = 200;
const FIRST_EVIDENCE = 3;
const MAX_EVIDENCE_TEXT = 4_096;
const MAX_MESSAGE = 1_000;
const MAX_PLACES = 16;
const MAX_TRACES = 64;
/** Subject of the matches that are counted together, since there are too many subjects to keep apart. */
export const OTHER_SUBJECTS = 'other subjects';

/** A span of time in which a finding was seen without a long gap. */
export interface Episode {
  first: number;
  last: number;
}

/** A finding that still grows. */
export interface GrowingFinding {
  readonly id: string;
  readonly rule: Rule;
  severity: Impact;
  readonly subject: string;
  captures: Captures;
  count: number;
  firstSeen: number | undefined;
  lastSeen: number | undefined;
  /** When it was seen, as spans without long gaps, in the order in which they were found. */
  readonly episodes: Episode[];
  readonly order: number;
  readonly evidence: Evidence[];
  latest: Evidence | undefined;
  readonly places: Map<string, number>;
  /** Traces and requests in which it stood, a bounded sample. */
  readonly traces: Set<string>;
  /** For each other finding in whose records this one stood as the consequence: how often. */
  readonly causedBy: Map<GrowingFinding, number>;
}

/** Groups matches into findings: one a rule and subject. Memory is bounded by subjects, not by matches. */
export class FindingStore {
  readonly #findings = new Map<string, GrowingFinding>();
  readonly #subjects = new Map<string, number>();
  readonly #impactOf: (match: Match) => Impact;
  droppedSubjects = 0;

  constructor(impactOf: (match: Match) => Impact) {
    this.#impactOf = impactOf;
  }

  /** Counts a match; gives its finding. */
  add(match: Match, order: number): GrowingFinding {
    const { rule, record, captures } = match;
    const impact = this.#impactOf(match);
    const finding = this.#findingFor(rule, captures, impact, order);
    if (compareImpact(impact, finding.severity) > 0) finding.severity = impact;
    finding.count++;
    if (finding.subject !== OTHER_SUBJECTS) finding.captures = { ...captures, ...finding.captures };
    extendTime(finding, record.timestamp);
    addEpisode(finding.episodes, record.timestamp);
    addEvidence(finding, evidenceOf(record, match.offset));
    addPlace(finding, record);
    addTrace(finding, record);
    return finding;
  }

  /** The finding that a match would be counted in; undefined when it is the first of it. */
  peek(match: Match): GrowingFinding | undefined {
    return this.#findings.get(keyOf(match.rule, subjectOf(match.rule, match.captures)));
  }

  get findings(): readonly GrowingFinding[] {
    return [...this.#findings.values()];
  }

  #findingFor(rule: Rule, captures: Captures, impact: Impact, order: number): GrowingFinding {
    const wanted = subjectOf(rule, captures);
    const known = this.#findings.get(keyOf(rule, wanted));
    if (known !== undefined) return known;
    const subjects = this.#subjects.get(rule.id) ?? 0;
    const isOver = subjects >= MAX_SUBJECTS_PER_RULE;
    if (isOver) this.droppedSubjects++;
    const subject = isOver ? OTHER_SUBJECTS : wanted;
    const key = keyOf(rule, subject);
    const other = this.#findings.get(key);
    if (other !== undefined) return other;
    this.#subjects.set(rule.id, subjects + 1);
    const finding = newFinding(rule, impact, subject, isOver ? {} : captures, order);
    this.#findings.set(key, finding);
    return finding;
  }
}

function keyOf(rule: Rule, subject: string): string {
  return `${rule.id}\u0000${subject}`;
}

function newFinding(rule: Rule, severity: Impact, subject: string, captures: Captures, order: number): GrowingFinding {
  return {
    id: fingerprintOf([rule.id, subject]),
    rule,
    severity,
    subject,
    captures,
    count: 0,
    firstSeen: undefined,
    lastSeen: undefined,
    episodes: [],
    order,
    evidence: [],
    latest: undefined,
    places: new Map(),
    traces: new Set(),
    causedBy: new Map(),
  };
}

/** Sixteen hexadecimal digits that are the same in every run. */
export function fingerprintOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 16);
}

export function extendTime(
  span: { firstSeen: number | undefined; lastSeen: number | undefined },
  timestamp: number | undefined,
): void {
  if (timestamp === undefined) return;
  if (span.firstSeen === undefined || timestamp < span.firstSeen) span.firstSeen = timestamp;
  if (span.lastSeen === undefined || timestamp > span.lastSeen) span.lastSeen = timestamp;
}

/** Two times that lie nearer than this belong to one episode. */
const EPISODE_GAP_MS = 5 * 60_000;
const MAX_EPISODES = 64;

function addEpisode(episodes: Episode[], timestamp: number | undefined): void {
  if (timestamp === undefined) return;
  const isNear = ({ first, last }: Episode): boolean =>
    timestamp >= first - EPISODE_GAP_MS && timestamp <= last + EPISODE_GAP_MS;
  const known = episodes.findLast(isNear) ?? (episodes.length < MAX_EPISODES ? undefined : episodes.at(-1));
  if (known === undefined) {
    episodes.push({ first: timestamp, last: timestamp });
    return;
  }
  known.first = Math.min(known.first, timestamp);
  known.last = Math.max(known.last, timestamp);
}

/** A record as proof; `offset` is where in its text a rule matched. */
export function evidenceOf(record: LogRecord, offset = 0): Evidence {
  const { location, timestamp, severityNumber, severityText, format, body, raw } = record;
  const message = lineAt(body, 0);
  const matched = offset < body.length ? lineAt(body, offset) : message;
  return {
    ...location,
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(severityNumber === undefined ? {} : { severityNumber }),
    ...(severityText === undefined ? {} : { severityText }),
    format,
    message,
    ...(matched === message ? {} : { matched }),
    text: raw.length > MAX_EVIDENCE_TEXT ? `${raw.slice(0, MAX_EVIDENCE_TEXT)}…` : raw,
  };
}

/** The line of a text that a position lies in, bounded. */
function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end).slice(0, MAX_MESSAGE);
}

function addEvidence(finding: GrowingFinding, evidence: Evidence): void {
  if (finding.evidence.length < FIRST_EVIDENCE) finding.evidence.push(evidence);
  else finding.latest = evidence;
}

function addPlace(finding: GrowingFinding, record: LogRecord): void {
  const place = placeOf(record);
  const count = finding.places.get(place);
  if (count !== undefined || finding.places.size < MAX_PLACES) finding.places.set(place, (count ?? 0) + 1);
}

/** Who reported it: the service, pod or container where the record says so, else its source. */
function placeOf(record: LogRecord): string {
  for (const name of ['service.name', 'k8s.pod.name', 'container.name']) {
    const value = record.attributes.get(name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return record.location.source;
}

function addTrace(finding: GrowingFinding, record: LogRecord): void {
  const request = record.traceId ?? record.attributes.get('request.id');
  if (request !== undefined && finding.traces.size < MAX_TRACES) finding.traces.add(String(request));
}

/** The finding as it stands, immutable. */
export function toFinding(growing: GrowingFinding): Finding {
  const { id, rule, severity, subject, captures, count, firstSeen, lastSeen, order, evidence, latest } = growing;
  return {
    id,
    rule,
    severity,
    subject,
    captures,
    count,
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(lastSeen === undefined ? {} : { lastSeen }),
    order,
    evidence: latest === undefined ? [...evidence] : [...evidence, latest],
    where: placesOf([growing]),
  };
}

/** Places of several findings, the most frequent first. */
export function placesOf(findings: readonly GrowingFinding[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { places } of findings)
    for (const [place, count] of places) counts.set(place, (counts.get(place) ?? 0) + count);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([place]) => place);
}
