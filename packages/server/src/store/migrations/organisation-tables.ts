import { kernelTables } from './001-kernel/grants.ts';
import { treeTables } from './004-log-tree.ts';
import { aroundTables } from './005-around.ts';
import { markTables } from './007-marks.ts';
import { usedMarkTables } from './012-used-marks.ts';
import { readingTables } from './017-reading.ts';
import { dutyTables } from './018-duties.ts';
import { outsideTables } from './021-outside.ts';
import { provisioningTables } from './023-provisioning.ts';
import { resetTables } from './025-resets.ts';
import { waiverTables } from './027-duty-waivers.ts';
import { proposalTables } from './034-proposals.ts';
import { opinionTables } from './037-risk-opinions.ts';
import { personExportTables } from './041-person-exports.ts';
import { mailDomainTables } from './069-mail-domains.ts';

/** Tables that hold one organisation's rows: each has a row-level security policy. */
export const organisationTables = [
  ...kernelTables,
  ...treeTables,
  ...aroundTables,
  ...markTables,
  ...usedMarkTables,
  ...dutyTables,
  ...readingTables,
  ...outsideTables,
  ...provisioningTables,
  ...resetTables,
  ...waiverTables,
  ...proposalTables,
  ...opinionTables,
  ...personExportTables,
  ...mailDomainTables,
] as const;
