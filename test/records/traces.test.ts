import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { beginsFailure, looksLikeTrace, traceTracker } from '../../src/records/traces.ts';

const TRACES = new URL('../../fixtures/formats/traces/', import.meta.url);
const FILES = readdirSync(TRACES).filter((name) => name.endsWith('.log'));

function linesOf(name: string): string[] {
  return readFileSync(new URL(name, TRACES), 'utf8').replace(/\n$/, '').split('\n');
}

/** Feeds all lines of a record and names the first one that the tracker refuses. */
function firstRefused(lines: readonly string[]): string | undefined {
  const tracker = traceTracker();
  const refused = lines.find((line, index) => {
    const isRefused = index > 0 && !tracker.continues(line);
    tracker.accept(line);
    return isRefused;
  });
  return refused;
}

/** Whether the line goes on with a record of these lines. */
function goesOn(lines: readonly string[], line: string): boolean {
  const tracker = traceTracker();
  for (const each of lines) tracker.accept(each);
  return tracker.continues(line);
}

describe('a whole trace is one record', () => {
  it.each(FILES)('%s', (name) => {
    expect(firstRefused(linesOf(name))).toBeUndefined();
  });
});

describe('what comes after a trace is not part of it', () => {
  const ordinary = [
    'Server listening on port 3000',
    'GET /orders 200',
    '2026-11-21 02:48:32 INFO ready',
    '{"level":30}',
  ];
  it.each(FILES)('%s', (name) => {
    expect(ordinary.filter((line) => goesOn(linesOf(name), line))).toEqual([]);
  });

  it.each(FILES.filter((name) => !name.startsWith('go-logged')))('%s, another failure', (name) => {
    const heads = [
      'panic: boom',
      'Exception in thread "main" java.lang.Error',
      'PHP Fatal error:  Out of memory',
      'node:events:502',
    ];
    expect(heads.filter((line) => goesOn(linesOf(name), line))).toEqual([]);
  });
});

describe('ordinary lines', () => {
  it('are not taken for a trace', () => {
    const lines = [
      'Server started',
      'at 12:00 the job ran',
      'from the queue',
      '',
      '  indented text',
      'note: retry later',
    ];
    for (const line of lines) {
      expect(looksLikeTrace(line), line).toBe(false);
      expect(beginsFailure(line), line).toBe(false);
      expect(goesOn(['Server started'], line), line).toBe(false);
    }
  });

  it('take no line before the first one', () => {
    expect(traceTracker().continues('    at f (a.js:1:2)')).toBe(false);
  });
});

describe('a blank line', () => {
  it('belongs to a trace that goes on after one', () => {
    expect(goesOn(['panic: boom'], '')).toBe(true);
    expect(
      goesOn(['Traceback (most recent call last):', '  File "a.py", line 1, in <module>', 'KeyError: 1'], ''),
    ).toBe(true);
  });

  it('is gone on with by nothing when it comes first', () => {
    expect(goesOn([''], 'Traceback (most recent call last):')).toBe(false);
  });

  it('ends a Java trace', () => {
    expect(goesOn(['java.lang.Error: x', '\tat Main.main(Main.java:3)'], '')).toBe(false);
  });

  it('is followed only by what goes on with the trace', () => {
    const python = ['Traceback (most recent call last):', '  File "a.py", line 1, in <module>', 'KeyError: 1', ''];
    expect(goesOn(python, 'During handling of the above exception, another exception occurred:')).toBe(true);
    expect(goesOn(python, 'worker restarted')).toBe(false);
  });
});

describe('a second trace', () => {
  it('is a record of its own when the first one has ended', () => {
    const trace = ['Traceback (most recent call last):', '  File "a.py", line 1, in <module>', 'KeyError: 1'];
    expect(goesOn(trace, 'Traceback (most recent call last):')).toBe(false);
    expect(goesOn(['query failed'], 'Traceback (most recent call last):')).toBe(true);
  });
});

describe('inspected objects', () => {
  it('go on to their closing bracket', () => {
    const open = ['request failed {', '  code: 500,', '  cause: {', '    code: 1', '  }'];
    expect(goesOn(open, '}')).toBe(true);
    expect(goesOn([...open, '}'], '}')).toBe(false);
    expect(goesOn(open, 'next line')).toBe(false);
  });
});

describe('lines that begin a failure', () => {
  const heads = [
    'panic: runtime error: index out of range [5] with length 3',
    'fatal error: all goroutines are asleep - deadlock!',
    'Exception in thread "main" java.lang.RuntimeException: wrapped',
    "thread 'main' (9805) panicked at p.rs:5:54:",
    "thread 'main' panicked at 'boom', src/main.rs:2:5",
    'PHP Fatal error:  Uncaught PDOException: first',
    'Unhandled exception. System.InvalidOperationException: boom',
    'node:internal/process/promises:389',
    '/srv/orders/server.js:12',
    'file:///srv/orders/server.mjs:3',
    'Segmentation fault (core dumped)',
    '<--- Last few GCs --->',
  ];
  it.each(heads)('%s', (line) => {
    expect(beginsFailure(line)).toBe(true);
    expect(looksLikeTrace(line)).toBe(false);
  });

  it('are not the ones that follow a message', () => {
    for (const line of [
      'Traceback (most recent call last):',
      'Caused by: java.io.IOException: x',
      'panic in the kitchen',
    ]) {
      expect(beginsFailure(line), line).toBe(false);
    }
  });
});

describe('lines that are part of a trace by their look', () => {
  it.each([
    '\tat java.base/java.net.Socket.connect(Socket.java:633)',
    '    at charge (/srv/orders/traces/a.js:1:26)',
    '    at async Promise.all (index 0)',
    '   at Orders.Db.Query(String sql) in /srv/orders/Db.cs:line 12',
    'Caused by: java.sql.SQLException: no connection',
    '\t... 12 more',
    '\t... 42 common frames omitted',
    '#0 /srv/orders/a.php(2): q()',
    'goroutine 1 [running]:',
    'goroutine 0 gp=0x5a0 m=0 mp=0x5b0 [idle]:',
    "\tfrom a.rb:3:in `w'",
    "/srv/orders/app/models/order.rb:12:in 'Order#charge'",
    '  File "/srv/orders/a.py", line 9, in <module>',
    '   4: core::option::Option<T>::unwrap',
    '             at ./p.rs:5:54',
    '    (stdlib 4.2) gen_server.erl:1123: :gen_server.try_dispatch/4',
    '   --- End of inner exception stack trace ---',
    '** (RuntimeError) boom',
  ])('%s', (line) => {
    expect(looksLikeTrace(line)).toBe(true);
  });
});

describe('hostile lines', () => {
  const evil = [
    'a',
    ' ',
    '^',
    '(',
    'A:',
    'x.',
    ': ',
    '/',
    'AError',
    '~^',
    ' at ',
    "'",
    'a:1:in `',
    ':',
    'Foo$',
    'A$.',
    ' from a:1',
    'x\\',
    '#0',
    '** (',
  ];
  it.each(evil)('100 KB of %j take no time', (piece) => {
    const line = `${piece.repeat(100_000 / piece.length)}!`;
    const start = performance.now();
    const tracker = traceTracker();
    tracker.accept(line);
    tracker.continues(line);
    looksLikeTrace(line);
    beginsFailure(line);
    expect(performance.now() - start).toBeLessThan(100);
  });
});

describe('crash reports', () => {
  const reports = [
    'node/abort.log',
    'node/json-bad.log',
    'node/max-listeners.log',
    'go/memory.log',
    'go/stack.log',
    'ruby/deadlock.log',
    'ruby/segv.log',
    'ruby/cause.log',
    'ruby/thread.log',
    'psycopg/psycopg2-no-table.log',
  ];
  it.each(reports)('%s is one record', (path) => {
    const text = readFileSync(new URL(`../../fixtures/technologies/${path}`, import.meta.url), 'utf8');
    expect(firstRefused(text.replace(/\n+$/, '').split('\n'))).toBeUndefined();
  });
});
