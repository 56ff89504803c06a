export { everyLineScanner } from './every-line.ts';
export { LineBlocks, type LineBlock, type LineBlockOptions } from './line-blocks.ts';
export type { LineHit, Literal, Scanner, ScanResult } from './scanner.ts';
export { strideScanner } from './stride-scanner.ts';
