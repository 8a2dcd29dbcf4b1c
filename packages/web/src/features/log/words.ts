import { log } from '../../text/en/log.ts';
import { en } from '../../text/en.ts';
import { wordsOf } from '../../text/t.ts';

/** The words of the log's pages beside those of every page: they load with the first of them. */
export const t = wordsOf({ ...en, ...log });
