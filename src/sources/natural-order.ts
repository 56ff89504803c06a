const COLLATOR = new Intl.Collator('en', { numeric: true });

/** Orders names as people do: `app.log.9` before `app.log.10`. The same on every machine. */
export function compareNaturally(a: string, b: string): number {
  return COLLATOR.compare(a, b) || (a < b ? -1 : Number(a > b));
}
