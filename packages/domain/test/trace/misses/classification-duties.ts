/** Each way in which a derogation or an obligation of a class is missed: what the class brings with it. */
import { bound, home, pair, seenToWith, set } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { duty, having } from '../world.ts';

const past = (item: string) => {
  const one = duty(item);
  return { ...one, fields: { ...one.fields, appliesTo: '2026-10-31' } };
};

export const classificationDutyMisses: readonly Miss[] = [
  [
    'CL7',
    'the derogation is not registered',
    () =>
      bound('OB-49-2', set('cla-1', { outcomes: ['annex-iii-derogated'], derogationReason: 'Narrow task' })),
    [
      'CLA-1 has no documented assessment or no registration of the derogation.',
      '2026-03-01',
      'Document CLA-1 → edit registeredOn of cla-1',
    ],
  ],
  [
    'CL7',
    'the registration is missing',
    () =>
      bound(
        'OB-49-2',
        set('cla-1', {
          outcomes: ['annex-iii-derogated'],
          derogationReason: 'Narrow task',
          registeredOn: null,
        }),
      ),
    [
      'CLA-1 has no documented assessment or no registration of the derogation.',
      '2026-03-01',
      'Document CLA-1 → edit registeredOn of cla-1',
    ],
  ],
  [
    'CL7',
    'nothing is documented of two',
    () => bound('OB-49-2', pair('cla-1', { fields: { outcomes: ['annex-iii-derogated'] } })),
    [
      'CLA-1 and CLA-1-B have no documented assessment or no registration of the derogation.',
      '2026-03-01',
      'Document CLA-1 → edit derogationReason of cla-1',
    ],
  ],
  [
    'CL8',
    'duties follow and none is registered',
    () => set('cla-1', { outcomes: ['t-interaction'] }),
    [
      'Duties follow from CLA-1, and none is in the register.',
      '2026-03-01',
      'Record the duties → new obligation with system sys-1, source law',
    ],
  ],
  [
    'CL8',
    'the last day of a duty is over, and nobody else ended it',
    () => having([past('OB-4')]),
    [
      'OBL-OB-4 names a last day that is over, and is not ended by somebody else than who wrote it: law binds until then.',
      '2026-10-31',
      'End OBL-OB-4 → end obl-ob-4',
    ],
  ],
  [
    'CL8',
    'the last days of two are over',
    () => having([past('OB-4'), past('OB-5')]),
    [
      'OBL-OB-4 and OBL-OB-5 name a last day that is over, and are not ended by somebody else than who wrote it: law binds until then.',
      '2026-10-31',
      'End OBL-OB-4 → end obl-ob-4',
    ],
  ],
  [
    'CL8',
    'a duty has nothing that meets it',
    () => having([{ ...duty('OB-4'), links: home }]),
    [
      'OBL-OB-4 has no active owner, no date or no record that meets the duty.',
      '2026-03-01',
      'Complete OBL-OB-4 → edit metBy of obl-ob-4',
    ],
  ],
  [
    'CL8',
    'the owner of a duty left',
    () => having([{ ...duty('OB-4'), owner: 'gone' }]),
    [
      'OBL-OB-4 has no active owner, no date or no record that meets the duty.',
      '2026-03-01',
      'Complete OBL-OB-4 → edit owner of obl-ob-4',
    ],
  ],
  [
    'CL8',
    'duties follow from two classes and none is registered',
    () => pair('cla-1', { fields: { outcomes: ['high-risk-annex-iii'], classifiedOn: null } }),
    [
      'Duties follow from CLA-1 and CLA-1-B, and none is in the register.',
      '2026-03-01',
      'Record the duties → new obligation with system sys-1, source law',
    ],
  ],
  [
    'CL8',
    'a duty has no day',
    () => {
      const duties = { ...duty('OB-4'), fields: { source: 'law', item: 'OB-4' } };
      return having([duties]);
    },
    [
      'OBL-OB-4 has no active owner, no date or no record that meets the duty.',
      '2026-03-01',
      'Complete OBL-OB-4 → edit appliesFrom of obl-ob-4',
    ],
  ],
  [
    'CL8',
    'two duties lead nowhere',
    () =>
      having([
        { ...duty('OB-4'), links: home },
        { ...duty('OB-5'), links: home },
      ]),
    [
      'OBL-OB-4 and OBL-OB-5 have no active owner, no date or no record that meets the duty.',
      '2026-03-01',
      'Complete OBL-OB-4 → edit metBy of obl-ob-4',
    ],
  ],
  [
    'CL8',
    'nobody answers for the requirement that a duty is seen to with, whoever answers for the duty',
    () => seenToWith({ owner: null }),
    [
      'OBL-OB-4 has no active owner, no date or no record that meets the duty.',
      '2026-03-01',
      'Complete OBL-HOUSE → edit owner of obl-house',
    ],
  ],
  [
    'CL8',
    'a requirement that is not in force sees to nothing',
    () => seenToWith({ state: 'declined' }),
    [
      'OBL-OB-4 is seen to with OBL-HOUSE: not in force, of another system, referring on, or asking for something else.',
      '2026-03-01',
      'Say what OBL-OB-4 is seen to with → edit refersTo of obl-ob-4',
    ],
    [
      'OBL-OB-4 has no active owner, no date or no record that meets the duty.',
      '2026-03-01',
      'Complete OBL-OB-4 → edit metBy of obl-ob-4',
    ],
  ],
];
