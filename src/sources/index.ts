export { expandPaths } from './expand-paths.ts';
export type { ExpandOptions, Expansion } from './expand-paths.ts';
export { followPaths } from './follow.ts';
export type { FollowOptions } from './follow.ts';
export { STDIN } from './input.ts';
export type { FileInput, Input, PipeInput } from './input.ts';
export { openSource, openStream } from './open-source.ts';
export { isPause } from './source.ts';
export type { ReadOptions, Source } from './source.ts';
