import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfMysql } from './mysql-error.ts';
import { readIsoStamp, toInstant, type Clock } from './time.ts';

/**
 * The error log of MariaDB (`2023-01-23  3:47:23 0 [Note] …`) and of MySQL up to 5.6 (`141103 18:28:32 [ERROR] …`).
 * @see https://mariadb.com/kb/en/error-log/#format
 */
export const mariadbError: LogFormat = {
  id: 'mariadb-error',
  title: 'MariaDB (error log)',
  technology: 'mysql',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse,
  samples: [
    {
      text: '2023-01-23  3:47:23 0 [Note] mariadbd: ready for connections.',
      origin: 'public file index id 19615293776',
      time: '2023-01-23T03:47:23Z',
      severityNumber: 9,
      body: 'mariadbd: ready for connections.',
    },
    {
      text: "2026-11-21  2:50:31 5 [Warning] Access denied for user 'nobody'@'localhost' (using password: YES)",
      origin: 'generated here, MariaDB 10.11.19',
      time: '2026-11-21T02:50:31Z',
      severityNumber: 13,
      body: "Access denied for user 'nobody'@'localhost' (using password: YES)",
      attributes: { 'thread.id': 5 },
    },
    {
      text: "2026-11-21  2:50:25 0 [Note] mariadbd: ready for connections.\nVersion: '10.11.19-MariaDB-0+deb12u1-log'  socket: '/srv/shop/run/s'  port: 18098  Debian 12",
      origin: 'generated here, MariaDB 10.11.19; the path of the socket shortened',
      time: '2026-11-21T02:50:25Z',
      severityNumber: 9,
      body: "mariadbd: ready for connections.\nVersion: '10.11.19-MariaDB-0+deb12u1-log'  socket: '/srv/shop/run/s'  port: 18098  Debian 12",
    },
    {
      text: '2023-05-01 16:27:34 0 [ERROR] InnoDB: Unable to lock ./ibdata1 error: 11',
      origin: 'public file index id 2419103569',
      time: '2023-05-01T16:27:34Z',
      severityNumber: 17,
      body: 'InnoDB: Unable to lock ./ibdata1 error: 11',
    },
  ],
};

const HEAD =
  /^(?:(\d{4}-\d\d-\d\d [ \d]\d:\d\d:\d\d) (\d{1,10}|0x[0-9a-f]{1,16}) |(\d\d)(\d\d)(\d\d) {1,2}(\d{1,2}):(\d\d):(\d\d) (?:(\d{1,10}) )?)\[(Note|Warning|ERROR)\] /;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp, thread, year, month, day, hour, minute, second, oldThread, level = ''] = found;
  const instant =
    stamp === undefined
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
      : readIsoStamp(stamp, clock)?.instant;
  if (instant === undefined) return undefined;
  const id = thread ?? oldThread;
  return {
    timestamp: instant,
    severityNumber: severityOfMysql(level),
    severityText: level,
    body: line.slice(head.length),
    ...(id === undefined ? {} : { attributes: new Map([['thread.id', Number(id)]]) }),
  };
}
