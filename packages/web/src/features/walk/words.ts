import { walk } from '../../text/en/walk.ts';
import { wordsOf } from '../../text/t.ts';

/** The words of this feature, which load with its pages and not with the first one. */
export const w = wordsOf(walk);
