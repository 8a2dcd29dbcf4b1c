import { bound, excluding, finding, home, incident, moved, rights, seenToWith, set } from './breaks.ts';
import { approved, record, type World } from './kit.ts';
import { changed, duty, having, havingShared } from './world.ts';

/** A duty of law, and a regulatory file that was made before the system went live. */
const filed = (item: string, fields: { readonly type: string }) =>
  having(
    [
      record('regulatory-file', 'rgf-1', {
        ...approved,
        state: 'made',
        fields: { ...fields, doneOn: '2026-01-20' },
        links: { ...home, obligations: [`obl-${item.toLowerCase()}`] },
      }),
    ],
    bound(item),
  );

/** Worlds in which rules hold that do not apply in the good one. */
export const holdings: readonly (readonly [rule: string, world: () => World])[] = [
  ['SC2', excluding],
  ['OW5', () => bound('OB-26-2')],
  [
    'UC4',
    () =>
      having([
        record('use-case', 'uc-9', {
          state: 'retired',
          fields: { closingNote: 'Replaced', retiredOn: '2026-05' },
          links: home,
        }),
      ]),
  ],
  ['UC6', () => bound('OB-26-1')],
  ['SU8', () => bound('OB-25-4')],
  ['SU9', () => bound('OB-26-4')],
  [
    'CL7',
    () =>
      bound(
        'OB-6-4',
        set('cla-1', {
          outcomes: ['annex-iii-derogated'],
          derogationReason: 'Narrow task',
          registeredOn: '2026-08-01',
        }),
      ),
  ],
  [
    'CL5',
    // The rules moved on, and the result was found equal under those of now.
    () =>
      set('cla-1', {
        ruleVersion: 'an older one',
        answers: [{ fact: 'meets_ai_definition', answer: 'no' }],
        outcomes: ['not-ai-system'],
      }),
  ],
  ['CL8', () => bound('OB-4')],
  ['CL8', () => seenToWith()],
  ['IM6', () => bound('OB-27')],
  ['IM7', () => bound('OB-27', set('ia-1', rights))],
  ['RI7', () => bound('OB-9')],
  ['CO2', () => set('apl-2', { decision: 'excluded', justification: 'No model is trained here' })],
  ['CO4', () => having([{ ...duty('OB-8'), links: { ...home, controls: ['ctl-1'] } }])],
  [
    'CO5',
    () =>
      changed(
        'rsk-1',
        { fields: { acceptanceType: 'interim' } },
        moved(
          { firstPlannedOn: '2026-12-01', plannedOn: '2027-01-31', movedBecause: 'Supplier' },
          { interimRisk: ['rsk-1'] },
        ),
      ),
  ],
  ['IN3', () => changed('not-1', { links: { obligations: ['obl-ob-50-3'] } }, bound('OB-50-3'))],
  ['IN4', () => bound('OB-26-7')],
  ['OP7', () => bound('OB-26-5')],
  ['OP4', () => bound('OB-26-6')],
  ['OP8', () => filed('OB-72', { type: 'post-market-plan' })],
  ['RE6', () => filed('OB-43', { type: 'conformity-assessment' })],
  ['RE7', () => filed('OB-26-8', { type: 'registration' })],
  [
    'EV5',
    () =>
      having([
        record('control-test', 'tst-2', {
          state: 'concluded',
          fields: { conclusion: 'not-effective', testedOn: '2026-11-01' },
          links: home,
        }),
        record('nonconformity', 'ncr-2', {
          ...{ state: 'open', owner: 'ann' },
          fields: { grade: 'minor', detectedOn: '2026-11-15', description: 'No second reading' },
          links: { ...home, test: ['tst-2'] },
        }),
      ]),
  ],
  ['AS2', () => set('cla-2', { tier: 'high' })],
  ['AS4', () => incident({ triageBy: '2026-11-25T09:00:00Z' })],
  [
    'AS5',
    () =>
      having(
        [duty('OB-73')],
        incident({ serious: 'yes', reports: [{ to: 'Authority', due: '2026-11-15', sent: '2026-11-15' }] }),
      ),
  ],
  ['AS6', () => finding({ grade: 'minor', answerDue: '2026-12-01' })],
  [
    'CR5',
    () =>
      havingShared([record('nonconformity', 'ncr-2', { state: 'closed', links: { controls: ['ctl-2'] } })]),
  ],
  ['CR7', () => finding({ grade: 'opportunity', followUp: 'answered-no' })],
];
