/**
 * Words and numbers for levels in every dialect → OpenTelemetry SeverityNumber.
 * @see https://opentelemetry.io/docs/specs/otel/logs/data-model-appendix/#appendix-b-severitynumber-example-mappings
 */
const WORDS: Readonly<Record<string, number>> = {
  trace: 1,
  trce: 1,
  verbose: 1,
  finest: 1,
  silly: 1,
  all: 1,
  vrb: 1,
  trc: 1,
  finer: 3,
  debug: 5,
  dbug: 5,
  dbg: 5,
  debu: 5,
  fine: 5,
  debug1: 5,
  debug2: 5,
  debug3: 5,
  debug4: 5,
  debug5: 5,
  config: 7,
  info: 9,
  information: 9,
  informational: 9,
  inf: 9,
  log: 9,
  statement: 9,
  http: 9,
  default: 9,
  notice: 10,
  note: 10,
  system: 10,
  success: 10,
  warn: 13,
  warning: 13,
  wrn: 13,
  warni: 13,
  advert: 9,
  error: 17,
  err: 17,
  erro: 17,
  eror: 17,
  severe: 17,
  fail: 17,
  failure: 17,
  critical: 18,
  crit: 18,
  dpanic: 18,
  fatal: 21,
  ftl: 21,
  alert: 19,
  panic: 21,
  emergency: 21,
  emerg: 21,
};

/** `ERROR`, `warn`, `Warning`, `E`, slog's `ERROR+2` → 1–24; undefined for words that are no level. */
export function severityOfWord(word: string): number | undefined {
  const lower = word.toLowerCase();
  if (Object.hasOwn(WORDS, lower)) return WORDS[lower];
  const shifted = /^(debug|info|warn|error)([+-]\d{1,2})$/.exec(lower);
  if (shifted === null) return undefined;
  const number = (WORDS[shifted[1] ?? ''] ?? 9) + Number(shifted[2]);
  return Math.min(Math.max(number, 1), 24);
}

/** True for the everyday words alone: those that are hardly ever the name of a host or container. */
export function isLevelWord(word: string): boolean {
  return /^(?:trace|debug|info|notice|warn|warning|error|critical|fatal|panic)$/i.test(word);
}

/** pino's and bunyan's numbers (10 trace … 60 fatal); levels between them belong to the lower one. */
export function severityOfPinoLevel(level: number): number | undefined {
  if (!Number.isFinite(level) || level < 0) return undefined;
  if (level >= 60) return 21;
  if (level >= 50) return 17;
  if (level >= 40) return 13;
  if (level >= 30) return 9;
  return level >= 20 ? 5 : 1;
}

/**
 * Syslog's 0 (emergency) … 7 (debug).
 * @see https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1
 */
export function severityOfSyslog(priority: number): number | undefined {
  return [21, 19, 18, 17, 13, 10, 9, 5][priority & 7];
}

/** HTTP status of an access log: 5xx is an error, 4xx a warning. */
export function severityOfStatus(status: number): number {
  if (status >= 500) return 17;
  return status >= 400 ? 13 : 9;
}
