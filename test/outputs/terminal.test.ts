import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Diagnosis, Report } from '../../src/model/index.ts';
import { renderReport } from '../../src/outputs/index.ts';
import { createDoctor } from '../../src/create-doctor.ts';
import { diagnoseFiles, filesIn, fixture, foldersIn } from '../support/fixtures.ts';
import { incidentReport } from './incident-report.ts';

const STOPPED = incidentReport('postgres-stopped');

function lines(text: string): readonly string[] {
  return text.split('\n');
}

/** Lines that are too wide. Commands, code and addresses stay in one piece to be copied, and may be. */
function tooWide(text: string, columns: number, { diagnoses }: Report): readonly string[] {
  const steps = diagnoses.flatMap(({ recovery }) => recovery);
  const blocks = steps.flatMap(({ run = '', code }) => [run, code?.text ?? '']);
  const commands = diagnoses.map(({ condition }) => `backend-doctor explain ${condition}`);
  const addresses = diagnoses.flatMap(({ references }) => references);
  const lines = [...blocks, ...commands, ...addresses].flatMap((block) => block.split('\n'));
  const copied = new Set(lines.map((line) => line.trim()));
  return text
    .split('\n')
    .filter((line) => stringWidth(line) > columns)
    .filter((line) => !copied.has(line.trim().replace(/^\$ /, '')));
}

/** One diagnosis of the incident with something changed. */
function withDiagnosis(change: Partial<Diagnosis>): Report {
  const [first] = STOPPED.diagnoses;
  if (first === undefined) throw new Error('the incident has no diagnosis');
  return { ...STOPPED, diagnoses: [{ ...first, ...change }] };
}

describe('the width', () => {
  it.each(foldersIn('incidents'))('is never more than that of the terminal: %s', async (incident) => {
    const report = incidentReport(incident);
    for (const columns of [40, 60, 80, 100, 120, 200]) {
      const text = await renderReport(report, 'terminal', { columns });
      expect(tooWide(text, columns, report), `${columns} columns`).toEqual([]);
    }
  });

  it('counts wide characters twice', async () => {
    const title = '接続が拒否されました：データベースが起動していない可能性があります 🚨'.repeat(3);
    const report = withDiagnosis({ title, rootCause: title });
    expect(tooWide(await renderReport(report, 'terminal', { columns: 60 }), 60, report)).toEqual([]);
  });

  it('holds with colours', async () => {
    const [plain, coloured] = await Promise.all(
      [false, true].map((hasColour) => renderReport(STOPPED, 'terminal', { columns: 80, hasColour })),
    );
    expect(coloured?.replaceAll(/\u001b\[\d+(?:;\d+)*m/g, '')).toBe(plain);
  });
});

describe('commands', () => {
  it.each(foldersIn('incidents'))('stay in one piece: %s', async (incident) => {
    const report = incidentReport(incident);
    const shown = lines(await renderReport(report, 'terminal', { columns: 60 })).map((line) => line.trim());
    const steps = report.diagnoses.flatMap(({ recovery }) => recovery.slice(0, 6));
    for (const line of steps.flatMap(({ run = '' }) => run.split('\n')).filter((line) => line.trim() !== '')) {
      expect(
        shown.some((text) => text === `$ ${line}` || text === line.trim()),
        line,
      ).toBe(true);
    }
  });

  it('move left only as far as they need to', async () => {
    const text = await renderReport(
      withDiagnosis({ recovery: [{ step: 'Look', run: `echo ${'x'.repeat(60)}`, risk: 'safe' }] }),
      'terminal',
      { columns: 80 },
    );
    const command = lines(text).find((line) => line.includes('$ echo')) ?? '';
    expect(stringWidth(command)).toBe(80);
  });

  it('are left to the terminal when they fit in no line', async () => {
    const run = `echo ${'word '.repeat(40)}end`;
    const text = await renderReport(withDiagnosis({ recovery: [{ step: 'Look', run }] }), 'terminal', { columns: 80 });
    expect(lines(text)).toContain(`  $ ${run}`);
  });
});

describe('what is left out', () => {
  it('is said of diagnoses', async () => {
    const many = Array.from({ length: 25 }, () => STOPPED.diagnoses)
      .flat()
      .slice(0, 25);
    const report = { ...STOPPED, diagnoses: many, summary: { ...STOPPED.summary, diagnoses: 25 } };
    const text = await renderReport(report, 'terminal', { columns: 80 });
    expect(text).toMatch(/^ {2}25 diagnoses/);
    expect(text).toContain('and 15 further diagnoses: --top 25 shows more, --format json all');
    expect(lines(text).filter((line) => line.includes('confidence'))).toHaveLength(10);
    const none = await renderReport(report, 'terminal', { columns: 80, top: 0 });
    expect(none).toContain('and 25 further diagnoses');
  });

  it('is said of steps and checks', async () => {
    const recovery = Array.from({ length: 9 }, (_, index) => ({ step: `Do number ${index}` }));
    const checklist = Array.from({ length: 7 }, (_, index) => `Check number ${index}`);
    const text = await renderReport(withDiagnosis({ recovery, checklist }), 'terminal');
    expect(text).toContain('and 3 further steps: backend-doctor explain');
    expect(text).toContain('and 1 further check: backend-doctor explain');
  });

  it('is nothing of a long title, cause or proof', async () => {
    const words = Array.from({ length: 60 }, (_, index) => `word${index}`);
    const text = await renderReport(withDiagnosis({ title: words.join(' '), rootCause: words.join(' ') }), 'terminal', {
      columns: 80,
    });
    for (const word of words) expect(text.split(new RegExp(`${word}\\b`))).toHaveLength(3);
  });
});

describe('the headline', () => {
  it('says that nothing was found', async () => {
    const doctor = createDoctor();
    doctor.feed('listening on 3000\n');
    const text = await renderReport(doctor.report(), 'terminal');
    expect(text).toMatch(/^ {2}No known failure found +1 line of log, \d\.\d\d s\n$/);
  });

  it('says that the input is empty', async () => {
    const doctor = createDoctor();
    expect(await renderReport(doctor.report(), 'terminal')).toMatch(/^ {2}The input is empty +0 lines of 0 sources, /);
  });

  it('counts what no rule explains, which is then listed', async () => {
    const doctor = createDoctor();
    doctor.feed('{"level":50,"time":1763700000000,"msg":"the flux capacitor is out of flux"}\n'.repeat(3));
    const text = await renderReport(doctor.report(), 'terminal', { columns: 80 });
    expect(text).toMatch(/^ {2}No known failure found, 3 errors unexplained/);
    expect(text).toContain('Errors that no rule explains');
    expect(text).toContain('×3  error');
    expect(text).toContain('the flux capacitor is out of flux');
  });

  it('tells what was wrong with the input, hints on lines of their own', async () => {
    const report: Report = {
      ...createDoctor().report(),
      problems: [
        {
          code: 'unsupported-archive',
          message: 'It is an xz archive; skipped.',
          source: 'logs/app.log.xz',
          hint: 'xz -d it first',
        },
      ],
    };
    const text = await renderReport(report, 'terminal', { columns: 80 });
    expect(lines(text).slice(-4)).toEqual([
      '  About the input',
      '  logs/app.log.xz: It is an xz archive; skipped. [unsupported-archive]',
      '    hint: xz -d it first',
      '',
    ]);
  });

  it('tells the day when the report spans more than one', async () => {
    const doctor = createDoctor();
    doctor.feed(
      '2026-11-20T23:59:59Z ERROR connect ECONNREFUSED 127.0.0.1:5432\n2026-11-21T00:00:01Z ERROR connect ECONNREFUSED 127.0.0.1:5432\n',
    );
    const text = await renderReport(doctor.report(), 'terminal', { columns: 120 });
    expect(text).toContain('2 times, 11-20 23:59:59 to 11-21 00:00:01');
  });
});

describe('proofs of JSON loggers', () => {
  it.each([
    ['pino.log', 'ERROR (4706 on vm): query failed: connect ECONNREFUSED 127.0.0.1:5599'],
    ['winston-json.log', 'ERROR: query failed connect ECONNREFUSED 127.0.0.1:5599'],
    ['bunyan.log', 'ERROR (shop/4706 on vm): query failed: connect ECONNREFUSED 127.0.0.1:5599'],
    ['ecs-json.log', 'ERROR: query failed: connect ECONNREFUSED 127.0.0.1:5599'],
    [
      'zap-json.log',
      'ERROR <formats/loggers.go:46>: query failed: dial tcp 127.0.0.1:5599: connect: connection refused',
    ],
    ['zerolog.log', 'ERROR: query failed: dial tcp 127.0.0.1:5599: connect: connection refused'],
  ])('%s reads as a person would write it', async (file, proof) => {
    const report = diagnoseFiles([fixture('formats', file)]);
    const text = await renderReport(report, 'terminal', { columns: 160 });
    expect(text).toContain(proof);
    expect(text).not.toContain('"level"');
  });

  it('keep the names of levels that pino does not have', async () => {
    const report = diagnoseFiles([fixture('formats', 'zap-json.log')]);
    expect(await renderReport(report, 'terminal', { columns: 160 })).toContain(
      'DPANIC <formats/loggers.go:48>: should not happen',
    );
  });

  it('are no JSON where the line is too long to be kept whole', async () => {
    const doctor = createDoctor();
    doctor.feed(
      `{"level":50,"time":1763700000000,"padding":"${'x'.repeat(20_000)}","msg":"connect ECONNREFUSED 127.0.0.1:5432"}\n`,
    );
    const text = await renderReport(doctor.report(), 'terminal', { columns: 100 });
    expect(text).toContain('log:1  ERROR: connect ECONNREFUSED 127.0.0.1:5432');
    expect(text).not.toContain('xxxx');
  });
});

describe('hostile files', () => {
  it.each(filesIn('hostile').filter((file) => file.endsWith('.log')))('%s stays within the width', async (file) => {
    const report = diagnoseFiles([fixture('hostile', file)]);
    expect(tooWide(await renderReport(report, 'terminal', { columns: 80 }), 80, report)).toEqual([]);
  });
});
