import { describe, expect, test } from 'vitest';
import { contextOf, recordIn, refs } from '../../test/trace/context.ts';
import { act, approved, found, record, type World } from '../../test/trace/kit.ts';
import { changed, duty, goodWorld, having, havingShared, without } from '../../test/trace/world.ts';
import { home } from '../../test/trace/world-records.ts';
import type { Json } from '../json.ts';
import { binding, duties, dutiesOf, isPast, lawApplies } from './law.ts';
import { counts, evidenceOf, holes, periods, reachesTo } from './proof.ts';
import {
  applicableControls,
  calledFor,
  demandedControls,
  implementationsOf,
  placeOf,
  soaDecision,
} from './soa.ts';

const set = (id: string, fields: Record<string, Json>, world = goodWorld()) => changed(id, { fields }, world);

describe('duties of law', () => {
  const lawful = (appliesFrom: string, changes: Record<string, Json> = {}) => {
    const one = duty('OB-9', appliesFrom);
    return contextOf(having([{ ...one, fields: { ...one.fields, ...changes } }]));
  };

  test.each([
    ['2026-11-20', 1],
    ['2026-11-21', 1],
    ['2026-11-22', 0],
    ['2026-11', 1],
    ['2026-12', 0],
    ['2026-Q4', 1],
    ['2027-Q1', 0],
    ['2026', 1],
    ['2027', 0],
  ])('one that applies from %s binds today: %i', (from, number) => {
    const c = lawful(from);
    expect(binding(c, duties(c))).toHaveLength(number);
    expect(lawApplies(c, ['OB-9'])).toEqual(
      number === 1 ? null : expect.objectContaining({ verdict: 'not-applicable' }),
    );
    expect(c.clock.nextTurn === null).toBe(number === 1);
  });

  test.each([
    ['2026-11-20', true],
    ['2026-11-21', false],
    ['2026-11', false],
    ['2026-10', true],
    ['2026-Q3', true],
    ['2026', false],
    ['2025', true],
  ])('one that applies until %s binds until somebody ended it, its last day past or not: %s', (to, past) => {
    const c = lawful('2025', { appliesTo: to });
    expect(duties(c)).toHaveLength(1);
    expect(duties(c).map((one) => isPast(c, one))).toEqual([past]);
  });

  test('without a day it binds now, declined or not; without law as its source it is no duty of law', () => {
    const one = duty('OB-9');
    const { appliesFrom: _, ...fields } = one.fields;
    const c = contextOf(having([{ ...one, state: 'declined', fields }]));
    expect(binding(c, dutiesOf(c, ['OB-9', 'OB-10']))).toHaveLength(1);
    expect(dutiesOf(c, ['OB-10'])).toEqual([]);
    expect(duties(lawful('2025', { source: 'contract' }))).toEqual([]);
  });

  test('the organisation’s duty binds where it names the system, once, and only there', () => {
    const named = { ...duty('OB-9'), links: { concerns: ['sys-1'] } };
    expect(duties(contextOf(havingShared([named])))).toHaveLength(1);
    expect(duties(contextOf(havingShared([{ ...named, links: { concerns: ['sys-2'] } }])))).toEqual([]);
  });

  test('of several to come the next one is shown', () => {
    const world = having([duty('OB-9', '2028', 'obl-late'), duty('OB-9', '2027-Q1', 'obl-next')]);
    const judged = lawApplies(contextOf(world), ['OB-9']);
    expect(judged?.verdict === 'not-applicable' ? judged.why : []).toContainEqual({ day: '2027-Q1' });
  });
});

describe('proof', () => {
  const item = (id: string, fields: Record<string, Json>, changes: Partial<ReturnType<typeof record>> = {}) =>
    record('evidence', id, {
      state: 'kept',
      fields,
      links: { ...home, implementation: ['imp-1'] },
      ...changes,
    });

  test('speaks by naming the implementation, or its control on the same system, while it is kept', () => {
    const world = having([
      item('e-direct', {}),
      item('e-control', {}, { links: { ...home, controls: ['ctl-1'] } }),
      item('e-elsewhere', {}, { links: { controls: ['ctl-1'] }, system: 'sys-2' }),
      item('e-rejected', {}, { state: 'rejected' }),
      item('e-archived', {}, { archived: true }),
      item('e-both', {}, { links: { ...home, controls: ['ctl-1'], implementation: ['imp-1'] } }),
    ]);
    const c = contextOf(world);
    const found = refs(evidenceOf(c, recordIn(c, 'imp-1'))).filter((id) => id.startsWith('e-'));
    expect(found).toEqual(['e-both', 'e-control', 'e-direct']);
  });

  test.each([
    [{ type: 'report' }, true],
    [{ type: 'report', integrity: 'matches' }, true],
    [{ type: 'report', integrity: 'not-checked' }, true],
    [{ type: 'report', integrity: 'differs' }, false],
    [{ type: 'report', integrity: 'missing' }, false],
    [{ type: 'owner-statement', integrity: 'matches' }, false],
    [{}, true],
  ])('%j counts: %s', (fields, yes) => {
    expect(counts(item('e', fields))).toBe(yes);
  });

  test('days are read by what they may mean at both ends, and come in order', () => {
    const all = [
      item('c', { periodFrom: '2026-Q3' }),
      item('a', { periodFrom: '2026-02', periodTo: '2026-03' }),
      item('b', { periodTo: '2026-05-07' }),
      item('d', {}),
    ];
    expect(periods(all)).toEqual([
      { from: '2026-02-01', to: '2026-03-31' },
      { from: '2026-05-07', to: '2026-05-07' },
      { from: '2026-07-01', to: '2026-09-30' },
    ]);
    expect(reachesTo(all)).toBe('2026-09-30');
    expect(reachesTo([item('d', {})])).toBeNull();
  });

  test('a piece that reaches further than later ones still counts to its end', () => {
    const all = [
      item('a', { periodFrom: '2026', periodTo: '2026' }),
      item('b', { periodFrom: '2026-03', periodTo: '2026-04' }),
    ];
    expect(reachesTo(all)).toBe('2026-12-31');
    const monthly = record('implementation', 'i', { fields: { occurrences: 'monthly' } });
    expect(holes(monthly, [...all, item('c', { periodFrom: '2027-01-05' })])).toEqual([]);
  });

  test.each([
    ['2026-02-28', []],
    ['2026-03-01', [{ from: '2026-02-01', to: '2026-02-28' }]],
  ] as const)('monthly, after the end of January the next is there on %s', (from, missing) => {
    const monthly = record('implementation', 'i', { fields: { occurrences: 'monthly' } });
    expect(holes(monthly, [item('a', { periodFrom: '2026-01' }), item('b', { periodFrom: from })])).toEqual(
      missing,
    );
  });

  test('what runs on the last day of each month leaves no hole', () => {
    const monthly = record('implementation', 'i', { fields: { occurrences: 'monthly' } });
    const ends = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'];
    const pieces = ends.map((day) => item(day, { periodFrom: day }));
    expect(holes(monthly, pieces)).toEqual([]);
    expect(holes(monthly, pieces.toSpliced(2, 1))).toEqual([{ from: '2026-03-01', to: '2026-04-29' }]);
  });

  test('two holes are two, and a rhythm that no calendar counts has none', () => {
    const all = ['2026-01', '2026-06', '2026-10'].map((month) => item(month, { periodFrom: month }));
    const piecesOf = (occurrences: string) =>
      holes(record('implementation', 'i', { fields: { occurrences } }), all);
    expect(piecesOf('monthly')).toHaveLength(2);
    expect(piecesOf('quarterly')).toEqual([
      { from: '2026-02-01', to: '2026-05-31' },
      { from: '2026-07-01', to: '2026-09-30' },
    ]);
    expect(piecesOf('half-yearly')).toEqual([]);
    expect(piecesOf('per-release')).toEqual([]);
  });
});

describe('the Statement of Applicability', () => {
  const decision = (world: World) => soaDecision(contextOf(world), { id: 'ctl-1' });

  test('only an approved line decides', () => {
    expect(decision(goodWorld())).toBe('applicable');
    expect(decision(set('apl-1', { decision: 'excluded' }))).toBe('excluded');
    expect(decision(changed('apl-1', { approvals: [] }))).toBe('unapproved');
    expect(decision(changed('apl-1', { approvals: [act('approve'), act('withdraw')] }))).toBe('unapproved');
    expect(decision(changed('apl-1', { state: 'withdrawn' }))).toBe('none');
    expect(decision(without(['apl-1']))).toBe('none');
    expect(decision(changed('apl-1', { archived: true }))).toBe('none');
  });

  test('the version in force decides, whatever the draft says, and about whichever control', () => {
    const inForce = { version: 1, fields: { decision: 'applicable' }, links: { control: ['ctl-1'] } };
    expect(decision(changed('apl-1', { inForce, version: 2, fields: { decision: 'excluded' } }))).toBe(
      'applicable',
    );
    expect(decision(changed('apl-1', { inForce, version: 2, links: { control: ['ctl-2'] } }))).toBe(
      'applicable',
    );
  });

  test('a withdrawn or drafted second line takes nothing from the line in force, in any order', () => {
    const line = (id: string, state: string, approvals: readonly ReturnType<typeof act>[]) =>
      record('applicability', id, {
        state,
        approvals,
        fields: { decision: 'excluded' },
        links: { control: ['ctl-1'] },
      });
    for (const other of [
      line('apl-0', 'withdrawn', [act('approve')]),
      line('apl-9', 'withdrawn', []),
      line('apl-9', 'kept-up', []),
    ]) {
      const world = havingShared([other]);
      expect(decision(world)).toBe('applicable');
      expect(decision({ ...world, records: [...world.records].reverse() })).toBe('applicable');
    }
  });

  test('a control given up does not hide the adopted one of the same number', () => {
    const dropped = record('control', 'ctl-9', { state: 'dropped', fields: { item: 'A.6.2.6' } });
    const world = havingShared([dropped]);
    expect(contextOf(world).organisation.controls.get('A.6.2.6')?.id).toBe('ctl-1');
    expect(refs(applicableControls(contextOf(world), 'system'))).toEqual(['ctl-1']);
  });

  test('what calls for a control is named, given up and ended callers aside', () => {
    const called = (world: World) =>
      [...(calledFor(contextOf(world)).get('ctl-1') ?? [])].map(({ id }) => id);
    expect(called(goodWorld())).toEqual(['trt-1']);
    expect(called(changed('trt-1', { state: 'given-up' }))).toEqual([]);
    const binding = { ...duty('OB-8'), links: { ...home, controls: ['ctl-1'] } };
    expect(called(having([binding]))).toEqual(['trt-1', 'obl-ob-8']);
    expect(called(having([{ ...binding, state: 'ended' }]))).toEqual(['trt-1']);
  });

  test('a law demands a control from its day, a gate once it was passed, while its approval is in force', () => {
    const demanded = (world: World) => refs(demandedControls(contextOf(world)));
    const law = (from: string) =>
      having([{ ...duty('OB-8', from), links: { ...home, controls: ['ctl-1'] } }]);
    expect([demanded(law('2026-11-21')), demanded(law('2026-11-22'))]).toEqual([['ctl-1'], []]);
    const gate = (state: string, approvals = approved.approvals) =>
      changed('gat-1', { state, approvals, links: { controls: ['ctl-2'] } });
    expect([demanded(gate('passed')), demanded(gate('asked'))]).toEqual([['ctl-2'], []]);
    const voided = [...approved.approvals, act('void', { at: '2026-09-01T09:00:00Z' })];
    expect([demanded(gate('passed', voided)), demanded(gate('passed', []))]).toEqual([[], []]);
  });
});

describe('a control in its place', () => {
  const planned = (fields: Record<string, Json>, until: string | null = null, world = goodWorld()) =>
    changed(
      'rsk-1',
      { fields: { acceptanceType: 'interim', acceptanceUntil: until } },
      changed(
        'imp-1',
        { state: 'planned', fields: { inPlaceSince: null, ...fields }, links: { interimRisk: ['rsk-1'] } },
        world,
      ),
    );
  const place = (world: World) => {
    const c = contextOf(world);
    return placeOf(c, recordIn(c, 'ctl-1'));
  };

  test.each([
    ['2026-11-20', 'missing'],
    ['2026-11-21', 'accepted'],
    ['2026-11', 'accepted'],
    ['2026-10', 'missing'],
    ['2026-Q4', 'accepted'],
    ['2026-Q3', 'missing'],
    ['2026', 'accepted'],
  ])('planned for %s it is %s today', (day, state) => {
    expect(place(planned({ plannedOn: day })).state).toBe(state);
  });

  test('a moved date does not move the end', () => {
    expect(place(planned({ firstPlannedOn: '2026-11-20', plannedOn: '2027-06-30' })).state).toBe('missing');
  });

  test.each([
    ['2026-12-15', '2026-12-10', '2026-12-10'],
    ['2026-12-15', '2027', '2026-12-15'],
    ['2026-12-15', '2026', '2026-12-15'],
    ['2026-12-15', '2026-Q4', '2026-12-15'],
    ['2027', '2027-03-01', '2027-03-01'],
    ['2026-12', null, '2026-12'],
  ])('planned for %s under an acceptance until %s it is accepted until %s', (day, until, end) => {
    expect(place(planned({ plannedOn: day }, until))).toMatchObject({
      state: 'accepted',
      until: end,
      by: 'boss',
    });
  });

  test('the station holds no longer than the acceptance does', () => {
    const co3 = found(planned({ firstPlannedOn: '2026-12-15', plannedOn: '2026-12-15' }, '2026'), 'CO3');
    expect(co3).toMatchObject({ verdict: 'accepted', until: '2026-12-15' });
  });

  test('an acceptance that is final, ended or gone stands in for nothing', () => {
    const day = { plannedOn: '2027-01-01' };
    expect(place(changed('rsk-1', { fields: { acceptanceType: 'final' } }, planned(day))).state).toBe(
      'missing',
    );
    expect(place(planned(day, '2026-11-20')).state).toBe('missing');
    expect(place(changed('rsk-1', { approvals: [] }, planned(day))).state).toBe('missing');
    expect(place(without(['rsk-1'], planned(day))).state).toBe('missing');
  });

  test('an implementation of the system’s own goes before the organisation’s', () => {
    const own = record('implementation', 'imp-own', {
      state: 'planned',
      links: { ...home, control: ['ctl-2'] },
    });
    const at = (world: World) => {
      const c = contextOf(world);
      return placeOf(c, recordIn(c, 'ctl-2')).state;
    };
    expect([at(goodWorld()), at(having([own]))]).toEqual(['in-place', 'missing']);
    expect(at(having([{ ...own, state: 'ended' }]))).toBe('in-place');
  });

  test('what is put in place on another system is no way of this one', () => {
    const other = record('implementation', 'imp-other', {
      state: 'in-place',
      system: 'sys-2',
      links: { control: ['ctl-1'] },
    });
    const c = contextOf(having([other], without(['imp-1'])));
    expect(implementationsOf(c, recordIn(c, 'ctl-1'))).toEqual([]);
  });
});
