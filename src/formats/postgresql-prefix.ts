import type { PostgresqlReport } from './postgresql-fields.ts';
import { epochToMs, readIsoStamp, type Clock } from './time.ts';

/** What a `log_line_prefix` said. */
export type PostgresqlPrefix = Pick<
  PostgresqlReport,
  'timestamp' | 'sqlState' | 'user' | 'database' | 'client' | 'application' | 'pid'
>;

const LEADING_PID = /^\[(\d{1,10})\](?=[ :])[ :]{0,2}/;
const SYSLOG_COUNT = /^\[\d{1,9}-\d{1,9}\] {1,2}/;
const EPOCH = /^\d{9,10}\.\d{3}(?= )/;
const PID = /\[(\d{1,10})\]/;
/** `%c`: the start time and the process id in hexadecimal. */
const SESSION = /(?<![\w.])[0-9a-f]{8}\.([0-9a-f]{1,8})(?![\w.])/;
const NAMED = /\b(user|db|app|client|host)=([^,\s]*)/g;
const USER_AT_DATABASE = /([^\s:@=,]{1,128})@([^\s:@=,]{1,128})/;
const HOST = /\[local\]|(?<=[ :=])[\w.-]{1,255}(?=\(\d)|(?<= )[0-9a-fA-F:.]{2,45}(?=\(\d)/;
/** Other loggers that repeat a server's words: a level of their own, milliseconds after a comma. */
const FOREIGN =
  /\b(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL|error|warn|warning|info|debug|failed)\b|\d:\d\d,\d/;
const SQL_STATE = /(?:^|[ :])((?:0[0-9A-Z]|2[0-9BDF]|3[489BDF]|4[024]|5[3-8]|72|F0|HV|P0|XX)[0-9A-Z]{3})(?=[ :]*$)/;

/**
 * Reads what stands before the severity, in any of the usual `log_line_prefix` settings: `%m [%p] `, Debian's
 * `%m [%p] %q%u@%d `, Amazon RDS' `%t:%r:%u@%d:[%p]:`, pgBadger's `%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h `.
 * Undefined when it begins with neither time nor process id, so that the line is somebody else's.
 * @see https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-LINE-PREFIX
 */
export function readPostgresqlPrefix(prefix: string, clock: Clock): PostgresqlPrefix | undefined {
  if (prefix === '') return {};
  if (FOREIGN.test(prefix)) return undefined;
  const leading = LEADING_PID.exec(prefix) ?? SYSLOG_COUNT.exec(prefix);
  const text = leading === null ? prefix : prefix.slice(leading[0].length);
  const stamp = readStamp(text, clock);
  if (stamp === undefined && leading === null) return undefined;
  const rest = stamp === undefined ? text : text.slice(stamp.length);
  return {
    timestamp: stamp?.instant,
    pid: pidOf(leading?.[1], rest),
    sqlState: SQL_STATE.exec(rest)?.[1],
    ...namesIn(rest),
  };
}

function readStamp(text: string, clock: Clock): { instant: number; length: number } | undefined {
  const epoch = EPOCH.exec(text)?.[0];
  if (epoch === undefined) return readIsoStamp(text, clock);
  const instant = epochToMs(Number(epoch));
  return instant === undefined ? undefined : { instant, length: epoch.length };
}

function pidOf(leading: string | undefined, rest: string): number | undefined {
  const decimal = leading ?? PID.exec(rest)?.[1];
  if (decimal !== undefined) return Number(decimal);
  const session = SESSION.exec(rest)?.[1];
  return session === undefined ? undefined : Number.parseInt(session, 16);
}

function namesIn(rest: string): PostgresqlPrefix {
  if (rest.includes('user=') || rest.includes('db=')) return namedIn(rest);
  const [, user, database] = USER_AT_DATABASE.exec(rest) ?? [];
  const client = HOST.exec(rest)?.[0];
  return {
    user: known(user),
    database: known(database),
    client,
  };
}

function namedIn(rest: string): PostgresqlPrefix {
  const values = new Map(Array.from(rest.matchAll(NAMED), ([, name, value]) => [name, value]));
  return {
    user: known(values.get('user')),
    database: known(values.get('db')),
    application: known(values.get('app')),
    client: known(values.get('client') ?? values.get('host')),
  };
}

function known(name: string | undefined): string | undefined {
  return name === '[unknown]' || name === '' ? undefined : name;
}
