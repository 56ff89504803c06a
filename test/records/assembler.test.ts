import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../src/model/index.ts';
import { assemble, type Assembled } from './assemble.ts';

const TRACES = new URL('../../fixtures/formats/traces/', import.meta.url);
const BEFORE = '{"level":30,"time":1795230310215,"pid":1,"hostname":"vm","msg":"ready"}';
const AFTER = '{"level":30,"time":1795230310216,"pid":1,"hostname":"vm","msg":"still ready"}';

function traceLines(name: string): string[] {
  return readFileSync(new URL(name, TRACES), 'utf8').trimEnd().split('\n');
}

/** The records of a log around the lines that hold a text. */
function around(log: string, ...texts: readonly string[]): readonly LogRecord[] {
  return assemble(log, { isCandidate: (line) => texts.some((text) => line.includes(text)) }).records;
}

function placesOf({ records }: Pick<Assembled, 'records'>): readonly string[] {
  return records.map(({ location }) => `${location.line}-${location.endLine}`);
}

/** One line in the prefix of docker compose. */
function compose(name: string, line: string): string {
  return `${name}  | ${line}`;
}

function cri(time: string, part: 'F' | 'P', line: string): string {
  return `${time} stderr ${part} ${line}`;
}

function dockerJson(time: string, log: string): string {
  return JSON.stringify({ log, stream: 'stderr', time });
}

const NAMES = readdirSync(TRACES).filter((name) => name.endsWith('.log'));
/** So many lines are looked back at least; dumps of goroutines are longer, and only half of their lines look like a trace. */
const LOOKED_BACK = 16;
const DUMPS = new Set(['go-map.log']);

describe('whichever line of a trace is the candidate, the record is the whole trace', () => {
  it.each(NAMES)('%s', (name) => {
    const lines = traceLines(name);
    const log = `${[BEFORE, ...lines, AFTER].join('\n')}\n`;
    const whole = assemble(log, { isCandidate: (_text, line) => line > 1 && line <= lines.length + 1 }).records.map(
      (record) => record.raw,
    );
    expect(whole).toEqual([lines.join('\n')]);
    for (const [index, text] of lines.entries()) {
      if (text.trim() === '' || (DUMPS.has(name) && index > LOOKED_BACK)) continue;
      const { records } = assemble(log, { isCandidate: (_text, line) => line === index + 2 });
      expect(
        records.map(({ raw }) => raw),
        `candidate: ${text}`,
      ).toEqual(whole);
      expect(placesOf({ records })).toEqual([`2-${lines.length + 1}`]);
    }
  });
});

describe('a trace below its logged message', () => {
  const cases: readonly (readonly [what: string, log: string, candidate: string, expected: Partial<LogRecord>])[] = [
    [
      'Java, a cause of a cause',
      [
        '2026-11-21 02:31:04.118  INFO 812 --- [main] c.e.orders.App : started',
        '2026-11-21 02:31:05.220 ERROR 812 --- [nio-8080-exec-1] c.e.orders.Charge : charge failed',
        'java.lang.IllegalStateException: no charge',
        '\tat com.example.orders.Charge.run(Charge.java:12)',
        'Caused by: java.net.ConnectException: Connection refused',
        '\tat java.base/java.net.Socket.connect(Socket.java:633)',
        '\t... 3 more',
        '2026-11-21 02:31:06.001  INFO 812 --- [main] c.e.orders.App : idle',
      ].join('\n'),
      'Connection refused',
      {
        location: { source: 'sample.log', line: 2, endLine: 7 },
        severityNumber: 17,
        timestamp: Date.UTC(2026, 10, 21, 2, 31, 5, 220),
      },
    ],
    [
      'PostgreSQL, with detail and statement',
      [
        '2026-11-21 02:31:04.118 UTC [812] LOG:  checkpoint starting: time',
        '2026-11-21 02:31:05.220 UTC [813] ERROR:  duplicate key value violates unique constraint "users_email_key"',
        '2026-11-21 02:31:05.220 UTC [813] DETAIL:  Key (email)=(a@example.com) already exists.',
        '2026-11-21 02:31:05.220 UTC [813] STATEMENT:  INSERT INTO users',
        '\t(email) VALUES ($1)',
        '2026-11-21 02:31:06.001 UTC [812] LOG:  checkpoint complete',
      ].join('\n'),
      'VALUES ($1)',
      {
        location: { source: 'sample.log', line: 2, endLine: 5 },
        severityNumber: 17,
        timestamp: Date.UTC(2026, 10, 21, 2, 31, 5, 220),
      },
    ],
    [
      'PostgreSQL csvlog, newlines within quotes',
      [
        '2026-11-21 02:31:04.118 UTC,,,812,,6b0.1,1,,2026-11-21 02:31:00 UTC,,0,LOG,00000,"checkpoint starting: time",,,,,,,,,"","checkpointer",,0',
        '2026-11-21 02:31:05.220 UTC,"app","shop",813,"127.0.0.1:5000",6b1.2,1,"INSERT",2026-11-21 02:31:00 UTC,3/1,0,ERROR,23505,"duplicate key",,,,,,"INSERT INTO users',
        '(email)',
        'VALUES ($1)",,,"psql","client backend",,0',
        '2026-11-21 02:31:06.001 UTC,,,812,,6b0.1,2,,2026-11-21 02:31:00 UTC,,0,LOG,00000,"checkpoint complete",,,,,,,,,"","checkpointer",,0',
      ].join('\n'),
      'VALUES ($1)',
      {
        location: { source: 'sample.log', line: 2, endLine: 4 },
        severityNumber: 17,
        timestamp: Date.UTC(2026, 10, 21, 2, 31, 5, 220),
      },
    ],
    [
      'the slow log of MySQL',
      [
        '# Time: 2026-11-21T02:31:04.118000Z',
        '# User@Host: app[app] @ localhost []  Id:     8',
        '# Query_time: 0.100000  Lock_time: 0.000000 Rows_sent: 1  Rows_examined: 1',
        'SET timestamp=1795228264;',
        'SELECT 1;',
        '# Time: 2026-11-21T02:31:05.220000Z',
        '# User@Host: app[app] @ localhost []  Id:     9',
        '# Query_time: 2.500000  Lock_time: 0.000000 Rows_sent: 1  Rows_examined: 900000',
        'SET timestamp=1795228265;',
        'SELECT *',
        "FROM orders WHERE note LIKE '%late%';",
        '# Time: 2026-11-21T02:31:06.001000Z',
      ].join('\n'),
      'late',
      { location: { source: 'sample.log', line: 6, endLine: 11 }, timestamp: Date.UTC(2026, 10, 21, 2, 31, 5, 220) },
    ],
    [
      '.NET, six blanks below the category',
      [
        'info: Microsoft.Hosting.Lifetime[0]',
        '      Application started.',
        'fail: Orders.Charge[0]',
        '      charge failed',
        '      System.InvalidOperationException: boom',
        '         at Orders.Charge.Run() in /srv/orders/Charge.cs:line 12',
        'info: Orders.Charge[0]',
        '      idle',
      ].join('\n'),
      'boom',
      { location: { source: 'sample.log', line: 3, endLine: 6 }, severityNumber: 17 },
    ],
  ];

  it.each(cases)('%s', (_what, log, candidate, expected) => {
    const records = around(`${log}\n`, candidate);
    expect(records).toMatchObject([expected]);
    const { line, endLine } = records[0]?.location ?? { line: 0, endLine: 0 };
    expect(records[0]?.raw).toBe(
      log
        .split('\n')
        .slice(line - 1, endLine)
        .join('\n'),
    );
  });

  it.each(cases)('%s: several candidates are one record', (_what, log, _candidate, { location }) => {
    const { records } = assemble(`${log}\n`, {
      isCandidate: (_text, line) => line >= (location?.line ?? 0) && line <= (location?.endLine ?? 0),
    });
    expect(records.map((record) => record.location)).toEqual([location]);
  });
});

describe('streams that are interleaved', () => {
  const java = traceLines('java-uncaught.log');
  const python = traceLines('python-uncaught.log');

  it('of two containers give each its own trace', () => {
    const lines: string[] = [];
    for (let index = 0; index < Math.max(java.length, python.length); index++) {
      if (java[index] !== undefined) lines.push(compose('api-1', java[index] ?? ''));
      if (python[index] !== undefined) lines.push(compose('worker-1', python[index] ?? ''));
    }
    lines.push(compose('api-1', AFTER), compose('worker-1', AFTER));
    const log = `${lines.join('\n')}\n`;
    const last = [java.at(-1) ?? '', python.at(-1) ?? ''];
    const records = around(log, ...last);
    expect(Object.fromEntries(records.map(({ stream, body }) => [stream, body]))).toEqual({
      'api-1': java.join('\n'),
      'worker-1': python.join('\n'),
    });
    expect(records.length).toBe(2);
    expect(records.map(({ attributes, wrappers }) => [attributes.get('container.name'), wrappers])).toEqual(
      records.map(({ stream }) => [stream, ['compose']]),
    );
  });

  it('end a record when theirs has been silent for long', () => {
    const noise = Array.from({ length: 500 }, (_, index) => compose('other-1', `line ${index}`));
    const log = [compose('api-1', 'Error: boom'), ...noise, compose('api-1', '    at f (a.js:1:2)'), ''].join('\n');
    expect(around(log, 'boom').map(({ body }) => body)).toEqual(['Error: boom']);
  });

  it('may be five thousand, each with its trace', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `pod-${index}`);
    const log = names
      .flatMap((name) => [compose(name, `Error: boom of ${name}`), compose(name, '    at f (a.js:1:2)')])
      .join('\n');
    const records = around(`${log}\n`, 'boom');
    expect(records.length).toBe(5_000);
    expect(records.every(({ stream, body }) => body === `Error: boom of ${stream}\n    at f (a.js:1:2)`)).toBe(true);
  });

  it('may be five thousand that take turns, and no line is lost or told twice', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `pod-${index}`);
    const log = [
      ...names.map((name) => compose(name, `Error: boom of ${name}`)),
      ...names.map((name) => compose(name, 'Error: again')),
    ].join('\n');
    const records = around(`${log}\n`, 'boom', 'again');
    expect(records.map(({ location }) => location.line).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 10_000 }, (_, index) => index + 1),
    );
  });
});

describe('lines that a transport splits', () => {
  const time = (second: number): string => `2026-11-21T02:31:0${second}.118000000Z`;

  it.each(['first', 'second', 'third'])('are one again, with a candidate in the %s part of CRI', (candidate) => {
    const log = [
      cri(time(1), 'F', 'before'),
      cri(time(2), 'P', 'first part, '),
      cri(time(3), 'P', 'second part, '),
      cri(time(4), 'F', 'third part'),
      cri(time(5), 'F', 'after'),
      '',
    ].join('\n');
    const [record, ...others] = around(log, candidate);
    expect(others).toEqual([]);
    expect(record).toMatchObject({ body: 'first part, second part, third part', location: { line: 2, endLine: 4 } });
    expect(record?.timestamp).toBe(Date.UTC(2026, 10, 21, 2, 31, 2, 118));
  });

  it.each(['first', 'second', 'third'])('are one again, with a candidate in the %s part of Docker', (candidate) => {
    const log = [
      dockerJson(time(1), 'before\n'),
      dockerJson(time(2), 'first part, '),
      dockerJson(time(3), 'second part, '),
      dockerJson(time(4), 'third part\n'),
      dockerJson(time(5), 'after\n'),
      '',
    ].join('\n');
    expect(around(log, candidate)).toMatchObject([
      { body: 'first part, second part, third part', location: { line: 2, endLine: 4 } },
    ]);
  });

  it('are handed on when their last part never comes', () => {
    expect(around(`${cri(time(1), 'P', 'first part')}\n`, 'first')).toMatchObject([{ body: 'first part' }]);
  });

  it('carry a stack trace, frame by frame', () => {
    const log = [
      cri(time(1), 'F', 'Error: boom'),
      cri(time(2), 'F', '    at f (a.js:1:2)'),
      cri(time(3), 'F', 'ready'),
      '',
    ].join('\n');
    expect(around(log, 'a.js')).toMatchObject([
      { body: 'Error: boom\n    at f (a.js:1:2)', location: { line: 1, endLine: 2 } },
    ]);
  });
});

describe('the time of a line that has none', () => {
  const untimed = 'Error: boom';

  it('is that of the record before it, whatever its format', () => {
    const log = `${BEFORE}\n${untimed}\n`;
    const expected = [{ body: untimed, timestamp: 1_795_230_310_215, timestampInherited: true }];
    expect(around(log, 'boom')).toMatchObject(expected);
    expect(around(log, 'boom', 'ready').slice(1)).toMatchObject(expected);
  });

  it('is not that of another stream', () => {
    const log = `${compose('api-1', BEFORE)}\n${compose('worker-1', untimed)}\n`;
    expect(around(log, 'boom')[0]?.timestamp).toBeUndefined();
  });

  it('is not that of a record far above', () => {
    const log = `${BEFORE}\n${'plain\n'.repeat(1_000)}${untimed}\n`;
    expect(around(log, 'boom')[0]?.timestamp).toBeUndefined();
    expect(around(log, 'boom', 'ready').at(-1)?.timestamp).toBeUndefined();
  });
});

describe('limits', () => {
  it('end a record of 100,000 lines, again and again, and lose no candidate', () => {
    const lines = [
      'Error: boom',
      ...Array.from({ length: 100_000 }, (_, index) => `    at f${index} (a.js:1:2)`),
      'ready',
    ];
    const { records } = assemble(`${lines.join('\n')}\n`, {
      isCandidate: (text) => text.includes('boom') || text.includes('at f99999 '),
    });
    expect(records[0]?.location).toEqual({ source: 'sample.log', line: 1, endLine: 1_000 });
    expect(records.length).toBe(2);
    expect(records[1]?.location).toMatchObject({ endLine: 100_001 });
    expect(records.every(({ location }) => location.endLine - location.line < 1_001)).toBe(true);
  });

  it('keep records apart and in order when each line of an endless trace is a candidate', () => {
    const lines = ['Error: boom', ...Array.from({ length: 20_000 }, (_, index) => `    at f${index} (a.js:1:2)`)];
    const { records } = assemble(`${lines.join('\n')}\n`, { isCandidate: () => true });
    const covered = records.flatMap(({ location }) =>
      Array.from({ length: location.endLine - location.line + 1 }, (_, index) => location.line + index),
    );
    expect(covered).toEqual(Array.from({ length: 20_001 }, (_, index) => index + 1));
  });

  it('do not look back into a record that has ended', () => {
    const frames = Array.from({ length: 1_100 }, (_, index) => `    at f${index} (a.js:1:2)`);
    const { records } = assemble(`Error: boom\n${frames.join('\n')}\n`, {
      isCandidate: (text) => /boom|f1050 /.test(text),
    });
    expect(placesOf({ records })).toEqual(['1-1000', '1001-1101']);
  });

  it('bound the bytes of a record', () => {
    const frame = `    at f (${'x'.repeat(10_000)}.js:1:2)`;
    const { records } = assemble(`Error: boom\n${`${frame}\n`.repeat(200)}`, { isCandidate: () => true });
    expect(Math.max(...records.map(({ raw }) => raw.length))).toBeLessThan(300 * 1024);
    expect(records.at(-1)?.location.endLine).toBe(201);
  });
});

describe('bytes that are no text', () => {
  it('are replaced and counted where they are looked at', () => {
    const log = Buffer.concat([
      Buffer.from('fine \u00e9\n'),
      Buffer.from([0x62, 0x6f, 0x6f, 0x6d, 0xff, 0x0a]),
      Buffer.from('fine\n'),
    ]);
    const { records, invalidLines } = assemble(log, { isCandidate: (text) => text.startsWith('boom') });
    expect(records.map(({ body }) => body)).toEqual(['boom\uFFFD']);
    expect(invalidLines).toBe(1);
  });

  it('a carriage return before the newline is part of the line end, one within a line is not', () => {
    expect(around('first\r\nError: boom\rbang\r\n    at f (a.js:1:2)\r\nready\r\n', 'boom')).toMatchObject([
      { body: 'Error: boom\rbang\n    at f (a.js:1:2)', location: { line: 2, endLine: 3 } },
    ]);
  });
});
