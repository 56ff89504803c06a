import type { AttributeTest } from '../model/index.ts';

/** Server errors that programs and proxies answer with. */
const SERVER_ERRORS = [500, 501, 502, 503, 504, 505, 507, 508, 509, 511, 520, 521, 522, 523, 524, 525, 526, 527, 530, 598, 599];

/** How fields that hold a duration in milliseconds are written right before their digits. */
const DURATION_FIELDS = [
  'responsetime":', 'response_time_ms":', 'duration_ms":', 'durationms":', 'elapsed_ms":', 'elapsedms":', 'latency_ms":',
  'latencyms":', 'took_ms":', 'duration":', 'elapsed":', 'durationmillis":', 'responsetime=', 'duration_ms=', 'durationms=',
  'elapsed_ms=', 'latency_ms=', 'took_ms=', 'duration=', ' duration: ', 'completed in ', 'service=', ' ok in ', 'generated ',
  'query_time: ',
];

/**
 * Literals for tests of numbers, whose digits alone are too short: a status as access logs and JSON write it, a duration
 * behind its field's name.
 */
export function attributeLiterals(name: string, test: AttributeTest): readonly string[] | undefined {
  if (name === 'http.response.status_code') return statusLiterals(test);
  if (name !== 'duration_ms' || test.gte === undefined) return undefined;
  const digits = String(Math.floor(test.gte)).length;
  return DURATION_FIELDS.map((field) => withDigits(field, digits));
}

function statusLiterals(test: AttributeTest): readonly string[] | undefined {
  const codes = statusCodes(test);
  if (codes === undefined) return undefined;
  return codes.flatMap((code) => [` ${code} `, `:${code},`, `:${code}}`, `: ${code}`, `=${code} `, `s=${code}`]);
}

function statusCodes(test: AttributeTest): readonly number[] | undefined {
  if (typeof test.equals === 'number') return [test.equals];
  const { gte, lte = 599 } = test;
  if (gte === undefined || gte < 500) return undefined;
  return SERVER_ERRORS.filter((code) => code >= gte && code <= lte);
}

const DIGITS_MARK = '\u0001';

/** A literal that counts only with so many digits behind it, as one string. */
function withDigits(text: string, digits: number): string {
  const isQuery = text.startsWith('query_time') || text === 'generated ';
  return isQuery ? text : `${text}${DIGITS_MARK}${digits}`;
}

/** Takes such a string apart again. */
export function parseLiteral(literal: string): { readonly text: string; readonly minDigits?: number } {
  const mark = literal.indexOf(DIGITS_MARK);
  return mark < 0 ? { text: literal } : { text: literal.slice(0, mark), minDigits: Number(literal.slice(mark + 1)) };
}
