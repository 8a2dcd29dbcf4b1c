/** The line of a system and the statement answer one question by one rule: whether a planned control counts (CO3, 8.1). */
import { expect, test } from 'vitest';
import { implementation } from '../../test/soa/kit.ts';
import { authority, moved } from '../../test/trace/breaks.ts';
import { act, catalogue, found, now, organisationInputs } from '../../test/trace/kit.ts';
import { reassessed } from '../../test/trace/reassessed.ts';
import { changed, type goodWorld, inForceAs, unapproved, voided, withdrawn } from '../../test/trace/world.ts';
import { Clock } from '../trace/clock.ts';
import { organisationFacts } from '../trace/organisation-facts.ts';
import { planOf } from './placing.ts';

type Made = ReturnType<typeof goodWorld>;
type Patch = Parameters<typeof changed>[1];

const planned = () => moved({ firstPlannedOn: '2027-01-31' }, { interimRisk: ['rsk-1'] });
const borne = (patch: Patch = {}, world: Made = planned()): Made =>
  changed('rsk-1', { ...patch, fields: { acceptanceType: 'interim', ...patch.fields } }, world);
const more: Patch = { fields: { acceptanceType: 'interim', carriedEffects: ['1', '2'] } };
const interim: Patch = { fields: { acceptanceType: 'interim' } };

/** As the line judges the one planned control, and as the statement does. */
function answers(world: Made) {
  const organisation = organisationFacts(organisationInputs(world), catalogue, now);
  const plan = world.own.find(({ id }) => id === 'imp-1') ?? expect.unreachable();
  const { state, fields, links, materialAt } = plan;
  const behind = world.own.filter(({ kind }) => kind === 'risk' || kind === 'impact-assessment');
  const around = {
    organisation,
    clock: new Clock(organisation.today),
    interim: new Map(behind.map((one) => [one.id, one])),
  };
  return {
    line: found(world, 'CO3').verdict,
    statement: planOf(around, implementation('imp-1', state, { fields, links, materialAt })),
  };
}

test.each<[string, () => Made]>([
  ['accepted for the meantime', () => borne()],
  [
    'accepted anew since a finding was judged anew',
    () => {
      const later = { approvals: [act('approve'), act('approve', { at: '2026-07-02T09:00:00Z' })] };
      return borne(later, reassessed({ severity: 'severe' }, planned()));
    },
  ],
  [
    'accepted before an assessment that judges the finding as before',
    () => borne({}, reassessed({}, planned())),
  ],
])('a plan whose interim risk is %s counts in both', (_, world) => {
  expect(answers(world())).toEqual({ line: 'accepted', statement: 'accepted' });
});

test.each<[string, () => Made]>([
  ['nobody accepts', () => borne(unapproved)],
  ['was accepted, and rated otherwise since', () => borne(voided)],
  ['was accepted, which was withdrawn', () => borne(withdrawn)],
  ['was accepted for good', () => borne({ fields: { acceptanceType: 'lasting' } })],
  ['was accepted until a day that is over', () => borne({ fields: { acceptanceUntil: '2026-11-20' } })],
  ['took in a finding since', () => inForceAs('rsk-1', more, interim, planned())],
  [
    'carries a finding that was judged anew since',
    () => borne({}, reassessed({ severity: 'severe' }, planned())),
  ],
  [
    'was accepted before anybody had approved the assessment of its findings',
    () =>
      borne({}, changed('ia-1', { approvals: [act('approve', { at: '2026-06-10T09:00:00Z' })] }, planned())),
  ],
  [
    'was accepted beyond authority',
    () => ({
      ...borne(),
      organisation: { ...authority('interim_risk', 'low', 'boss').organisation },
    }),
  ],
])('a plan whose interim risk %s counts in neither', (_, world) => {
  expect(answers(world())).toEqual({ line: 'gap', statement: 'unaccepted' });
});

test('nor does one whose first day is over', () => {
  const late = moved({ firstPlannedOn: '2026-11-01' }, { interimRisk: ['rsk-1'] });
  expect(answers(borne({}, late))).toEqual({ line: 'gap', statement: 'late' });
});
