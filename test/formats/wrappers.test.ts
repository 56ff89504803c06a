import { describe, expect, it } from 'vitest';
import { WRAPPERS, fixedClock, peelLine } from '../../src/formats/index.ts';
import { CLOCK, readRecords } from './read-records.ts';

const peel = (line: string) => peelLine(line, WRAPPERS, CLOCK);

function journal(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ __REALTIME_TIMESTAMP: '1534860261221373', _HOSTNAME: 'db-1', ...fields });
}

describe('lines that came in parts', () => {
  it('of CRI are put together per stream', () => {
    const records = readRecords(
      [
        '2025-03-10T13:52:33.326118000Z stderr P {"level":50,"time":1531171074631,',
        '2025-03-10T13:52:33.326118000Z stdout F listening on 8080',
        '2025-03-10T13:52:33.326119000Z stderr P "msg":"query ',
        '2025-03-10T13:52:33.326120000Z stderr F failed"}',
      ].join('\n'),
    );
    expect(records.map(({ format, body, stream }) => [format, body, stream])).toEqual([
      ['pino', 'query failed', 'stderr'],
      ['plain', 'listening on 8080', 'stdout'],
    ]);
  });

  it('of Docker are put together until one ends with a newline', () => {
    const part = (log: string) => JSON.stringify({ log, stream: 'stdout', time: '2026-11-21T03:00:00.5Z' });
    const [record, ...more] = readRecords([part('ERROR: the first half, '), part('the second half\n')].join('\n'));
    expect(record?.body).toContain('the first half, the second half');
    expect(more).toEqual([]);
  });

  it('of collectors that leave out the newline are whole', () => {
    const line = JSON.stringify({
      log: 'whole',
      stream: 'stdout',
      kubernetes: { pod_name: 'api-0', namespace_name: 'shop', container_name: 'api' },
    });
    expect(peel(line)).toMatchObject({ inner: 'whole', partial: false, stream: 'stdout/shop/api-0/api' });
  });

  it('of journald say so', () => {
    expect(peel(journal({ MESSAGE: 'half', _LINE_BREAK: 'line-max' })).partial).toBe(true);
    expect(peel(journal({ MESSAGE: 'half', CONTAINER_PARTIAL_MESSAGE: 'true' })).partial).toBe(true);
    expect(peel(journal({ MESSAGE: 'whole' })).partial).toBe(false);
  });
});

describe('journald', () => {
  it('gives bytes when the message is not plain text', () => {
    expect(peel(journal({ MESSAGE: [...Buffer.from('\x1b[31mgrün\x1b[0m')] })).inner).toBe('grün');
  });

  it('may hold several lines, of which the first decides', () => {
    const [record] = readRecords(
      journal({ MESSAGE: 'E0517 15:04:22.619632 7 a.go:1] query failed\nand why', PRIORITY: '6' }),
    );
    expect(record).toMatchObject({ format: 'klog', body: 'query failed\nand why', severityNumber: 17 });
  });

  it('states no severity by the priority that it gives to stdout, or Docker to stderr', () => {
    expect(peel(journal({ MESSAGE: 'x', PRIORITY: '6', _TRANSPORT: 'stdout' })).severityNumber).toBeUndefined();
    expect(peel(journal({ MESSAGE: 'x', PRIORITY: '3', CONTAINER_NAME: 'api' })).severityNumber).toBeUndefined();
    expect(peel(journal({ MESSAGE: 'x', PRIORITY: '3', _TRANSPORT: 'journal' })).severityNumber).toBe(17);
    expect(peel(journal({ MESSAGE: 'x', PRIORITY: '6', _TRANSPORT: 'kernel' })).severityNumber).toBe(9);
  });

  it('keeps the streams of units and processes apart', () => {
    const streams = ['1', '2'].map(
      (pid) => peel(journal({ MESSAGE: 'x', SYSLOG_IDENTIFIER: 'api', _PID: pid })).stream,
    );
    expect(streams).toEqual(['db-1/api/1', 'db-1/api/2']);
  });
});

describe('syslog', () => {
  it.each([
    [
      'Jun 14 15:16:01 combo kernel: Out of memory: Killed process 4711 (node)',
      'Out of memory: Killed process 4711 (node)',
      'combo/kernel',
    ],
    ['Dec 02 14:22:52.123456 node-0 api[42]: ready', 'ready', 'node-0/api/42'],
    ['2026-11-21T01:30:59+0000 node-0 api[42]: ready', 'ready', 'node-0/api/42'],
    ['<30>Nov 21 01:30:59 api[42]: ready', 'ready', 'api/42'],
    ['Nov 21 01:30:59 node-0 last message repeated 2 times', 'last message repeated 2 times', 'node-0'],
    ['<165>1 - - - - - - ready', 'ready', ''],
    ['57 <165>1 2003-10-11T22:14:15.003Z h app 7 - [a@1 k="v \\" \\] w"][b@2] ready', 'ready', 'h/app/7'],
    ['<165>1 2003-10-11T22:14:15.003Z h app 7 - -', '', 'h/app/7'],
  ])('%s', (line, inner, stream) => expect(peel(line)).toMatchObject({ inner, stream }));

  it('unescapes structured data', () => {
    const read = peel('<165>1 2003-10-11T22:14:15.003Z h app 7 - [a@1 k="v \\" \\] w" n="2"] ready');
    expect(Object.fromEntries(read.attributes)).toMatchObject({ 'a@1.k': 'v " ] w', 'a@1.n': '2' });
  });

  it('states no severity by info, which collectors give to everything', () => {
    expect(peel('<30>Nov 21 01:30:59 h api[42]: x').severityNumber).toBeUndefined();
    expect(peel('<27>Nov 21 01:30:59 h api[42]: x').severityNumber).toBe(17);
    expect(
      peel('<40>1 2012-11-30T06:45:29+00:00 host app web.3 - State changed from starting to up').severityNumber,
    ).toBeUndefined();
  });

  it.each([
    '2026-11-21T01:30:59.123Z ERROR my_crate: query failed',
    '2026-11-21T01:30:59.123Z Connection refused: 127.0.0.1',
    'Nov 21 01:30:59 ERROR: query failed',
    'Nov 21, 2026 1:30:59 AM A main',
    'May it be so',
  ])('is not %s', (line) => expect(peel(line).wrappers).toEqual([]));
});

describe('messages of syslog', () => {
  it('are the lines of PostgreSQL without their numbers', () => {
    // PostgreSQL 15 with log_destination=syslog, rsyslog 8.2302.0
    const records = readRecords(
      [
        'Nov 21 03:37:09 vm postgres[10420]: [5-1] 2026-11-21 03:37:09.958 UTC [10420] ERROR:  relation "nope" does not exist at character 16',
        'Nov 21 03:37:09 vm postgres[10420]: [5-2] 2026-11-21 03:37:09.958 UTC [10420] STATEMENT:  select *',
        'Nov 21 03:37:09 vm postgres[10420]: [5-3] #011#011from nope;',
        'Nov 21 03:37:10 vm postgres[10422]: [5-1] 2026-11-21 03:37:10.018 UTC [10422] ERROR:  division by zero',
        'Nov 21 03:37:10 vm postgres[10422]: [5-2] 2026-11-21 03:37:10.018 UTC [10422] STATEMENT:  select 1/0',
      ].join('\n'),
    );
    expect(records.map(({ format, severityNumber, body }) => [format, severityNumber, body])).toEqual([
      ['postgresql-stderr', 17, 'relation "nope" does not exist at character 16\nSTATEMENT:  select *\n\tfrom nope;'],
      ['postgresql-stderr', 17, 'division by zero\nSTATEMENT:  select 1/0'],
    ]);
  });

  it('have the tabs and newlines that rsyslog escaped, and keep the numbers of issues', () => {
    expect(peel('Nov 21 01:30:59 h api[1]: Error: x#012    at y#012#011at z').inner).toBe('Error: x\n    at y\n\tat z');
    expect(peel('Nov 21 01:30:59 h api[1]: #011at a.B.c(B.java:1)').inner).toBe('\tat a.B.c(B.java:1)');
    expect(peel('Nov 21 01:30:59 h api[1]: see #011 and order#0123').inner).toBe('see #011 and order#0123');
  });
});

describe('prefixes that look like others', () => {
  it.each([
    'INFO     | orders:1 - started',
    'error  | something',
    ' id  | name',
    'users | 5',
    '| a  | b |',
    '2026-11-21 03:01:32.259 | ERROR    | __main__:<module>:5 - query failed',
    '2025-10-28T19:15:10.821315Z  INFO fmt: preparing to shave yaks',
    '[pod] started',
    'my-service another thing happened',
    'node-pgsql client connected',
    '{"log":{"level":"info"},"message":"x"}',
    '{"log":"x","level":"info"}',
    '{"message":"x","type":"out"}',
    '##[unknown]x',
    'section_start: of the book',
  ])('%s stays as it is', (line) => expect(peel(line)).toMatchObject({ wrappers: [], inner: line }));

  it('takes off no more than four', () => {
    const line = `${'a-1  | '.repeat(6)}x`;
    expect(peel(line)).toMatchObject({ wrappers: Array(4).fill('compose'), inner: 'a-1  | a-1  | x' });
  });

  it('takes the byte order mark off the first line of a file', () => {
    expect(readRecords('\uFEFF{"level":50,"time":1531171074631,"msg":"x"}\r\n')[0]?.format).toBe('pino');
  });

  it('takes no blank of the line itself', () => {
    expect(peel('web-1  |     at connect (net.js:1)').inner).toBe('    at connect (net.js:1)');
    expect(peel('2025-03-10T13:52:33.326118000Z stdout F   indented').inner).toBe('  indented');
  });
});

describe('interleaved streams', () => {
  it('keep their stack traces together', () => {
    const records = readRecords(
      [
        'api-1     | Error: connect ECONNREFUSED 127.0.0.1:5432',
        'worker-1  | Error: connect ETIMEDOUT 10.0.0.1:6379',
        'api-1     |     at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)',
        'worker-1  |     at Socket.connect (node:net:1:1)',
      ].join('\n'),
    );
    expect(records.map(({ stream, body }) => [stream, body.split('\n').length])).toEqual([
      ['api-1', 2],
      ['worker-1', 2],
    ]);
  });

  it('of a wrapper without a zone take that of the clock', () => {
    const line = 'Nov 21 11:00:00 h api[1]: x';
    expect(peelLine(line, WRAPPERS, fixedClock(Date.UTC(2026, 10, 21, 12), 120)).timestamp).toBe(
      Date.UTC(2026, 10, 21, 9),
    );
  });
});
