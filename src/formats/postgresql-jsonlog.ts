import type { LogFormat, ParsedLine } from './format.ts';
import { numberField, parseJsonObject, stringField, type JsonObject } from './json-fields.ts';
import { postgresqlLine, severityOfPostgresql } from './postgresql-fields.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * What PostgreSQL ≥ 15 writes with `log_destination = jsonlog`.
 * @see https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-JSONLOG
 */
export const postgresqlJsonlog: LogFormat = {
  id: 'postgresql-jsonlog',
  title: 'PostgreSQL (jsonlog)',
  technology: 'postgresql',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"timestamp":"2026-11-21 02:48:22.673 UTC","user":"postgres","dbname":"postgres","pid":9064,"remote_host":"127.0.0.1","remote_port":41048,"session_id":"6b010676.2368","line_num":1,"ps":"SELECT","session_start":"2026-11-21 02:48:22 UTC","vxid":"3/6","txid":0,"error_severity":"ERROR","state_code":"42P01","message":"relation \\"nope\\" does not exist","statement":"select *\\n from nope","cursor_position":16,"application_name":"psql","backend_type":"client backend","query_id":0}',
      origin: 'generated here, PostgreSQL 15.20',
      time: '2026-11-21T02:48:22.673Z',
      severityNumber: 17,
      body: 'relation "nope" does not exist\nSTATEMENT:  select *\n from nope',
      attributes: { 'error.code': '42P01', 'db.query.text': 'select *\n from nope', 'db.user': 'postgres' },
    },
    {
      text: '{"timestamp":"2026-11-21 02:48:22.701 UTC","user":"postgres","dbname":"postgres","pid":9066,"remote_host":"127.0.0.1","remote_port":41054,"session_id":"6b010676.236a","line_num":1,"ps":"DO","session_start":"2026-11-21 02:48:22 UTC","vxid":"3/8","txid":0,"error_severity":"WARNING","state_code":"01000","message":"low on stock","detail":"3 left","hint":"order more","context":"PL/pgSQL function inline_code_block line 1 at RAISE","application_name":"psql","backend_type":"client backend","query_id":0}',
      origin: 'generated here, PostgreSQL 15.20',
      time: '2026-11-21T02:48:22.701Z',
      severityNumber: 13,
      body: 'low on stock\nDETAIL:  3 left\nHINT:  order more\nCONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE',
      attributes: { 'db.namespace': 'postgres' },
    },
  ],
};

const DETAIL_FIELDS = [
  ['DETAIL', 'detail'],
  ['HINT', 'hint'],
  ['QUERY', 'internal_query'],
  ['CONTEXT', 'context'],
  ['LOCATION', 'file_name'],
  ['STATEMENT', 'statement'],
  ['BACKTRACE', 'backtrace'],
] as const;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  if (!line.includes('"error_severity"')) return undefined;
  const object = parseJsonObject(line);
  if (object === undefined) return undefined;
  const severity = stringField(object, 'error_severity');
  const message = stringField(object, 'message');
  if (severity === undefined || message === undefined || severityOfPostgresql(severity) === undefined) return undefined;
  return postgresqlLine({
    timestamp: readIsoStamp(stringField(object, 'timestamp') ?? '', clock)?.instant,
    severity,
    message,
    details: DETAIL_FIELDS.map(([label, name]) => [label, detailText(object, name)] as const),
    sqlState: stringField(object, 'state_code'),
    user: stringField(object, 'user'),
    database: stringField(object, 'dbname'),
    client: stringField(object, 'remote_host'),
    application: stringField(object, 'application_name'),
    backend: stringField(object, 'backend_type'),
    pid: numberField(object, 'pid'),
  });
}

function detailText(object: JsonObject, name: string): string {
  const text = stringField(object, name) ?? '';
  if (name !== 'file_name' || text === '') return text;
  return `${stringField(object, 'func_name') ?? ''}, ${text}:${numberField(object, 'file_line_num') ?? ''}`;
}
