import type { AttributeValue } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { clockNear, type Clock } from './time.ts';
import type { PeeledLine, Wrapper } from './wrapper.ts';

const MAX_WRAPPERS = 4;
const NO_ATTRIBUTES: ReadLine['attributes'] = [];

/** A line without its wrappers. */
export interface ReadLine {
  readonly inner: string;
  /** Ids, outermost first. */
  readonly wrappers: readonly string[];
  /** Which of the interleaved streams of the source the line belongs to; '' where there is only one. */
  readonly stream: string;
  readonly attributes: readonly (readonly [name: string, value: AttributeValue])[];
  /** Of the innermost wrapper that bears one. */
  readonly timestamp?: number;
  readonly severityNumber?: number;
  readonly severityText?: string;
  readonly partial: boolean;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Takes all wrappers off a line, at most four, and the byte order mark with which a file may begin. */
export function peelLine(line: string, wrappers: readonly Wrapper[], clock: Clock): ReadLine {
  const layers: PeeledLine[] = [];
  const ids: string[] = [];
  let inner = line.startsWith(BYTE_ORDER_MARK) ? line.slice(1) : line;
  let near = clock;
  while (layers.length < MAX_WRAPPERS) {
    const layer = peelOnce(inner, wrappers, ids, near);
    if (layer === undefined) break;
    layers.push(layer);
    inner = layer.inner;
    if (layer.timestamp !== undefined) near = clockNear(clock, layer.timestamp);
  }
  return join(inner, ids, layers);
}

function peelOnce(line: string, wrappers: readonly Wrapper[], ids: string[], clock: Clock): PeeledLine | undefined {
  for (const wrapper of startingWith(wrappers, line.charAt(0))) {
    const layer = wrapper.peel(line, clock);
    if (layer === undefined) continue;
    ids.push(wrapper.id);
    return layer;
  }
  return undefined;
}

function join(inner: string, wrappers: readonly string[], layers: readonly PeeledLine[]): ReadLine {
  if (layers.length === 0) return { inner, wrappers, stream: '', attributes: NO_ATTRIBUTES, partial: false };
  const timed = layers.findLast((layer) => layer.timestamp !== undefined);
  const graded = layers.findLast((layer) => layer.severityNumber !== undefined);
  return {
    inner,
    wrappers,
    stream: layers
      .map((layer) => layer.stream ?? '')
      .filter((stream) => stream !== '')
      .join('/'),
    attributes: layers.flatMap((layer) => layer.attributes ?? []),
    ...(timed?.timestamp === undefined ? {} : { timestamp: timed.timestamp }),
    ...(graded?.severityNumber === undefined ? {} : { severityNumber: graded.severityNumber }),
    ...(graded?.severityText === undefined ? {} : { severityText: graded.severityText }),
    partial: layers.some((layer) => layer.partial === true),
  };
}

/** A line that a format understood. */
interface FormattedLine {
  readonly format: LogFormat;
  readonly parsed: ParsedLine;
}

/**
 * Reads a line with the first format that understands it. What was peeled out of JSON may hold several lines: the first
 * decides, the others go into the body.
 */
export function parseLine(text: string, formats: readonly LogFormat[], clock: Clock): FormattedLine | undefined {
  const end = text.indexOf('\n');
  if (end < 0) return parseSingle(text, formats, clock);
  const found = parseSingle(text.slice(0, end), formats, clock);
  if (found === undefined) return text.startsWith('{') ? parseSingle(text, formats, clock) : undefined;
  return { format: found.format, parsed: { ...found.parsed, body: found.parsed.body + text.slice(end) } };
}

function parseSingle(line: string, formats: readonly LogFormat[], clock: Clock): FormattedLine | undefined {
  for (const format of startingWith(formats, line.charAt(0))) {
    const parsed = format.parse(line, clock);
    if (parsed !== undefined) return { format, parsed };
  }
  return undefined;
}

interface WithFirstCharacters {
  readonly firstCharacters?: string;
}

const byFirstCharacter = new WeakMap<readonly WithFirstCharacters[], Map<string, readonly WithFirstCharacters[]>>();

/** Those of the entries that a line beginning with this character can be read by, in their order. */
function startingWith<T extends WithFirstCharacters>(entries: readonly T[], first: string): readonly T[] {
  const canRead = ({ firstCharacters }: T): boolean => firstCharacters === undefined || firstCharacters.includes(first);
  if (first > '\u00ff') return entries.filter(canRead);
  const table = byFirstCharacter.get(entries) ?? new Map<string, readonly WithFirstCharacters[]>();
  byFirstCharacter.set(entries, table);
  const known = table.get(first) as readonly T[] | undefined;
  if (known !== undefined) return known;
  const found = entries.filter(canRead);
  table.set(first, found);
  return found;
}
