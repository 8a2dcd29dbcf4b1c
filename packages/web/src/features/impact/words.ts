import { impact } from '../../text/en/impact.ts';
import { wordsOf } from '../../text/t.ts';

export const w = wordsOf(impact);
