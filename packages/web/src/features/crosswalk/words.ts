import { crosswalk } from '../../text/en/crosswalk.ts';
import { wordsOf } from '../../text/t.ts';

/** The words of the pages on crosswalk and coverage, which load with them. */
export const w = wordsOf(crosswalk);
