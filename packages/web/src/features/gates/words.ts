import { gates } from '../../text/en/gates.ts';
import { wordsOf } from '../../text/t.ts';

/** The words of gates, which load with their pages. */
export const w = wordsOf(gates);
