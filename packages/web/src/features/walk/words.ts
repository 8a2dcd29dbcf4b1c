import { walk } from '../../text/en/walk.ts';
import { wordsOf } from '../../text/t.ts';

export const w = wordsOf(walk);
