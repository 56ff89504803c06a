const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `500ms`, `5s`, `10m`, `1h`, `2d` → milliseconds; undefined when it is none of these. */
export function parseDurationMs(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  if (found === null) return undefined;
  return Number(found[1]) * (UNITS_MS[found[2] ?? 's'] ?? 1_000);
}
