const MAX_PAIRS = 256;
const KEY = /[A-Za-z_@][\w.@/:-]{0,127}/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const BARE = /[^\s"]\S*/y;

/**
 * The pairs of a line that begins with one; undefined for a line that is no list of pairs. A word without `=` is allowed
 * among them, but not more words than pairs.
 */
export function readPairs(line: string): ReadonlyMap<string, string> | undefined {
  if (!/^\s{0,8}[A-Za-z_@][\w.@/:-]{0,127}=/.test(line)) return undefined;
  const pairs = new Map<string, string>();
  let at = skipBlanks(line, 0);
  let words = 0;
  while (at < line.length && pairs.size < MAX_PAIRS) {
    const next = readPair(line, at, pairs);
    if (next === undefined) {
      words++;
      at = endOfWord(line, at);
    } else {
      at = next;
    }
    at = skipBlanks(line, at);
  }
  return words > pairs.size ? undefined : pairs;
}

/** Adds the pair that begins here; says where it ends. */
function readPair(line: string, start: number, pairs: Map<string, string>): number | undefined {
  KEY.lastIndex = start;
  const key = KEY.exec(line)?.[0];
  if (key === undefined || line[start + key.length] !== '=') return undefined;
  const at = start + key.length + 1;
  for (const pattern of [QUOTED, BARE]) {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found === null) continue;
    const value = found[1] === undefined ? found[0] : unescapeText(found[1]);
    if (!pairs.has(key)) pairs.set(key, value);
    return at + found[0].length;
  }
  if (!pairs.has(key)) pairs.set(key, line[at] === '"' ? line.slice(at + 1) : '');
  return line[at] === '"' ? line.length : at;
}

function skipBlanks(line: string, start: number): number {
  let at = start;
  while (line[at] === ' ' || line[at] === '\t' || line[at] === ',') at++;
  return at;
}

function endOfWord(line: string, start: number): number {
  const end = line.indexOf(' ', start);
  return end < 0 ? line.length : Math.max(end, start + 1);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** What Go's strconv.Quote escaped. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/g, (_, escape: string) => {
    if (escape.length > 1) return String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
    return ESCAPES[escape] ?? escape;
  });
}
