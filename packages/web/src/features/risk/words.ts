import { risk } from '../../text/en/risk.ts';
import { wordsOf } from '../../text/t.ts';

/** The words of the rating, which load with its page. */
export const w = wordsOf(risk);
