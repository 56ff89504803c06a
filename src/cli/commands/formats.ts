import { FORMATS, WRAPPERS } from '../../formats/index.ts';
import type { Io } from '../io.ts';

/** Lists what is understood: formats for `--log-format`, and the wrappers that are peeled off first. */
export function formatsCommand({ json }: { readonly json?: boolean }, io: Io): void {
  const formats = FORMATS.map(({ id, title, technology }) => ({
    id,
    title,
    ...(technology === undefined ? {} : { technology }),
  }));
  const wrappers = WRAPPERS.map(({ id, title }) => ({ id, title }));
  if (json === true) {
    io.stdout.write(`${JSON.stringify({ formats, wrappers }, null, 2)}\n`);
    return;
  }
  const rows = (entries: readonly { id: string; title: string }[]): string =>
    entries.map(({ id, title }) => `  ${id.padEnd(24)}${title}\n`).join('');
  io.stdout.write(
    `Formats (${formats.length}):\n${rows(formats)}\nWrappers, peeled off first (${wrappers.length}):\n${rows(wrappers)}`,
  );
}
