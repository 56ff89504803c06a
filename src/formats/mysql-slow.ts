import type { Attributes } from '../model/index.ts';
import type { LogFormat, OpenLines, ParsedLine } from './format.ts';
import { readIsoStamp, toInstant, type Clock } from './time.ts';

/**
 * The slow query log of MySQL, MariaDB and Percona Server. A record begins with `# Time:`, or with `# User@Host:` where
 * MariaDB leaves the time out within the same second, and ends with the statement.
 * @see https://dev.mysql.com/doc/refman/8.4/en/slow-query-log.html
 */
export const mysqlSlow: LogFormat = {
  id: 'mysql-slow',
  title: 'MySQL and MariaDB (slow query log)',
  technology: 'mysql',
  continuation: 'none',
  parse,
  continues,
  complete,
  samples: [
    {
      text: '# Time: 2021-01-26T23:45:57.678222Z\n# User@Host: owncloud[owncloud] @ localhost []  Id:     2\n# Schema: owncloud  Last_errno: 0  Killed: 0\n# Query_time: 0.011853  Lock_time: 0.011542  Rows_sent: 268  Rows_examined: 268  Rows_affected: 0\n# Bytes_sent: 10121\nuse owncloud;\nSET timestamp=1611704757;\nSELECT * FROM `oc_appconfig`;',
      origin: 'tstack/lnav:test/logfile_mysql_slow.0',
      time: '2021-01-26T23:45:57.678222Z',
      severityNumber: 9,
      body: '# Time: 2021-01-26T23:45:57.678222Z\n# User@Host: owncloud[owncloud] @ localhost []  Id:     2\n# Schema: owncloud  Last_errno: 0  Killed: 0\n# Query_time: 0.011853  Lock_time: 0.011542  Rows_sent: 268  Rows_examined: 268  Rows_affected: 0\n# Bytes_sent: 10121\nuse owncloud;\nSET timestamp=1611704757;\nSELECT * FROM `oc_appconfig`;',
      attributes: {
        duration_ms: 11.853,
        'db.query.text': 'SELECT * FROM `oc_appconfig`;',
        'db.user': 'owncloud',
        'db.namespace': 'owncloud',
        'mysql.rows_examined': 268,
      },
    },
    {
      text: "# Time: 261121  2:50:31\n# User@Host: root[root] @ localhost []\n# Thread_id: 3  Schema: shop  QC_hit: No\n# Query_time: 0.300282  Lock_time: 0.000063  Rows_sent: 1  Rows_examined: 1\n# Rows_affected: 0  Bytes_sent: 113\n#\nSET timestamp=1795229431;\nselect sleep(0.3),\n 'two lines' from t;",
      origin: 'generated here, MariaDB 10.11.19',
      time: '2026-11-21T02:50:31Z',
      severityNumber: 9,
      body: "# Time: 261121  2:50:31\n# User@Host: root[root] @ localhost []\n# Thread_id: 3  Schema: shop  QC_hit: No\n# Query_time: 0.300282  Lock_time: 0.000063  Rows_sent: 1  Rows_examined: 1\n# Rows_affected: 0  Bytes_sent: 113\n#\nSET timestamp=1795229431;\nselect sleep(0.3),\n 'two lines' from t;",
      attributes: {
        duration_ms: 300.282,
        'db.query.text': "select sleep(0.3),\n 'two lines' from t;",
        'db.namespace': 'shop',
      },
    },
    {
      text: '# User@Host: root[root] @ localhost []\n# Thread_id: 4  Schema: shop  QC_hit: No\n# Query_time: 0.250229  Lock_time: 0.000000  Rows_sent: 1  Rows_examined: 0\n# Rows_affected: 0  Bytes_sent: 68\n#\nSET timestamp=1795229431;\nselect sleep(0.25);',
      origin: 'generated here, MariaDB 10.11.19',
      time: '2026-11-21T02:50:31Z',
      severityNumber: 9,
      body: '# User@Host: root[root] @ localhost []\n# Thread_id: 4  Schema: shop  QC_hit: No\n# Query_time: 0.250229  Lock_time: 0.000000  Rows_sent: 1  Rows_examined: 0\n# Rows_affected: 0  Bytes_sent: 68\n#\nSET timestamp=1795229431;\nselect sleep(0.25);',
      attributes: { duration_ms: 250.229 },
    },
    {
      text: 'mariadbd, Version: 10.11.19-MariaDB-0+deb12u1-log (Debian 12). started with:\nTcp port: 18098  Unix socket: /srv/shop/run/s\nTime\t\t    Id Command\tArgument',
      origin: 'generated here, MariaDB 10.11.19; the path of the socket shortened',
      severityNumber: 9,
      body: 'mariadbd, Version: 10.11.19-MariaDB-0+deb12u1-log (Debian 12). started with:\nTcp port: 18098  Unix socket: /srv/shop/run/s\nTime\t\t    Id Command\tArgument',
    },
  ],
};

const TIME = /^# Time: (?:(\d{4}-\d\d-\d\dT\S{8,24})|(\d\d)(\d\d)(\d\d) {1,2}(\d{1,2}):(\d\d):(\d\d))$/;
const USER = /^# User@Host: ([^[\n]{0,128})\[([^\]\n]{0,128})\] @ ([^\s[]{0,255}) ?\[([^\]\n]{0,64})\]/;
const BANNER = /^\S{1,255}, Version: \S.{0,200}\. started with:$/;
const BANNER_TAIL = /^(?:Tcp port: |TCP Port: |Time {2,}Id Command|Time\t)/;
/** The other logs of the server, when they share its stream. */
const OTHER_LOG = /^\d{4}-\d\d-\d\d[T ][ \d]\d:\d\d:\d\d/;
const QUERY_TIME = /^# Query_time: (\d+(?:\.\d+)?)/m;
const ROWS = /\b(Rows_sent|Rows_examined|Rows_affected): (\d+)/g;
const SET_TIMESTAMP = /^SET timestamp=(\d{9,10})(?:\.\d{1,6})?;$/m;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  if (BANNER.test(line)) return { body: line, severityNumber: 9 };
  if (!line.startsWith('# ')) return undefined;
  const time = TIME.exec(line);
  if (time !== null) return { body: line, severityNumber: 9, ...timestamp(time, clock) };
  return USER.test(line) ? { body: line, severityNumber: 9, role: 'weak' } : undefined;
}

function timestamp(
  [, iso, year, month, day, hour, minute, second]: RegExpExecArray,
  clock: Clock,
): Partial<ParsedLine> {
  const instant =
    iso === undefined
      ? toInstant(
          {
            year: 2000 + Number(year),
            month: Number(month),
            day: Number(day),
            hour: Number(hour),
            minute: Number(minute),
            second: Number(second),
          },
          clock,
        )
      : readIsoStamp(iso, clock)?.instant;
  return instant === undefined ? {} : { timestamp: instant };
}

function continues(line: string, { lines }: OpenLines): boolean {
  const [first = ''] = lines;
  if (!first.startsWith('#')) return BANNER_TAIL.test(line);
  if (line.startsWith('# User@Host: ')) return lines.length === 1 && first.startsWith('# Time: ');
  return !line.startsWith('# Time: ') && !BANNER.test(line) && !OTHER_LOG.test(line);
}

function complete({ first, lines }: OpenLines): ParsedLine {
  const text = lines.join('\n');
  const attributes: Attributes = new Map();
  const seconds = QUERY_TIME.exec(text)?.[1];
  if (seconds !== undefined) attributes.set('duration_ms', Math.round(Number(seconds) * 1e6) / 1e3);
  for (const [, name = '', count] of text.matchAll(ROWS)) attributes.set(`mysql.${name.toLowerCase()}`, Number(count));
  const statement = lines.filter((line) => !/^(?:#|use [^;\n]{1,128};$|SET timestamp=)/.test(line)).join('\n');
  if (first.body.startsWith('#') && statement !== '') attributes.set('db.query.text', statement);
  const user = lines.map((line) => USER.exec(line)).find((found) => found !== null);
  if (user?.[1]) attributes.set('db.user', user[1]);
  const client = user?.[4] || user?.[3];
  if (client) attributes.set('client.address', client);
  const schema = /^# (?:Thread_id: \d+  )?Schema: (\S+)/m.exec(text)?.[1] ?? /^use `?([^;`\n]+)`?;$/m.exec(text)?.[1];
  if (schema !== undefined) attributes.set('db.namespace', schema);
  const epoch = SET_TIMESTAMP.exec(text)?.[1];
  return {
    ...first,
    body: text,
    ...(first.timestamp === undefined && epoch !== undefined ? { timestamp: Number(epoch) * 1000 } : {}),
    attributes,
  };
}
