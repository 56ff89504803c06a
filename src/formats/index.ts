import type { LogFormat } from './format.ts';
import { pino } from './pino.ts';

export type { FormatSample, LogFormat, OpenLines, ParsedLine } from './format.ts';
export type { PeeledLine, Wrapper, WrapperSample } from './wrapper.ts';
export { peelLine, parseLine, type ReadLine } from './read-line.ts';
export { fixedClock, readIsoStamp, zonedClock, type Clock } from './time.ts';
export { WRAPPERS } from './wrappers/index.ts';

/** All formats, the most specific first: the first one that understands a line has it. */
export const FORMATS: readonly LogFormat[] = [pino];
