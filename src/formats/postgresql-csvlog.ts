import type { LogFormat, OpenLines, ParsedLine } from './format.ts';
import { postgresqlLine, severityOfPostgresql } from './postgresql-fields.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * What PostgreSQL writes with `log_destination = csvlog`. A record goes on while a quote is open.
 * @see https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG
 */
export const postgresqlCsvlog: LogFormat = {
  id: 'postgresql-csvlog',
  title: 'PostgreSQL (csvlog)',
  technology: 'postgresql',
  firstCharacters: '0123456789',
  continuation: 'none',
  parse,
  continues,
  complete: (open, clock) => parse(open.lines.join('\n'), clock) ?? open.first,
  samples: [
    {
      text: '2026-11-21 02:48:22.673 UTC,"postgres","postgres",9064,"127.0.0.1:41048",6b010676.2368,1,"SELECT",2026-11-21 02:48:22 UTC,3/6,0,ERROR,42P01,"relation ""nope"" does not exist",,,,,,"select *\n from nope",16,,"psql","client backend",,0',
      origin: 'generated here, PostgreSQL 15.20',
      time: '2026-11-21T02:48:22.673Z',
      severityNumber: 17,
      body: 'relation "nope" does not exist\nSTATEMENT:  select *\n from nope',
      attributes: { 'error.code': '42P01', 'db.query.text': 'select *\n from nope', 'client.address': '127.0.0.1' },
    },
    {
      text: '2026-11-21 02:48:22.701 UTC,"postgres","postgres",9066,"127.0.0.1:41054",6b010676.236a,1,"DO",2026-11-21 02:48:22 UTC,3/8,0,WARNING,01000,"low on stock","3 left","order more",,,"PL/pgSQL function inline_code_block line 1 at RAISE",,,,"psql","client backend",,0',
      origin: 'generated here, PostgreSQL 15.20',
      time: '2026-11-21T02:48:22.701Z',
      severityNumber: 13,
      body: 'low on stock\nDETAIL:  3 left\nHINT:  order more\nCONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE',
      attributes: { 'db.namespace': 'postgres' },
    },
    {
      text: '2026-11-21 02:48:22.728 UTC,"nobody2","nodb",9068,"127.0.0.1:41068",6b010676.236c,1,"startup",2026-11-21 02:48:22 UTC,3/9,0,FATAL,28000,"role ""nobody2"" does not exist",,,,,,,,,"","client backend",,0',
      origin: 'generated here, PostgreSQL 15.20',
      time: '2026-11-21T02:48:22.728Z',
      severityNumber: 18,
      body: 'role "nobody2" does not exist',
      attributes: { 'db.user': 'nobody2', 'error.code': '28000' },
    },
    {
      text: '2026-11-21 02:48:22.755 UTC,"postgres","postgres",9070,"[local]",6b010676.236e,1,"ALTER SYSTEM",2026-11-21 02:48:22 UTC,3/0,0,LOG,00000,"duration: 1.109 ms  statement: alter system set log_line_prefix=\'%m [%p] \'",,,,,,,,,"psql","client backend",,0',
      origin: 'generated here, PostgreSQL 15.20',
      time: '2026-11-21T02:48:22.755Z',
      severityNumber: 9,
      body: "duration: 1.109 ms  statement: alter system set log_line_prefix='%m [%p] '",
      attributes: { duration_ms: 1.109 },
    },
  ],
};

/** Time, user, database, process id: quoted where they are names, empty for a server's own processes. */
const HEAD =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [A-Za-z0-9+-]{1,8},(?:"(?:[^"]|"")*")?,(?:"(?:[^"]|"")*")?,\d{1,10},/;
const MAX_OPEN_LINES = 500;
const SEVERITY_FIELD = 11;

function parse(text: string, clock: Clock): ParsedLine | undefined {
  if (!HEAD.test(text)) return undefined;
  const fields = splitCsv(text);
  const severity = fields[SEVERITY_FIELD] ?? '';
  if (severityOfPostgresql(severity) === undefined) return undefined;
  const at = (index: number): string => fields[index] ?? '';
  return postgresqlLine({
    timestamp: readIsoStamp(at(0), clock)?.instant,
    severity,
    message: at(13),
    details: [
      ['DETAIL', at(14)],
      ['HINT', at(15)],
      ['QUERY', at(16)],
      ['CONTEXT', at(18)],
      ['LOCATION', at(21)],
      ['STATEMENT', at(19)],
    ],
    sqlState: at(12),
    user: at(1),
    database: at(2),
    client: at(4).replace(/:\d+$/, ''),
    application: at(22),
    backend: at(23),
    pid: Number(at(3)),
  });
}

/** An open quote claims the next line, unless that line begins a record: then the quote was cut off. */
function continues(line: string, { lines }: OpenLines): boolean {
  if (lines.length >= MAX_OPEN_LINES || HEAD.test(line)) return false;
  let quotes = 0;
  for (const open of lines) {
    for (let at = open.indexOf('"'); at >= 0; at = open.indexOf('"', at + 1)) quotes++;
  }
  return quotes % 2 === 1;
}

/** The fields of one CSV record; a quote that is still open ends with the text. */
function splitCsv(text: string): string[] {
  const fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1);
      while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
      const stop = end < 0 ? text.length : end;
      fields.push(text.slice(at + 1, stop).replaceAll('""', '"'));
      at = stop + 2;
    } else {
      const comma = text.indexOf(',', at);
      const stop = comma < 0 ? text.length : comma;
      fields.push(text.slice(at, stop));
      at = stop + 1;
    }
  }
  return fields;
}
