import type { Attributes } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

/**
 * The error log of MySQL 5.7 (`2016-07-31T15:31:35.414440Z 0 [ERROR] InnoDB: …`) and 8
 * (`… 0 [Note] [MY-012487] [InnoDB] …`).
 * @see https://dev.mysql.com/doc/refman/8.4/en/error-log-format.html
 */
export const mysqlError: LogFormat = {
  id: 'mysql-error',
  title: 'MySQL (error log)',
  technology: 'mysql',
  firstCharacters: '0123456789',
  continuation: 'text',
  parse,
  samples: [
    {
      text: '2020-08-06T14:25:02.835618Z 0 [Note] [MY-012487] [InnoDB] DDL log recovery : begin',
      origin: 'tstack/lnav:test/logfile_mysql_error.0',
      time: '2020-08-06T14:25:02.835618Z',
      severityNumber: 9,
      body: 'DDL log recovery : begin',
      attributes: { 'error.code': 'MY-012487', 'log.logger': 'InnoDB', 'thread.id': 0 },
    },
    {
      text: '2018-08-12T17:55:11.130992Z 0 [System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld 8.0.12) starting as process 3112',
      origin: 'public file index id 1383051859',
      time: '2018-08-12T17:55:11.130992Z',
      severityNumber: 9,
      body: '/usr/sbin/mysqld (mysqld 8.0.12) starting as process 3112',
    },
    {
      text: '2018-08-12T17:55:11.782754Z 0 [ERROR] [MY-012681] [InnoDB] InnoDB: mmap(137428992 bytes) failed; errno 12',
      origin: 'public file index id 1383051859',
      time: '2018-08-12T17:55:11.782754Z',
      severityNumber: 17,
      body: 'InnoDB: mmap(137428992 bytes) failed; errno 12',
      attributes: { 'error.code': 'MY-012681' },
    },
    {
      text: '2024-05-27T16:11:39.571071Z 0 [ERROR] [MY-013183] [InnoDB] Assertion failure: srv0srv.cc:1878:ib::fatal triggered thread 140692931946048\nInnoDB: We intentionally generate a memory trap.',
      origin: 'public file index id 25762754283, the first two of its lines',
      time: '2024-05-27T16:11:39.571071Z',
      severityNumber: 17,
      body: 'Assertion failure: srv0srv.cc:1878:ib::fatal triggered thread 140692931946048\nInnoDB: We intentionally generate a memory trap.',
    },
    {
      text: '2019-09-10T15:08:45.295044Z 0 [ERROR] InnoDB: Unable to lock ./ibdata1 error: 11',
      origin: 'public file index id 57029806181',
      time: '2019-09-10T15:08:45.295044Z',
      severityNumber: 17,
      body: 'InnoDB: Unable to lock ./ibdata1 error: 11',
    },
  ],
};

const HEAD =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?:Z|[+-]\d\d:\d\d)) (\d{1,10}) \[(Note|System|Warning|ERROR)\] (?:\[(MY-\d{6})\] \[(\w{1,64})\] )?/;

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', thread, level = '', code, subsystem] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  if (instant === undefined) return undefined;
  const attributes: Attributes = new Map([['thread.id', Number(thread)]]);
  if (code !== undefined && level !== 'System') attributes.set('error.code', code);
  if (subsystem !== undefined) attributes.set('log.logger', subsystem);
  return {
    timestamp: instant,
    severityNumber: severityOfMysql(level),
    severityText: level,
    body: line.slice(head.length),
    attributes,
  };
}

/** `Note` and `System` tell of ordinary events. */
export function severityOfMysql(level: string): number {
  return level === 'Note' || level === 'System' ? 9 : (severityOfWord(level) ?? 9);
}
