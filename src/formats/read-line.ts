import type { AttributeValue } from '../model/index.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import type { Clock } from './time.ts';
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

/** Takes all wrappers off a line, at most four. */
export function peelLine(line: string, wrappers: readonly Wrapper[], clock: Clock): ReadLine {
  const layers: PeeledLine[] = [];
  const ids: string[] = [];
  let inner = line;
  while (layers.length < MAX_WRAPPERS) {
    const layer = peelOnce(inner, wrappers, ids, clock);
    if (layer === undefined) break;
    layers.push(layer);
    inner = layer.inner;
  }
  return join(inner, ids, layers);
}

function peelOnce(
  line: string,
  wrappers: readonly Wrapper[],
  ids: string[],
  clock: Clock,
): PeeledLine | undefined {
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
    stream: layers.map((layer) => layer.stream ?? '').filter((stream) => stream !== '').join('/'),
    attributes: layers.flatMap((layer) => layer.attributes ?? []),
    ...(timed?.timestamp === undefined ? {} : { timestamp: timed.timestamp }),
    ...(graded?.severityNumber === undefined ? {} : { severityNumber: graded.severityNumber }),
    ...(graded?.severityText === undefined ? {} : { severityText: graded.severityText }),
    partial: layers.some((layer) => layer.partial === true),
  };
}

/** Reads a line with the first format that understands it. */
export function parseLine(
  line: string,
  formats: readonly LogFormat[],
  clock: Clock,
): { readonly format: LogFormat; readonly parsed: ParsedLine } | undefined {
  const first = line.charAt(0);
  for (const format of formats) {
    if (format.firstCharacters !== undefined && !format.firstCharacters.includes(first)) continue;
    const parsed = format.parse(line, clock);
    if (parsed !== undefined) return { format, parsed };
  }
  return undefined;
}
