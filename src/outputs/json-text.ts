import { INVISIBLE } from './escape-terminal.ts';

/**
 * JSON on one line or indented. Characters that could steer a terminal or hide text are written as JSON escapes, and
 * lone surrogates as U+FFFD, which strict readers accept.
 */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(
    value,
    (_, field: unknown) => (typeof field === 'string' ? field.toWellFormed() : field),
    indent,
  );
  return text.replaceAll(INVISIBLE, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
