import type { Attributes } from '../model/index.ts';
import type { ParsedLine } from './format.ts';
import { severityOfWord } from './levels.ts';
import { readIsoStamp, type Clock } from './time.ts';

const HEAD =
  /^\[(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d,\d{3}(?:Z|[+-]\d\d:\d\d)?)\] ?\[(TRACE|DEBUG|INFO|WARN|ERROR|FATAL) *\] ?\[([\w.$-]{1,200}) *\] ?/;
const NODE = /^\[([\w.-]{1,128})\] /;

/** A line of the log4j2 layout that Elasticsearch brought up: `[time][LEVEL][logger][node] message`. */
export interface ElasticLine {
  readonly logger: string;
  readonly line: ParsedLine;
}

/** Reads `[time][LEVEL][logger][node] message`; undefined for other lines. */
export function readElasticLine(line: string, clock: Clock): ElasticLine | undefined {
  const found = HEAD.exec(line);
  if (found === null) return undefined;
  const [head, stamp = '', level = '', logger = ''] = found;
  const instant = readIsoStamp(stamp, clock)?.instant;
  const severityNumber = severityOfWord(level);
  if (instant === undefined || severityNumber === undefined) return undefined;
  const rest = line.slice(head.length);
  const node = NODE.exec(rest);
  const attributes: Attributes = new Map([['log.logger', logger]]);
  if (node?.[1] !== undefined) attributes.set('node.name', node[1]);
  const body = node === null ? rest : rest.slice(node[0].length);
  return { logger, line: { timestamp: instant, severityNumber, severityText: level, body, attributes } };
}
