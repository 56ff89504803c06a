import type { Wrapper } from '../wrapper.ts';
import { compose } from './compose.ts';

/** All wrappers, in the order in which they are tried. */
export const WRAPPERS: readonly Wrapper[] = [compose];
