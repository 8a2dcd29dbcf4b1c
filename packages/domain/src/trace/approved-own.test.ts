import { expect, test } from 'vitest';
import { act, found, record, trace, type World } from '../../test/trace/kit.ts';
import { changed, goodWorld, having } from '../../test/trace/world.ts';
import { registry } from '../kinds/all.ts';
import { approvedOwn, approvingRules } from './approved-own.ts';
import type { OrganisationInputs, TraceRecord } from './inputs.ts';

type Organisation = Partial<OrganisationInputs>;
const pair: Organisation = { samePersons: [['ann', 'boss']] };
const byAnn = { hands: [{ version: 1, by: ['ann'] }], approvals: [act('approve', { by: 'boss' })] };

/** The world with one record as it is said, in an organisation as it is said. */
const world = (id: string, changes: Partial<TraceRecord>, organisation: Organisation = pair) => {
  const { fields: _, links: __, ...rest } = changes;
  const made = changed(id, rest);
  return { ...made, organisation: { ...made.organisation, ...organisation } };
};
const ownGaps = (made: World) =>
  trace(made)
    .stations.flatMap(({ gaps }) => gaps)
    .filter(({ sentence }) => sentence.join('').includes('written or put forward'))
    .map(({ rule, records, since, action }) => [rule, records, since, action?.do.type]);

const kinds = Object.entries(approvingRules).flatMap(([rule, names]) =>
  names.map((kind) => [rule, kind] as const),
);

test.each(kinds)('%s names an approval of one’s own %s', (rule, kind) => {
  const own = (organisation: Organisation = pair) => {
    const made = having([record(kind, 'one', { state: registry.get(kind).lifecycle.initial, ...byAnn })]);
    return ownGaps({ ...made, organisation: { ...made.organisation, ...organisation } });
  };
  expect(own()).toEqual([[rule, ['one'], '2026-04-01', expect.stringMatching(/^(approve|step|open)$/)]]);
  expect(own({ samePersons: [] })).toEqual([]);
  expect(own({ samePersons: [['ann', 'ben']] })).toEqual([]);
});

test('every kind that belongs to a system and is approved has a rule that names it, but for waivers', () => {
  const named = Object.values(approvingRules).flat();
  const ofSystems = registry.kinds.filter(
    ({ approvable, relations }) => approvable && 'system' in relations && relations.system?.type === 'within',
  );
  expect(ofSystems.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual(['waiver']);
});

test('the rule of each is judged', () => {
  for (const rule of Object.keys(approvingRules)) expect(found(goodWorld(), rule).verdict).not.toBe('gap');
});

test('what was written before the content approved last, or after, makes nobody an author of it', () => {
  const acts = [
    { ...act('approve', { by: 'ben', version: 1 }), digest: 'first' },
    { ...act('approve', { by: 'boss', version: 3, at: '2026-05-01T09:00:00Z' }), digest: 'second' },
  ];
  const wrote = (version: number) =>
    ownGaps(world('uc-1', { approvals: acts, hands: [{ version, by: ['ann'] }] })).length;
  expect([wrote(1), wrote(2), wrote(3), wrote(4)]).toEqual([0, 1, 1, 0]);
});

test('whoever put it forward, or in whose place it was given, counts; other words put forward do not', () => {
  const submitted = (digest: string) => [
    { ...act('submit', { by: 'ann' }), digest },
    act('approve', { by: 'boss' }),
  ];
  const hands = [{ version: 1, by: ['cid'] }];
  expect(ownGaps(world('uc-1', { approvals: submitted('approved'), hands }))).toHaveLength(1);
  expect(ownGaps(world('uc-1', { approvals: submitted('others'), hands }))).toEqual([]);
  const inPlace = [{ ...act('approve', { by: 'ben' }), onBehalfOf: 'boss' }];
  expect(ownGaps(world('uc-1', { ...byAnn, approvals: inPlace }))).toHaveLength(1);
});

test('under a waiver that stood it is waived, and what is over is named no more', () => {
  const waivers = [{ id: 'w', at: '2026-01-01T00:00:00.000Z', lastDay: '2999-12-31', endedAt: null }];
  expect(ownGaps(world('uc-1', byAnn, { ...pair, waivers }))).toEqual([]);
  expect(ownGaps(world('uc-1', { ...byAnn, state: 'rejected' }))).toEqual([]);
});

test('the approval of an author of a document is told beside that of who wrote it', () => {
  const organisation = {
    samePerson: (one: string, other: string) => one === other,
    waiverAt: () => undefined,
  };
  const given = { by: 'boss', onBehalfOf: null, at: '2026-04-01T09:00:00Z', madeBy: ['ann'] };
  expect(approvedOwn(organisation, given, 'ben')).toBe('another');
  expect(approvedOwn(organisation, given, 'boss')).toBe('own');
  expect(approvedOwn(organisation, { ...given, madeBy: ['boss'] }, 'ben')).toBe('own');
  expect(approvedOwn(organisation, given)).toBe('another');
});
