import type { Attributes } from '../model/index.ts';
import type { ParsedLine } from './format.ts';

/**
 * PostgreSQL's severities.
 * @see https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-SEVERITY-LEVELS
 */
const SEVERITIES: Readonly<Record<string, number>> = {
  LOG: 9,
  INFO: 9,
  NOTICE: 9,
  WARNING: 13,
  ERROR: 17,
  FATAL: 18,
  PANIC: 21,
};

/** `ERROR`, `DEBUG1` … as PostgreSQL grades them; undefined for other words. */
export function severityOfPostgresql(word: string): number | undefined {
  if (/^DEBUG[1-5]?$/.test(word)) return 5;
  return Object.hasOwn(SEVERITIES, word) ? SEVERITIES[word] : undefined;
}

/** What a PostgreSQL server says in one report, whatever the log format. Empty texts count as absent. */
export interface PostgresqlReport {
  readonly timestamp?: number | undefined;
  readonly severity: string;
  readonly message: string;
  /** Further lines by their label (`DETAIL`, `HINT`, `QUERY`, `CONTEXT`, `LOCATION`, `STATEMENT`), in order. */
  readonly details: readonly (readonly [label: string, text: string])[];
  readonly sqlState?: string | undefined;
  readonly user?: string | undefined;
  readonly database?: string | undefined;
  readonly client?: string | undefined;
  readonly application?: string | undefined;
  readonly backend?: string | undefined;
  readonly pid?: number | undefined;
}

const DURATION = /^duration: (\d+\.\d+) ms/;
const LOGGED_QUERY =
  /^(?:duration: \d+\.\d+ ms  )?(?:statement|execute [^\n:]{1,200}|parse [^\n:]{1,200}|bind [^\n:]{1,200}): ([^]+)/;
const VERBOSE_CODE = /^([0-9A-Z]{5}): /;

/**
 * A report as a line of the log: the body is the message and, each on lines of its own, `DETAIL:  …` and its like, the
 * same in all three log formats.
 */
export function postgresqlLine(report: PostgresqlReport): ParsedLine {
  const { timestamp, severity, details } = report;
  const verboseCode = VERBOSE_CODE.exec(report.message)?.[1];
  const message = verboseCode === undefined ? report.message : report.message.slice(verboseCode.length + 2);
  const severityNumber = severityOfPostgresql(severity);
  const said = details.filter(([, text]) => text !== '');
  return {
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(severityNumber === undefined ? {} : { severityNumber }),
    severityText: severity,
    body: [message, ...said.map(([label, text]) => `${label}:  ${text}`)].join('\n'),
    attributes: attributesOf({ ...report, message, sqlState: verboseCode ?? report.sqlState }),
  };
}

function attributesOf(report: PostgresqlReport): Attributes {
  const attributes: Attributes = new Map();
  const set = (name: string, value: string | number | undefined): void => {
    if (value !== undefined && value !== '') attributes.set(name, value);
  };
  set('process.pid', report.pid);
  set('error.code', report.sqlState === '00000' ? undefined : report.sqlState);
  set('db.user', report.user);
  set('db.namespace', report.database);
  set('client.address', report.client);
  set('application.name', report.application);
  set('postgresql.backend_type', report.backend);
  const duration = DURATION.exec(report.message)?.[1];
  set('duration_ms', duration === undefined ? undefined : Number(duration));
  const statement = report.details.findLast(([label]) => label === 'STATEMENT')?.[1];
  set('db.query.text', statement ?? LOGGED_QUERY.exec(report.message)?.[1]);
  return attributes;
}
