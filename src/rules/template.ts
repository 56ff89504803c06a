import type { Captures } from '../model/index.ts';

const PLACEHOLDER = /\{\{\s*([A-Za-z_][\w.]*)\s*(?:\|([^{}]*))?\}\}/g;

/** Fills `{{name}}` and `{{name|fallback}}`; what has neither value nor fallback becomes the name in angle brackets. */
export function fillTemplate(template: string, captures: Captures): string {
  return template.replace(PLACEHOLDER, (_whole, name: string, fallback: string | undefined) => {
    const value = Object.hasOwn(captures, name) ? captures[name] : undefined;
    return value !== undefined && value !== '' ? value : (fallback ?? `<${name}>`);
  });
}

/** Characters that mean nothing to a shell: captures come from log text, which anyone may have written. */
const SHELL_SAFE = /^[\w.:/@%+=,-]+$/;

/** The same for a command: a capture that a shell could read as anything but a word gives way to the fallback. */
export function fillCommand(template: string, captures: Captures): string {
  const safe = Object.entries(captures).filter(([, value]) => SHELL_SAFE.test(value) && !value.startsWith('-'));
  return fillTemplate(template, Object.fromEntries(safe));
}

export interface Placeholder {
  readonly name: string;
  readonly hasFallback: boolean;
}

export function placeholders(template: string): Placeholder[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name = '', fallback]) => ({ name, hasFallback: fallback !== undefined }));
}
