import { classes } from '../../text/en/classes.ts';
import { wordsOf } from '../../text/t.ts';

/** The words of the pages on schemes, which load with them. */
export const w = wordsOf(classes);
