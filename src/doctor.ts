import {
  diagnose,
  FindingStore,
  judgeRecord,
  ThresholdGate,
  toFinding,
  UnexplainedStore,
  type GrowingFinding,
} from './diagnosis/index.ts';
import type { Engine } from './engine.ts';
import { FORMATS, fixedClock, zonedClock, type Clock, type LogFormat } from './formats/index.ts';
import { Intake } from './intake.ts';
import {
  compareImpact,
  SEVERITY_NUMBER,
  worstImpact,
  type Condition,
  type Diagnosis,
  type Finding,
  type Impact,
  type LevelName,
  type LogRecord,
  type Match,
  type Problem,
  type Report,
} from './model/index.ts';
import { VERSION } from './version.ts';

/** A finding that is new, or whose count has grown. */
export interface FindingEvent {
  readonly finding: Finding;
  /** True for the first match of the finding. */
  readonly isNew: boolean;
  /** True while the record is not whole yet and the count may be taken back: live input that pauses. */
  readonly isPreview: boolean;
}

export interface DoctorOptions {
  /** Zone of stamps that name none, as IANA name or offset; UTC by default. */
  readonly timezone?: string;
  /** Id of the only format to read with; all are tried by default. */
  readonly logFormat?: string;
  /** Records before this instant (ms since the epoch) are left out; those without a time are kept. */
  readonly since?: number;
  readonly until?: number;
  /** Records whose severity is known to be below this are left out. */
  readonly minSeverity?: LevelName;
  /** Bytes of a line that are read; 1 MiB by default, 512 KiB at least. */
  readonly maxLineBytes?: number;
  readonly onFinding?: (event: FindingEvent) => void;
  /** Takes all matches of each record that has any, before it is judged which of them is the cause. */
  readonly onMatches?: (matches: readonly Match[]) => void;
  /** Milliseconds since the epoch; for `startedAt` and stamps without a year. */
  readonly now?: () => number;
}

const MAX_LINE_BYTES = 1024 * 1024;

/**
 * The pipeline: bytes → candidate lines → records → matches → findings → diagnoses. Feed it bytes of named sources, end
 * them, and ask for the report. Everything is synchronous.
 */
export class Doctor {
  readonly #engine: Engine;
  readonly #options: DoctorOptions;
  readonly #findings: FindingStore;
  readonly #unexplained = new UnexplainedStore();
  readonly #thresholds = new ThresholdGate();
  /** The intake of each source that has not ended; a source that comes again (after a rotation) begins anew. */
  readonly #open = new Map<string, Intake>();
  readonly #intakes: Intake[] = [];
  readonly #formats: readonly LogFormat[];
  readonly #problems: Problem[] = [];
  readonly #startedAt: number;
  #matchedRecords = 0;
  #order = 0;

  /** @throws {RangeError} when the time zone is not known. */
  constructor(engine: Engine, options: DoctorOptions = {}) {
    this.#engine = engine;
    this.#options = options;
    this.#findings = this.#newFindings();
    const { logFormat } = options;
    this.#formats = logFormat === undefined ? FORMATS : FORMATS.filter(({ id }) => id === logFormat);
    this.#startedAt = this.#now();
    void this.#clockFor(this.#startedAt);
  }

  /** Takes the next bytes of a source; `modifiedAt` (ms) places stamps without a year. */
  feed(source: string, bytes: Uint8Array, modifiedAt?: number): void {
    this.#intakeOf(source, modifiedAt).feed(bytes);
  }

  /** The source has no more bytes. A source that was never fed counts as empty. */
  end(source: string, modifiedAt?: number): void {
    const intake = this.#intakeOf(source, modifiedAt);
    this.#open.delete(source);
    intake.end();
  }

  /** Shows what the lines so far say, although their records may go on: for live input that pauses. */
  flush(): void {
    for (const intake of this.#open.values()) intake.preview((record, literals) => this.#preview(record, literals));
  }

  /** Adds what went wrong with the input. */
  addProblem(problem: Problem): void {
    this.#problems.push(problem);
  }

  /** Everything found so far, up to the last byte; sources that have not been ended may go on after it. */
  report(): Report {
    for (const intake of this.#open.values()) intake.end();
    const { findings } = this.#findings;
    const diagnoses = diagnose(findings, this.#engine.knowledge);
    const sources = this.#intakes.map((intake) => intake.summary());
    const worstSeverity = worstOf(diagnoses);
    return {
      tool: { name: 'backend-doctor', version: VERSION },
      run: { startedAt: this.#startedAt, durationMs: this.#now() - this.#startedAt, sources },
      summary: {
        lines: sources.reduce((sum, { lines }) => sum + lines, 0),
        bytes: sources.reduce((sum, { bytes }) => sum + bytes, 0),
        matchedRecords: this.#matchedRecords,
        diagnoses: diagnoses.length,
        unexplained: this.#unexplained.records,
        ...(worstSeverity === undefined ? {} : { worstSeverity }),
        ...spanOf(findings),
      },
      diagnoses,
      unexplained: this.#unexplained.ranked(),
      problems: [...this.#problems, ...this.#intakes.flatMap((intake) => intake.problems()), ...this.#dropped()],
    };
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  #clockFor(reference: number): Clock {
    const { timezone } = this.#options;
    return timezone === undefined ? fixedClock(reference) : zonedClock(reference, timezone);
  }

  #newFindings(): FindingStore {
    const { conditions } = this.#engine.knowledge;
    return new FindingStore((match) => impactOf(match, conditions.get(match.rule.condition)));
  }

  #intakeOf(name: string, modifiedAt: number | undefined): Intake {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const options = {
      scanner: this.#engine.scanner,
      formats: this.#formats,
      clock: this.#clockFor(modifiedAt ?? this.#startedAt),
      maxLineBytes: this.#options.maxLineBytes ?? MAX_LINE_BYTES,
    };
    const intake: Intake = new Intake(name, options, (record, literals) => this.#examine(intake, record, literals));
    this.#open.set(name, intake);
    this.#intakes.push(intake);
    return intake;
  }

  #isWanted(record: LogRecord): boolean {
    const { since, until, minSeverity } = this.#options;
    const { timestamp, severityNumber } = record;
    if (timestamp !== undefined && since !== undefined && timestamp < since) return false;
    if (timestamp !== undefined && until !== undefined && timestamp > until) return false;
    return minSeverity === undefined || severityNumber === undefined || severityNumber >= SEVERITY_NUMBER[minSeverity];
  }

  #examine(intake: Intake, record: LogRecord, literals: ReadonlySet<number>): void {
    if (!this.#isWanted(record)) return;
    const all = this.#engine.ruleSet.match(record, literals);
    if (all.length === 0) return this.#leaveUnexplained(intake, record);
    this.#options.onMatches?.(all);
    const counted = all.flatMap((match) => this.#thresholds.take(match));
    for (const match of counted) if (match.record !== record) this.#countRecord(intake, [match]);
    this.#countRecord(
      intake,
      counted.filter((match) => match.record === record),
    );
  }

  /** Counts the matches of one record: its cause, and what followed from it. */
  #countRecord(intake: Intake, matches: readonly Match[]): void {
    const verdict = judgeRecord(matches, this.#engine.graph);
    if (verdict === undefined) return;
    this.#matchedRecords++;
    intake.noteFormat(verdict.cause.record);
    const cause = this.#count(verdict.cause);
    for (const consequence of verdict.consequences) {
      const finding = this.#count(consequence);
      finding.causedBy.set(cause, (finding.causedBy.get(cause) ?? 0) + 1);
    }
  }

  #leaveUnexplained(intake: Intake, record: LogRecord): void {
    if ((record.severityNumber ?? 0) < SEVERITY_NUMBER.error) return;
    intake.noteFormat(record);
    this.#unexplained.add(record);
  }

  #count(match: Match): GrowingFinding {
    const finding = this.#findings.add(match, this.#order++);
    this.#options.onFinding?.({ finding: toFinding(finding), isNew: finding.count === 1, isPreview: false });
    return finding;
  }

  #preview(record: LogRecord, literals: ReadonlySet<number>): void {
    const { onFinding } = this.#options;
    if (onFinding === undefined || !this.#isWanted(record)) return;
    const matches = this.#engine.ruleSet.match(record, literals).filter(({ rule }) => rule.threshold === undefined);
    const verdict = judgeRecord(matches, this.#engine.graph);
    if (verdict === undefined) return;
    for (const match of [verdict.cause, ...verdict.consequences]) {
      const known = this.#findings.peek(match);
      const finding = toFinding(this.#newFindings().add(match, this.#order));
      onFinding({
        finding: { ...finding, count: (known?.count ?? 0) + 1 },
        isNew: known === undefined,
        isPreview: true,
      });
    }
  }

  #dropped(): readonly Problem[] {
    const dropped = this.#findings.droppedSubjects + this.#thresholds.droppedKeys;
    const { droppedTemplates } = this.#unexplained;
    const messages = [
      ...(dropped === 0 ? [] : [`${dropped} matches were counted without telling their subjects apart`]),
      ...(droppedTemplates === 0
        ? []
        : [`${droppedTemplates} unexplained errors were counted without telling their wordings apart`]),
    ];
    return messages.map((message) => ({ code: 'subjects-dropped', message }));
  }
}

/**
 * How bad a match is: what the rule or its condition says, but no more than a warning when the program itself took it for
 * less than one.
 */
function impactOf({ rule, record }: Match, condition: Condition | undefined): Impact {
  const impact = rule.severity ?? condition?.severity ?? 'error';
  const { severityNumber = SEVERITY_NUMBER.warning } = record;
  const isPlayedDown = rule.minSeverity === undefined && severityNumber < SEVERITY_NUMBER.warning;
  return isPlayedDown && compareImpact(impact, 'warning') > 0 ? 'warning' : impact;
}

function worstOf(diagnoses: readonly Diagnosis[]): Impact | undefined {
  return worstImpact(
    diagnoses.flatMap(({ severity, symptoms }) => [severity, ...symptoms.map((symptom) => symptom.severity)]),
  );
}

function spanOf(findings: readonly GrowingFinding[]): { firstSeen?: number; lastSeen?: number } {
  const firsts = findings.map(({ firstSeen }) => firstSeen).filter((time) => time !== undefined);
  const lasts = findings.map(({ lastSeen }) => lastSeen).filter((time) => time !== undefined);
  return {
    ...(firsts.length === 0 ? {} : { firstSeen: firsts.reduce((a, b) => Math.min(a, b)) }),
    ...(lasts.length === 0 ? {} : { lastSeen: lasts.reduce((a, b) => Math.max(a, b)) }),
  };
}
