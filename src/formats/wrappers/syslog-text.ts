/** A control character as rsyslog writes it; behind a blank it is more likely the number of an issue. */
const ESCAPED = /(?<! )#01([125])(?!\d)/g;
const CHARACTERS: Readonly<Record<string, string>> = { '1': '\t', '2': '\n', '5': '' };
/** PostgreSQL numbers its messages and their lines, so that syslog does not take equal ones for repeated ones. */
const CHUNK = /^\[\d{1,10}-\d{1,6}\] /;

/**
 * A message as its writer wrote it: tabs and newlines that rsyslog escaped, and without PostgreSQL's `[5-2] `.
 * @see https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-SYSLOG-SEQUENCE-NUMBERS
 */
export function syslogText(text: string, ident: string | undefined): string {
  const plain = ident?.startsWith('postgres') === true ? text.replace(CHUNK, '') : text;
  if (!plain.includes('#01')) return plain;
  return plain.replace(ESCAPED, (_, digit: string) => CHARACTERS[digit] ?? '');
}
