import type { Rows } from './row.ts';
import { accountRows } from './rows-account.ts';
import { peopleRows } from './rows-people.ts';
import { recordRows } from './rows-records.ts';
import { workRows } from './rows-work.ts';

/** What holds of every route. A route without a row here fails the tests. */
export const rows: Rows = { ...accountRows, ...peopleRows, ...recordRows, ...workRows };
