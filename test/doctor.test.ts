import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDoctor } from '../src/create-doctor.ts';
import { Doctor, type DoctorOptions, type FindingEvent } from '../src/doctor.ts';
import { compileEngine } from '../src/engine.ts';
import type { Report } from '../src/model/index.ts';
import { loadBuiltin } from './rules/knowledge-files.ts';
import { filesIn, fixture, foldersIn } from './support/fixtures.ts';

const { knowledge } = loadBuiltin();
const ENGINE = compileEngine(knowledge);
const NOW = Date.UTC(2026, 10, 21, 12);

interface Log {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function logsOf(...directory: readonly string[]): readonly Log[] {
  return filesIn(...directory)
    .filter((file) => file.endsWith('.log'))
    .map((file) => ({ name: [...directory, file].join('/'), bytes: readFileSync(fixture(...directory, file)) }));
}

function newDoctor(options: DoctorOptions = {}): Doctor {
  return new Doctor(ENGINE, { now: () => NOW, ...options });
}

/** Feeds logs one after the other, each in pieces that end at the cuts. */
function diagnoseInPieces(
  logs: readonly Log[],
  cuts: readonly number[],
  afterPiece: (doctor: Doctor) => void = () => {},
  options: DoctorOptions = {},
): Report {
  const doctor = newDoctor(options);
  for (const { name, bytes } of logs) {
    const edges = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
    let start = 0;
    for (const edge of edges) {
      const piece = Uint8Array.from(bytes.subarray(start, edge));
      doctor.feed(name, piece);
      // The caller may use the memory again.
      piece.fill(0x0a);
      afterPiece(doctor);
      start = edge;
    }
    doctor.end(name);
  }
  return doctor.report();
}

function inOnePiece(logs: readonly Log[], options: DoctorOptions = {}): Report {
  return diagnoseInPieces(logs, [], () => {}, options);
}

/** Rules are data that a report only refers to. */
function textOf(report: Report): string {
  return JSON.stringify(report, (key, value: unknown) => (key === 'rule' ? (value as { id: string }).id : value), 1);
}

const INCIDENTS = foldersIn('incidents');
const ALL_LOGS = INCIDENTS.flatMap((name) => logsOf('incidents', name));
const cuts = fc.array(fc.nat(2 ** 31 - 1), { minLength: 1, maxLength: 40 });

describe('however a log is cut, the report is the same', () => {
  it.each(INCIDENTS)('%s', (name) => {
    const logs = logsOf('incidents', name);
    const whole = textOf(inOnePiece(logs));
    fc.assert(
      fc.property(cuts, (at) => {
        expect(textOf(diagnoseInPieces(logs, at))).toBe(whole);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('all incidents after one another, as one log', () => {
    const bytes = Buffer.concat(ALL_LOGS.map((log) => log.bytes));
    const logs = [{ name: 'all.log', bytes }];
    const whole = textOf(inOnePiece(logs));
    fc.assert(
      fc.property(cuts, (at) => {
        expect(textOf(diagnoseInPieces(logs, at))).toBe(whole);
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  it('all incidents line by line in turns, each a stream of its own', () => {
    const logs = [{ name: 'compose.log', bytes: Buffer.from(interleave(ALL_LOGS.slice(0, 20))) }];
    const whole = textOf(inOnePiece(logs));
    expect(inOnePiece(logs).diagnoses.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(cuts, (at) => {
        expect(textOf(diagnoseInPieces(logs, at))).toBe(whole);
      }),
      { numRuns: 20, seed: 3 },
    );
  });

  it('byte by byte', () => {
    const log = { name: 'refused.log', bytes: readFileSync(fixture('formats/traces/node-uncaught-cause.log')) };
    expect(textOf(diagnoseInPieces([log], Array.from(log.bytes.keys())))).toBe(textOf(inOnePiece([log])));
    expect(inOnePiece([log]).summary.lines).toBeGreaterThan(5);
  });
});

/** As docker compose prints the logs of several containers. */
function interleave(logs: readonly Log[]): string {
  const streams = logs.map(({ bytes }, index) => ({
    name: `s-${index}`,
    lines: Buffer.from(bytes).toString().trimEnd().split('\n'),
  }));
  const longest = Math.max(...streams.map(({ lines }) => lines.length));
  const all: string[] = [];
  for (let index = 0; index < longest; index++) {
    for (const { name, lines } of streams) if (lines[index] !== undefined) all.push(`${name}  | ${lines[index]}`);
  }
  return `${all.join('\n')}\n`;
}

describe('showing what is known so far', () => {
  it.each(INCIDENTS)('changes nothing in the report of %s', (name) => {
    const logs = logsOf('incidents', name);
    const whole = textOf(inOnePiece(logs));
    const onFinding = (): void => {};
    fc.assert(
      fc.property(cuts, (at) => {
        expect(textOf(diagnoseInPieces(logs, at, (doctor) => doctor.flush(), { onFinding }))).toBe(whole);
      }),
      { numRuns: 4, seed: 4 },
    );
  });

  it('tells of a record that may still go on, and then counts it once', () => {
    const events: FindingEvent[] = [];
    const doctor = newDoctor({ onFinding: (event) => events.push(event) });
    const log = 'Error: connect ECONNREFUSED 127.0.0.1:5432\n';
    doctor.feed('api.log', Buffer.from(log));
    expect(events).toEqual([]);
    doctor.flush();
    doctor.flush();
    doctor.feed(
      'api.log',
      Buffer.from('    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)\nready\n'),
    );
    expect(events.map(({ isNew, isPreview, finding }) => ({ isNew, isPreview, count: finding.count }))).toEqual([
      { isNew: true, isPreview: true, count: 1 },
      { isNew: true, isPreview: false, count: 1 },
    ]);
    expect(doctor.report().diagnoses[0]?.count).toBe(1);
  });
});

const REFUSED = (peer: string): string =>
  `{"level":50,"time":1795264800000,"pid":1,"hostname":"vm","msg":"connect ECONNREFUSED ${peer}"}\n`;

describe('memory stays bounded', () => {
  it('with 200,000 subjects, and the report says so', () => {
    const doctor = newDoctor();
    let lines = '';
    for (let index = 0; index < 200_000; index++) {
      lines += REFUSED(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}:5432`);
      if (index % 5_000 !== 4_999) continue;
      doctor.feed('api.log', Buffer.from(lines));
      lines = '';
    }
    const { diagnoses, problems, summary } = doctor.report();
    expect(summary.matchedRecords).toBe(200_000);
    const findings = diagnoses.flatMap((diagnosis) => diagnosis.findings);
    expect(diagnoses.length).toBe(findings.length);
    expect(findings.length).toBeLessThanOrEqual(201);
    expect(findings.reduce((sum, { count }) => sum + count, 0)).toBe(200_000);
    expect(problems).toEqual([
      { code: 'subjects-dropped', message: '199800 matches were counted without telling their subjects apart' },
    ]);
    const others = findings.filter(({ subject }) => subject === 'other subjects');
    expect(others.map(({ count, captures }) => ({ count, captures }))).toEqual([{ count: 199_800, captures: {} }]);
  });

  it('with 200,000 messages that nothing explains, and the report says so', () => {
    const doctor = newDoctor();
    let lines = '';
    for (let index = 0; index < 200_000; index++) {
      lines += `{"level":50,"time":1795264800000,"pid":1,"hostname":"vm","msg":"the ${wordOf(index)} shelf is odd"}\n`;
      if (index % 5_000 !== 4_999) continue;
      doctor.feed('api.log', Buffer.from(lines));
      lines = '';
    }
    const { unexplained, problems, summary } = doctor.report();
    expect(summary.unexplained).toBe(200_000);
    expect(unexplained.length).toBe(1_001);
    expect(unexplained.reduce((sum, { count }) => sum + count, 0)).toBe(200_000);
    expect(unexplained[0]).toMatchObject({ template: '(further errors, not kept apart)', count: 199_000 });
    expect(problems).toEqual([
      {
        code: 'subjects-dropped',
        message: '199000 unexplained errors were counted without telling their wordings apart',
      },
    ]);
  });
});

/** A word of letters alone, another one for each number. */
function wordOf(index: number): string {
  return Array.from({ length: 6 }, (_, place) =>
    String.fromCharCode(0x61 + (Math.floor(index / 20 ** place) % 20)),
  ).join('');
}

describe('options', () => {
  const log = [
    '2026-11-21T10:00:00Z ERROR connect ECONNREFUSED 10.0.0.1:5432',
    '2026-11-21T11:00:00Z ERROR connect ECONNREFUSED 10.0.0.2:5432',
    '2026-11-21T12:00:00Z ERROR connect ECONNREFUSED 10.0.0.3:5432',
    '2026-11-21T12:00:01Z INFO connected',
    '',
  ].join('\n');
  const hostsWith = (options: DoctorOptions, text = log): readonly string[] => {
    const report = inOnePiece([{ name: 'api.log', bytes: Buffer.from(text) }], options);
    return report.diagnoses
      .flatMap(({ findings }) => findings.map(({ captures }) => captures['host'] ?? ''))
      .toSorted();
  };

  it('since and until keep what lies between, bounds included', () => {
    const at = (hour: number): number => Date.UTC(2026, 10, 21, hour);
    expect(hostsWith({})).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    expect(hostsWith({ since: at(11) })).toEqual(['10.0.0.2', '10.0.0.3']);
    expect(hostsWith({ until: at(11) })).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(hostsWith({ since: at(11), until: at(11) })).toEqual(['10.0.0.2']);
    expect(hostsWith({ since: at(13) })).toEqual([]);
  });

  it('since and until keep records without a time', () => {
    const untimed = 'Error: connect ECONNREFUSED 10.0.0.9:5432\n';
    expect(hostsWith({ since: NOW, until: NOW }, untimed)).toEqual(['10.0.0.9']);
  });

  it('the least severity leaves out what is known to be below it', () => {
    const warning = log.replace('ERROR connect ECONNREFUSED 10.0.0.2', 'WARN connect ECONNREFUSED 10.0.0.2');
    expect(hostsWith({ minSeverity: 'error' }, warning)).toEqual(['10.0.0.1', '10.0.0.3']);
    expect(hostsWith({ minSeverity: 'warning' }, warning)).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    expect(hostsWith({ minSeverity: 'fatal' }, `connect ECONNREFUSED 10.0.0.9:5432\n${warning}`)).toEqual(['10.0.0.9']);
  });

  it('the time zone places stamps that name none', () => {
    const zoneless = '2026-11-21 10:00:00,000 ERROR shop: connect ECONNREFUSED 10.0.0.1:5432\n';
    const firstSeen = (options: DoctorOptions): number | undefined =>
      inOnePiece([{ name: 'api.log', bytes: Buffer.from(zoneless) }], options).summary.firstSeen;
    expect(firstSeen({})).toBe(Date.UTC(2026, 10, 21, 10));
    expect(firstSeen({ timezone: 'America/New_York' })).toBe(Date.UTC(2026, 10, 21, 15));
    expect(firstSeen({ timezone: '+02:00' })).toBe(Date.UTC(2026, 10, 21, 8));
    expect(() => newDoctor({ timezone: 'Middle/Earth' })).toThrow(RangeError);
  });

  it('a log format is the only one that is tried', () => {
    const line = REFUSED('10.0.0.1:5432');
    const formatWith = (options: DoctorOptions): string | undefined =>
      inOnePiece([{ name: 'api.log', bytes: Buffer.from(line) }], options).run.sources[0]?.format;
    expect(formatWith({})).toBe('pino');
    expect(formatWith({ logFormat: 'json' })).toBe('json');
    expect(formatWith({ logFormat: 'nginx-error' })).toBe('plain');
  });

  it('rules and conditions can be chosen', () => {
    const conditionsWith = (only: readonly string[], disable: readonly string[]): readonly string[] => {
      const doctor = createDoctor({ knowledge, now: () => NOW, only, disable });
      doctor.feed(log);
      return [...new Set(doctor.report().diagnoses.map(({ condition }) => condition))];
    };
    expect(conditionsWith([], [])).toEqual(['connection-refused']);
    expect(conditionsWith(['deadlock'], [])).toEqual([]);
    expect(conditionsWith(['connection-*'], [])).toEqual(['connection-refused']);
    expect(conditionsWith([], ['connection-refused'])).toEqual([]);
  });
});

describe('sources', () => {
  it('are read independently of each other, whatever the turns', () => {
    const doctor = newDoctor();
    doctor.feed('a.log', Buffer.from('Error: connect ECONNREF'));
    doctor.feed('b.log', Buffer.from('ready\nError: conn'));
    doctor.feed('a.log', Buffer.from('USED 10.0.0.1:5432\n    at f (a.js:1:1)\n'));
    doctor.feed('b.log', Buffer.from('ect ECONNREFUSED 10.0.0.2:5432'));
    const { diagnoses, run, summary } = doctor.report();
    const evidence = diagnoses.flatMap(({ findings }) => findings.flatMap((finding) => finding.evidence));
    const places = evidence.map(({ source, line, endLine }) => `${source}:${line}-${endLine}`);
    expect(places.toSorted()).toEqual(['a.log:1-2', 'b.log:2-2']);
    expect(run.sources.map(({ name, lines }) => [name, lines])).toEqual([
      ['a.log', 2],
      ['b.log', 2],
    ]);
    expect(summary).toMatchObject({ lines: 4, matchedRecords: 2 });
  });

  it('begin anew when they come again after their end', () => {
    const doctor = newDoctor();
    doctor.feed('a.log', Buffer.from('first\nconnect ECONNREFUSED 10.0.0.1:5432'));
    doctor.end('a.log');
    doctor.feed('a.log', Buffer.from('connect ECONNREFUSED 10.0.0.1:5432\n'));
    const { diagnoses, run } = doctor.report();
    expect(diagnoses.map(({ count }) => count)).toEqual([2]);
    expect(diagnoses[0]?.findings[0]?.evidence.map(({ line }) => line)).toEqual([2, 1]);
    expect(run.sources.map(({ name, lines }) => [name, lines])).toEqual([
      ['a.log', 2],
      ['a.log', 1],
    ]);
  });

  it('that are empty are there all the same', () => {
    const doctor = newDoctor();
    doctor.end('empty.log');
    expect(doctor.report().run.sources).toEqual([{ name: 'empty.log', bytes: 0, lines: 0, truncatedLines: 0 }]);
  });

  it('may be fed after a report, and the next one has all of it', () => {
    const doctor = createDoctor({ knowledge, now: () => NOW });
    doctor.feed('connect ECONNREFUSED 10.0.0.1:5432\n');
    expect(doctor.report().summary.matchedRecords).toBe(1);
    doctor.feed('connect ECONNREFUSED 10.0.0.1:5432\n');
    expect(doctor.report().summary.matchedRecords).toBe(2);
    expect(doctor.report().summary.matchedRecords).toBe(2);
  });
});

describe('what is wrong with the input', () => {
  it('is said of the source that it is in', () => {
    const doctor = newDoctor({ maxLineBytes: 600_000 });
    doctor.feed('long.log', Buffer.from(`Error: connect ECONNREFUSED 10.0.0.1:5432 ${'x'.repeat(700_000)}\nok\n`));
    doctor.feed('binary.log', Buffer.from('Error: connect ECONNREFUSED 10.0.0.1:5432 \xff\n', 'latin1'));
    const { problems, run } = doctor.report();
    expect(problems.map(({ code, source }) => [code, source])).toEqual([
      ['line-truncated', 'long.log'],
      ['invalid-encoding', 'binary.log'],
    ]);
    expect(run.sources.map(({ truncatedLines }) => truncatedLines)).toEqual([1, 0]);
  });
});
