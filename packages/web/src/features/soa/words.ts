import { soa } from '../../text/en/soa.ts';
import { wordsOf } from '../../text/t.ts';

/** The words of the statement, which load with its page. */
export const w = wordsOf(soa);
