import { f } from './fields.ts';
import { defineKind } from './kind.ts';

/** An AI model, shared by systems that use it (A.4.2, A.4.4). */
export const model = defineKind({
  name: 'model',
  prefix: 'MDL',
  collection: 'models',
  label: 'AI model',
  plural: 'Models',
  purpose: 'Models that systems use, with origin, licence and limits (A.4.4).',
  regime: 'factual',
  fields: {
    name: f.line({ label: 'Name', required: true, column: true }),
    owner: f.member({ label: 'Owner', column: true }),
  },
  index: ['title', 'state', 'owner'],
  lifecycle: {
    initial: 'in-use',
    states: {
      'in-use': { label: 'In use', shape: 'full', live: true },
      withdrawn: { label: 'Withdrawn', shape: 'crossed', ended: true },
    },
    transitions: { withdraw: { label: 'Withdraw', from: ['in-use'], to: 'withdrawn' } },
  },
  serves: ['A.4.2', 'A.4.4'],
});
