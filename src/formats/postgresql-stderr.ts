import type { LogFormat, OpenLines, ParsedLine } from './format.ts';
import { postgresqlLine } from './postgresql-fields.ts';
import { readPostgresqlPrefix, type PostgresqlPrefix } from './postgresql-prefix.ts';
import type { Clock } from './time.ts';

/**
 * What PostgreSQL writes with `log_destination = stderr`, under any usual `log_line_prefix`.
 * @see https://www.postgresql.org/docs/current/runtime-config-logging.html
 */
export const postgresqlStderr: LogFormat = {
  id: 'postgresql-stderr',
  title: 'PostgreSQL (stderr)',
  technology: 'postgresql',
  continuation: 'none',
  parse,
  continues,
  complete,
  samples: [
    {
      text: '2025-06-01 20:21:06.418 UTC [93] ERROR:  could not extend file "base/5/16387": No space left on device',
      origin: 'prequel-dev/cre:rules/cre-2025-0077/test.log',
      time: '2025-06-01T20:21:06.418Z',
      severityNumber: 17,
      body: 'could not extend file "base/5/16387": No space left on device',
      attributes: { 'process.pid': 93 },
    },
    {
      text: '2026-11-21 02:48:22.673 UTC [9064] postgres@postgres ERROR:  relation "nope" does not exist at character 16\n2026-11-21 02:48:22.673 UTC [9064] postgres@postgres STATEMENT:  select *\n\t from nope',
      origin: "generated here, PostgreSQL 15.20 with Debian's log_line_prefix '%m [%p] %q%u@%d '",
      time: '2026-11-21T02:48:22.673Z',
      severityNumber: 17,
      body: 'relation "nope" does not exist at character 16\nSTATEMENT:  select *\n from nope',
      attributes: { 'db.user': 'postgres', 'db.namespace': 'postgres', 'db.query.text': 'select *\n from nope' },
    },
    {
      text: '2026-11-21 02:48:24 UTC:127.0.0.1(41140):postgres@postgres:[9201]:WARNING:  low on stock\n2026-11-21 02:48:24 UTC:127.0.0.1(41140):postgres@postgres:[9201]:DETAIL:  3 left',
      origin: "generated here, PostgreSQL 15.20 with the log_line_prefix of Amazon RDS '%t:%r:%u@%d:[%p]:'",
      time: '2026-11-21T02:48:24Z',
      severityNumber: 13,
      body: 'low on stock\nDETAIL:  3 left',
      attributes: { 'process.pid': 9201, 'client.address': '127.0.0.1', 'db.user': 'postgres' },
    },
    {
      text: 'ERROR:  division by zero\nCONTEXT:  SQL statement "SELECT 1/0"\n\tPL/pgSQL function inline_code_block line 1 at PERFORM',
      origin: "generated here, PostgreSQL 15.20 with log_line_prefix ''",
      severityNumber: 17,
      body: 'division by zero\nCONTEXT:  SQL statement "SELECT 1/0"\nPL/pgSQL function inline_code_block line 1 at PERFORM',
    },
    {
      text: '2026-11-21 02:48:24 UTC [9216]: [1-1] user=nobody2,db=nodb,app=[unknown],client=127.0.0.1 FATAL:  role "nobody2" does not exist',
      origin: "generated here, PostgreSQL 15.20 with pgBadger's log_line_prefix",
      time: '2026-11-21T02:48:24Z',
      severityNumber: 18,
      body: 'role "nobody2" does not exist',
      attributes: { 'process.pid': 9216, 'db.user': 'nobody2', 'db.namespace': 'nodb', 'client.address': '127.0.0.1' },
    },
    {
      text: '1795229305.358 6b010679.241b 3/63 0 FATAL:  role "nobody2" does not exist',
      origin: "generated here, PostgreSQL 15.20 with log_line_prefix '%n %c %v %x '",
      time: '2026-11-21T02:48:25.358Z',
      severityNumber: 18,
      body: 'role "nobody2" does not exist',
      attributes: { 'process.pid': 9243 },
    },
    {
      text: '2026-11-21 02:48:26.652 UTC [9274] postgres@postgres ERROR:  22012: division by zero\n2026-11-21 02:48:26.652 UTC [9274] postgres@postgres LOCATION:  int4div, int.c:869',
      origin: 'generated here, PostgreSQL 15.20 with log_error_verbosity = verbose',
      time: '2026-11-21T02:48:26.652Z',
      severityNumber: 17,
      body: 'division by zero\nLOCATION:  int4div, int.c:869',
      attributes: { 'error.code': '22012' },
    },
    {
      text: '2026-11-21 02:48:24.868 UTC [9228] postgres@postgres 42P01 ERROR:  relation "nope" does not exist at character 16',
      origin: "generated here, PostgreSQL 15.20 with log_line_prefix '%m [%p] %q%u@%d %e '",
      time: '2026-11-21T02:48:24.868Z',
      severityNumber: 17,
      body: 'relation "nope" does not exist at character 16',
      attributes: { 'error.code': '42P01', 'db.user': 'postgres', 'db.namespace': 'postgres' },
    },
    {
      text: "2026-11-21 02:48:24.949 UTC [9234] postgres@postgres 00000 LOG:  duration: 1.059 ms  statement: alter system set log_line_prefix='%n %c %v %x '",
      origin: "generated here, PostgreSQL 15.20 with log_line_prefix '%m [%p] %q%u@%d %e '",
      time: '2026-11-21T02:48:24.949Z',
      severityNumber: 9,
      body: "duration: 1.059 ms  statement: alter system set log_line_prefix='%n %c %v %x '",
      attributes: { duration_ms: 1.059, 'db.query.text': "alter system set log_line_prefix='%n %c %v %x '" },
    },
  ],
};

const REPORT =
  /^([^"\n]{0,200}?)\b(DEBUG[1-5]|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT|BACKTRACE):  (?! )/;
const DETAIL_LABEL = /^(?:DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT|BACKTRACE)$/;
/** Without a prefix, a server's further lines and those that `psql` adds. */
const BARE_DETAIL = /^(?:(?:DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT|BACKTRACE):  |LINE \d{1,9}: | {1,400}\^$)/;

interface ReadLine {
  readonly prefix: PostgresqlPrefix;
  readonly label: string;
  readonly text: string;
  readonly isBare: boolean;
}

function read(line: string, clock: Clock): ReadLine | undefined {
  if (!line.includes(':  ')) return undefined;
  const found = REPORT.exec(line);
  if (found === null) return undefined;
  const [whole, before = '', label = ''] = found;
  const prefix = readPostgresqlPrefix(before, clock);
  return prefix === undefined ? undefined : { prefix, label, text: line.slice(whole.length), isBare: before === '' };
}

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = read(line, clock);
  if (found === undefined) return undefined;
  const { prefix, label, text, isBare } = found;
  const isDetail = DETAIL_LABEL.test(label);
  // Drivers print `DETAIL:  …` as well, and uvicorn `WARNING:  …`; without a prefix nothing tells them apart.
  if (isBare && (isDetail || label === 'WARNING')) return undefined;
  const key = prefix.pid === undefined ? {} : { key: String(prefix.pid) };
  if (!isDetail) return { ...postgresqlLine({ ...prefix, severity: label, message: text, details: [] }), ...key };
  return {
    ...(prefix.timestamp === undefined ? {} : { timestamp: prefix.timestamp }),
    body: `${label}:  ${text}`,
    role: 'continue',
    ...key,
  };
}

function continues(line: string, { first }: OpenLines): boolean {
  return line.startsWith('\t') || (first.timestamp === undefined && first.key === undefined && BARE_DETAIL.test(line));
}

function complete(open: OpenLines, clock: Clock): ParsedLine {
  const [head = '', ...tail] = open.lines;
  const report = read(head, clock);
  if (report === undefined || tail.length === 0) return open.first;
  const texts: [label: string, lines: string[]][] = [['', [report.text]]];
  for (const line of tail) {
    const found = line.startsWith('\t') ? undefined : read(line, clock);
    if (found === undefined) texts.at(-1)?.[1].push(line.startsWith('\t') ? line.slice(1) : line);
    else texts.push([found.label, [found.text]]);
  }
  const [message, ...details] = texts.map(([label, lines]) => [label, lines.join('\n')] as const);
  if (DETAIL_LABEL.test(report.label)) {
    return {
      ...open.first,
      body: texts.map(([label, lines]) => `${label === '' ? report.label : label}:  ${lines.join('\n')}`).join('\n'),
    };
  }
  return {
    ...postgresqlLine({ ...report.prefix, severity: report.label, message: message?.[1] ?? '', details }),
    ...(open.first.key === undefined ? {} : { key: open.first.key }),
  };
}
