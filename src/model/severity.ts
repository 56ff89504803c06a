/**
 * Severity of log records, as in the OpenTelemetry logs data model: 1–4 TRACE, 5–8 DEBUG, 9–12 INFO, 13–16 WARN,
 * 17–20 ERROR, 21–24 FATAL.
 * @see https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
 */
export const SEVERITY_NUMBER = {
  trace: 1,
  debug: 5,
  info: 9,
  warning: 13,
  error: 17,
  fatal: 21,
} as const;

/** A level of a record, by name: the lowest SeverityNumber of its range. */
export type LevelName = keyof typeof SEVERITY_NUMBER;

export const LEVEL_NAMES = Object.keys(SEVERITY_NUMBER) as readonly LevelName[];

/** The range that a SeverityNumber (1–24) lies in. */
export function levelName(severityNumber: number): LevelName {
  const index = Math.min(Math.max(Math.floor((severityNumber - 1) / 4), 0), LEVEL_NAMES.length - 1);
  return LEVEL_NAMES[index] ?? 'info';
}

/** How bad a finding, a diagnosis or a condition is, from least to worst. */
export const IMPACTS = ['info', 'warning', 'error', 'critical'] as const;
export type Impact = (typeof IMPACTS)[number];

/** Negative when `a` is less bad than `b`, 0 when equal. */
export function compareImpact(a: Impact, b: Impact): number {
  return IMPACTS.indexOf(a) - IMPACTS.indexOf(b);
}

export function worstImpact(impacts: Iterable<Impact>): Impact | undefined {
  let worst: Impact | undefined;
  for (const impact of impacts) if (worst === undefined || compareImpact(impact, worst) > 0) worst = impact;
  return worst;
}
