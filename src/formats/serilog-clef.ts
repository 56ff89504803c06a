import type { LogFormat, ParsedLine } from './format.ts';
import { field, parseJsonObject, type JsonObject } from './json-fields.ts';
import { firstText, jsonRecord, timeOf, wordLevel } from './json-record.ts';
import type { Clock } from './time.ts';

const DEFAULT_LEVEL = { severityNumber: 9, severityText: 'Information' };
const PLACEHOLDER = /\{[@$]?(\w{1,64})(?:,[-\d]{1,8})?(?::[^{}]{1,64})?\}/g;

/**
 * Serilog's compact JSON: `@t`, `@mt` (template) or `@m` (message), `@l` (absent for Information), `@x` (exception).
 * @see https://github.com/serilog/serilog-formatting-compact#format-details
 */
export const serilogClef: LogFormat = {
  id: 'serilog-clef',
  title: 'Serilog (compact JSON)',
  firstCharacters: '{',
  continuation: 'none',
  parse,
  samples: [
    {
      text: '{"@t":"2016-06-07T03:44:57.8532799Z","@mt":"Hello, {User}","User":"nblumhardt"}',
      origin: 'serilog/serilog-formatting-compact README',
      time: '2016-06-07T03:44:57.853280Z',
      severityNumber: 9,
      body: 'Hello, nblumhardt',
      attributes: { User: 'nblumhardt' },
    },
    {
      text: '{"@t":"2016-06-07T03:44:57.8532799Z","@m":"Hello, \\"nblumhardt\\"","@i":"7a8b9c0d","User":"nblumhardt"}',
      origin: 'serilog/serilog-formatting-compact README',
      time: '2016-06-07T03:44:57.853280Z',
      severityNumber: 9,
      body: 'Hello, "nblumhardt"',
    },
  ],
};

function parse(line: string, clock: Clock): ParsedLine | undefined {
  const object = parseJsonObject(line);
  if (object === undefined) return undefined;
  const timestamp = timeOf(object['@t'], clock);
  if (timestamp === undefined) return undefined;
  const trace = firstText(object['@x']);
  const thrown = /^([\w.`+]{1,200}): ([^\r\n]{0,500})/.exec(trace);
  return jsonRecord(object, {
    timestamp,
    level: wordLevel(object['@l']) ?? DEFAULT_LEVEL,
    body: firstText(object['@m'], render(object['@mt'], object), trace),
    known: ['@t', '@m', '@mt', '@l', '@x', '@i', '@tr', '@sp'],
    extra: [
      ['exception.type', thrown?.[1]],
      ['exception.message', thrown?.[2]],
      ['exception.stacktrace', trace === '' ? undefined : trace],
      ['trace_id', firstText(object['@tr']) || undefined],
      ['span_id', firstText(object['@sp']) || undefined],
    ],
  });
}

/** The template with the values of its placeholders. */
function render(template: unknown, object: JsonObject): string {
  if (typeof template !== 'string') return '';
  return template.replace(PLACEHOLDER, (placeholder, name: string) => {
    const value = field(object, name);
    if (value === undefined) return placeholder;
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}
