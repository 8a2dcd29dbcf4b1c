/** The parts of an impact assessment in the order in which it is filled in, each with the fields that stand in it. */

import { impactDimensions, societalDimensions } from '../kinds/vocabulary/impact.ts';
import type { ImpactPartId } from '../wire-impact.ts';

type Part = { readonly id: ImpactPartId; readonly fields: readonly string[] };

const before: readonly Part[] = [
  {
    id: 'about',
    fields: [
      'togetherReason',
      'context',
      'intendedUse',
      'misuse',
      'failureEffects',
      'jurisdictions',
      'trigger',
      'proposedChange',
      'changeEffectiveOn',
    ],
  },
  { id: 'groups', fields: ['affectedGroups', 'careSought'] },
];
const after: readonly Part[] = [
  {
    id: 'annexes',
    fields: [
      'ropaReference',
      'ropaReason',
      'privacyOwner',
      'dpia',
      'dpiaReason',
      'dpiaReference',
      'dpiaOn',
      'safety',
      'safetyReason',
      'safetyReference',
      'safetyOwner',
      'security',
      'securityReason',
      'securityReference',
      'securityOwner',
    ],
  },
  {
    id: 'rights',
    fields: [
      'fria',
      'friaReason',
      'friaProcesses',
      'friaPeriod',
      'friaOversight',
      'friaMeasures',
      'friaReference',
      'friaOn',
      'friaNotifiedOn',
      'friaAuthority',
      'friaReceipt',
      'friaNotNotified',
    ],
  },
  { id: 'consultation', fields: ['consulted', 'consultation'] },
  {
    id: 'conclusion',
    fields: [
      'benefits',
      'conclusion',
      'continuation',
      'remainingSeverity',
      'owner',
      'assessedOn',
      'nextReview',
      'retention',
      'keepUntil',
    ],
  },
];

export const impactParts: readonly Part[] = [
  ...before,
  ...impactDimensions.map(({ id }) => ({ id, fields: ['effects'] })),
  ...after,
];

/** Effects on society are borne by it; those on persons by individuals or by groups. */
export const isSocietal = (dimension: string): boolean =>
  societalDimensions.some(({ id }) => id === dimension);

/** The part in which a field stands; effects stand in one part per dimension. */
export const partOf = (field: string): ImpactPartId =>
  [...before, ...after].find(({ fields }) => fields.includes(field))?.id ?? 'about';
