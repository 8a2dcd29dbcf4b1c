import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';
import { dataProtectionRoleOptions, partyOptions, stageOptions } from './vocabulary/roles.ts';

/**
 * Who along the chain owes which duty (A.10.2). `stages` says for which life-cycle stages it is settled; it is in
 * force while `inWriting` is yes and the day lies between `validFrom` and `validTo`.
 */
export const responsibility = defineKind({
  name: 'responsibility',
  prefix: 'RSP',
  collection: 'responsibilities',
  label: 'Responsibility',
  plural: 'Responsibilities',
  purpose:
    'Which party owes which duty at which stage, and where that is written (A.10.2). Without it nobody answers when something goes wrong.',
  regime: 'factual',
  fields: {
    name: named('Duty', ['duty', 'responsibility', 'task']),
    description: f.text({ label: 'What is owed', station: 'supply', max: 2000 }),
    holder: f.choice(partyOptions, {
      label: 'Who holds it',
      station: 'supply',
      column: true,
      alsoCalled: ['party', 'responsible party'],
    }),
    holderName: f.line({ label: 'Name of that party', station: 'supply' }),
    otherParties: f.list({ label: 'Other parties', station: 'supply' }),
    owner: owned('Who looks after this agreement here.', 'ownership'),
    stages: f.choices(stageOptions, {
      label: 'Life-cycle stages',
      station: 'supply',
      alsoCalled: ['stage', 'phase'],
    }),
    inWriting: f.answer({ label: 'In writing', station: 'supply' }),
    reference: f.line({
      label: 'Contract clause or mandate',
      station: 'supply',
      alsoCalled: ['contract clause', 'clause', 'contract'],
    }),
    dataProtectionRole: f.choice(dataProtectionRoleOptions, {
      label: 'Data protection role of that party',
      station: 'supply',
    }),
    informationAndAccess: f.answer({
      label: 'Fixes information, capability and access',
      help: 'Asked of agreements on parts of a high-risk system (EU AI Act 25(4)).',
      station: 'supply',
    }),
    validFrom: f.day({ label: 'Valid from', station: 'supply', column: true, alsoCalled: ['start date'] }),
    validTo: f.day({ label: 'Valid to', station: 'supply', column: true, alsoCalled: ['end date'] }),
  },
  index: ['title', 'state', 'owner', 'holder', 'validFrom', 'validTo'],
  relations: {
    system: withinSystem('Responsibilities'),
    supplier: uses('supplier', { label: 'Supplier', inverse: 'Responsibilities', many: false }),
    agreement: about('document', { label: 'Agreement', inverse: 'Settles responsibility' }),
  },
  material: ['description', 'holder', 'stages', 'inWriting', 'validFrom', 'validTo', 'supplier'],
  lifecycle: {
    initial: 'in-force',
    mayBeBroughtIn: true,
    states: {
      proposed: { label: 'Proposed', shape: 'hollow' },
      'in-force': { label: 'In force', shape: 'full' },
      ended: { label: 'Ended', shape: 'crossed', ended: true },
    },
    transitions: {
      propose: { label: 'Propose again', from: ['ended'], to: 'proposed' },
      agree: {
        label: 'Agree',
        from: ['proposed'],
        to: 'in-force',
        requires: ['owner', 'holder', 'validFrom'],
        takenBy: 'owner',
      },
      end: { label: 'End', from: ['proposed', 'in-force'], to: 'ended' },
    },
  },
  serves: ['A.10.2', 'A.10.3', 'A.10.4'],
});
