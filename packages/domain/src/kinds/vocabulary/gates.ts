import { options } from '../vocabulary.ts';

/** Gates at the end of life-cycle stages, as the catalogue names them. */
export const gateTypeOptions = options({
  'use-case-approval': 'Approval of a use case',
  'design-review': 'Design review',
  'evaluation-verdict': 'Verdict on evaluation',
  'deployment-approval': 'Release',
  'continuation-decision': 'Continuation',
  'decommission-approval': 'Retirement',
});
