import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/index.ts';
import { createDoctor } from '../../src/create-doctor.ts';
import { escapeForTerminal, escapeLine } from '../../src/outputs/escape-terminal.ts';
import { renderReport } from '../../src/outputs/index.ts';
import { jsonText } from '../../src/outputs/json-text.ts';
import { liveLine } from '../../src/outputs/live-line.ts';
import { runBinary } from '../support/binary.ts';
import { diagnoseFiles, filesIn, fixture } from '../support/fixtures.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { incidentReport } from './incident-report.ts';

/** What must not reach a terminal: it steers it, reorders or hides text, or is no text at all. */
const HOSTILE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|[\p{Bidi_Control}\u2028\u2029]|\p{Cf}|\p{Cs}/u;
const COLOURS = /\u001b\[\d+(?:;\d+)*m/g;

/** One of each kind, with what a reader of logs could be made to believe or to lose. */
const CORPUS: Readonly<Record<string, string>> = {
  'C0 controls': '\u0000\u0007\u0008\u000b\u000c\r\u001b\u001f\u007f',
  'C1 controls': '\u0080\u0085\u0090\u009b31m\u009c\u009d\u009f',
  'CSI: clear the screen, move, colour': '\u001b[2J\u001b[1;1H\u001b[31m\u001b[?1049h\u001b[6n',
  'OSC 0: a title': '\u001b]0;all is well\u0007',
  'OSC 8: a link': '\u001b]8;;https://example.com\u001b\\click\u001b]8;;\u001b\\',
  'OSC 52: the clipboard': '\u001b]52;c;cm0gLXJmIH4K\u0007',
  'DCS: a request': '\u001bP$q"p\u001b\\',
  'APC, PM, SOS': '\u001b_G\u001b\\\u001b^x\u001b\\\u001bXx\u001b\\',
  'overwriting by carriage return': 'failed\rok    ',
  'overwriting by backspace': 'failed\b\b\b\b\b\bok    ',
  'bidirectional overrides': '\u202egnp.exe\u202c\u2066x\u2069\u200f\u061c',
  'tag characters': '\u{e0041}\u{e0042}\u{e007f}',
  'zero width': 'pass\u200bword\u200c\u200d\u2060\ufeff\u00ad',
  'line and paragraph separators': 'one\u2028two\u2029three',
  'lone surrogates': '\ud800x\udc00',
  'interlinear annotation': '\ufff9a\ufffab\ufffb',
};

/** Names of fields that come from the tool itself or are checked when rules are loaded. */
const TRUSTED = new Set([
  'severity',
  'risk',
  'condition',
  'id',
  'domain',
  'fingerprint',
  'format',
  'technology',
  'code',
  'kind',
  'atLeast',
  'minSeverity',
  'version',
]);

/** The same data with something appended to every text that a log, a path or a rule could bring. */
function poisoned<T>(value: T, poison: string, name = ''): T {
  if (typeof value === 'string') return (TRUSTED.has(name) ? value : value + poison) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => poisoned(item, poison, name)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      key === 'rule' ? (field as unknown) : poisoned<unknown>(field, poison, key),
    ]),
  ) as T;
}

const REPORT: Report = {
  ...incidentReport('postgres-stopped'),
  unexplained: diagnoseFiles([fixture('hostile', 'terminal-escapes.log')], { disable: ['*'] }).unexplained,
  problems: [{ code: 'read-failed', message: 'Reading stopped.', source: 'app.log', hint: 'try again' }],
};

async function expectHarmless(report: Report): Promise<void> {
  for (const columns of [40, 100]) {
    expect(HOSTILE.exec((await renderReport(report, 'terminal', { columns })).replaceAll('\n', ''))).toBeNull();
    const coloured = await renderReport(report, 'terminal', { columns, hasColour: true });
    expect(HOSTILE.exec(coloured.replaceAll(COLOURS, '').replaceAll('\n', ''))).toBeNull();
  }
  for (const finding of report.diagnoses.flatMap(({ findings }) => findings)) {
    expect(HOSTILE.exec(liveLine(finding, { columns: 200, hasColour: false, top: 1 }))).toBeNull();
  }
  for (const format of ['json', 'ndjson']) {
    const text = await renderReport(report, format);
    expect(HOSTILE.exec(text.replaceAll('\n', ''))).toBeNull();
    for (const line of format === 'json' ? [text] : text.trimEnd().split('\n')) JSON.parse(line);
  }
}

describe('hostile text in every field of a report', () => {
  it.each(Object.entries(CORPUS))('is harmless: %s', async (_, poison) => {
    await expectHarmless(poisoned(REPORT, poison));
  });

  it('is harmless whatever it is', async () => {
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(...Object.values(CORPUS)),
      fc.integer({ min: 0, max: 0x9f }).map((code) => String.fromCharCode(code)),
      fc.integer({ min: 0xe0000, max: 0xe0fff }).map((code) => String.fromCodePoint(code)),
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 12 }), (poison) => expectHarmless(poisoned(REPORT, poison))),
      { numRuns: 60 },
    );
  });
});

describe('hostile log lines', () => {
  it.each(Object.entries(CORPUS))('are harmless as text and as JSON: %s', async (_, poison) => {
    const doctor = createDoctor();
    doctor.feed(
      `2026-11-21T00:00:00Z ERROR ${poison} connect ECONNREFUSED 127.0.0.1:5432 ${poison}\n`,
      `text-${poison}.log`,
    );
    doctor.feed(
      `${JSON.stringify({ level: 50, time: 1763700000000, msg: `${poison} connect ECONNREFUSED ${poison}127.0.0.1:5432` })}\n`,
      'json.log',
    );
    doctor.feed(
      `${JSON.stringify({ level: 50, time: 1763700000000, msg: `unheard of ${poison}` })}\n`,
      'unexplained.log',
    );
    await expectHarmless(doctor.report());
  });

  it.each(filesIn('hostile').filter((file) => file.includes('.log')))(
    'of %s are harmless through the binary',
    async (file) => {
      const cwd = temporaryDirectory();
      const others = ['--format', 'json', '--output', 'json', '--format', 'ndjson', '--output', 'ndjson'];
      const args = [...others, '--format', 'terminal', fixture('hostile', file)];
      const { code, stdout, stderr } = await runBinary(args, { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const written = ['json', 'ndjson'].map((name) => readFileSync(join(cwd, name), 'utf8'));
      for (const text of [stdout, ...written]) expect(HOSTILE.exec(text.replaceAll('\n', ''))).toBeNull();
    },
  );
});

describe('escapes', () => {
  it('show what was there', () => {
    expect(escapeForTerminal('a\u001b[2Jb\u009bc\u202ed\u{e0041}\ud800')).toBe(
      String.raw`a\x1b[2Jb\x9bc\u202ed\u{e0041}\ud800`,
    );
    expect(escapeLine('one\r\ntwo\tthree')).toBe(String.raw`one\x0d ⏎ two  three`);
  });

  it('leave ordinary text of all languages alone', () => {
    for (const text of ['ÄÖÜß naïve', 'データベース', 'база данных', 'قاعدة البيانات', 'ฐานข้อมูล', '🚨🔥', 'e\u0301']) {
      expect(escapeForTerminal(text)).toBe(text);
      expect(jsonText(text)).toBe(JSON.stringify(text));
    }
  });

  it('of JSON read back as the same text, but for lone surrogates', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(jsonText({ text }))).toEqual({ text: text.toWellFormed() });
      }),
    );
  });
});
