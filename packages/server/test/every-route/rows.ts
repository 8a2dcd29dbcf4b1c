import type { Rows } from './row.ts';
import { accessRows } from './rows-access.ts';
import { accountRows } from './rows-account.ts';
import { classificationRows } from './rows-classification.ts';
import { crosswalkRows } from './rows-crosswalk.ts';
import { dutyRows } from './rows-duties.ts';
import { enteringRows } from './rows-entering.ts';
import { gateRows } from './rows-gates.ts';
import { groupRows } from './rows-groups.ts';
import { impactRows } from './rows-impact.ts';
import { peopleRows } from './rows-people.ts';
import { providerRows } from './rows-provider.ts';
import { recordRows } from './rows-records.ts';
import { riskRows } from './rows-risk.ts';
import { soaRows } from './rows-soa.ts';
import { workRows } from './rows-work.ts';

/** An account is a person's own, whatever their roles. */
const personal: Rows = Object.fromEntries(
  Object.entries(accountRows).map(([name, row]) => [name, { ...row, personal: true }]),
);

/** What holds of every route. A route without a row here fails the tests. */
export const rows: Rows = {
  ...personal,
  ...accessRows,
  ...enteringRows,
  ...peopleRows,
  ...groupRows,
  ...dutyRows,
  ...providerRows,
  ...recordRows,
  ...workRows,
  ...classificationRows,
  ...crosswalkRows,
  ...gateRows,
  ...impactRows,
  ...riskRows,
  ...soaRows,
};
