const BORDERS =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle';

/** Makes cli-table3 draw no lines. */
export const NO_BORDERS: Readonly<Record<string, string>> = Object.fromEntries(
  BORDERS.split(' ').map((name) => [name, '']),
);

/** A drawn table without the empty lines and ends that borders leave behind. */
export function trimmedTable(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}
