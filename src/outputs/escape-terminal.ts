/**
 * Characters that could steer a terminal or hide text, and that log text is never allowed to pass on: C0 but tab and
 * newline, DEL, C1, bidirectional and other invisible formatting, fillers, tags, lone surrogates.
 * @see https://www.unicode.org/reports/tr36/#visual_spoofing
 */
export const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\u{1bca0}-\u{1bca3}]|[\u{1d173}-\u{1d17a}]|[\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;

/**
 * Text of logs, made safe for a terminal: control characters (C0, DEL, C1), bidirectional and invisible formatting
 * characters, tag characters and lone surrogates are shown as escapes; tabs become blanks. Newlines stay.
 */
export function escapeForTerminal(text: string): string {
  return text.replaceAll('\t', '  ').replaceAll(INVISIBLE, shown);
}

/** The same on one line: newlines become a visible mark. */
export function escapeLine(text: string): string {
  return escapeForTerminal(text).replaceAll('\n', ' ⏎ ');
}

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
