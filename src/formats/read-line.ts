import type { AttributeValue } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { clockNear, type Clock } from './time.ts';
import type { PeeledLine, Wrapper } from './wrapper.ts';

const MAX_WRAPPERS = 4;

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
  const first = line.charAt(0);
  for (const wrapper of wrappers) {
    if (wrapper.firstCharacters !== undefined && !wrapper.firstCharacters.includes(first)) continue;
    const layer = wrapper.peel(line, clock);
    if (layer === undefined) continue;
    ids.push(wrapper.id);
    return layer;
  }
  return undefined;
}

function join(inner: string, wrappers: readonly string[], layers: readonly PeeledLine[]): ReadLine {
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
  const first = line.charAt(0);
  for (const format of formats) {
    if (format.firstCharacters !== undefined && !format.firstCharacters.includes(first)) continue;
    const parsed = format.parse(line, clock);
    if (parsed !== undefined) return { format, parsed };
  }
  return undefined;
}
