import { proposals } from '../text/en/proposals.ts';
import { wordsOf } from '../text/t.ts';

export const p = wordsOf(proposals);
