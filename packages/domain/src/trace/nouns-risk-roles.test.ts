import { describe, expect, test } from 'vitest';
import { pair } from '../../test/trace/breaks.ts';
import { contextOf, recordIn, refs } from '../../test/trace/context.ts';
import { act, catalogue, record, type World } from '../../test/trace/kit.ts';
import { changed, goodWorld, having, havingShared, without } from '../../test/trace/world.ts';
import { home } from '../../test/trace/world-records.ts';
import type { Json } from '../json.ts';
import { usualCalendar } from '../working-calendar.ts';
import { carries, coveringAssessment, significantFindings } from './assessments.ts';
import { isOpenCase, lateStage, nextLimit } from './cases.ts';
import { classificationsOf, isHigh, outcomes } from './classes.ts';
import { Clock } from './clock.ts';
import { liveVersions, parts, suppliers } from './composition.ts';
import type { TraceRecord } from './inputs.ts';
import { aboveThreshold, acceptanceOf, actionsOf, openRisks, treatmentsOf } from './risks.ts';
import { assignments, holders, isHeld, termEnds } from './roles.ts';
import { exclusion, scopeDecision } from './scope.ts';
import { endedUseCases, useCases } from './use-cases.ts';

const set = (id: string, fields: Record<string, Json>, world = goodWorld()) => changed(id, { fields }, world);

describe('risks', () => {
  test.each([
    ['low', 'moderate', false],
    ['moderate', 'moderate', false],
    ['high', 'moderate', true],
    ['severe', 'high', true],
    [null, 'high', null],
    ['high', null, null],
  ])('rated %s against %s: above %s', (currentLevel, targetLevel, above) => {
    const fields = Object.fromEntries(
      Object.entries({ currentLevel, targetLevel }).filter(([, v]) => v !== null),
    );
    expect(aboveThreshold(record('risk', 'r', { fields }))).toBe(above);
  });

  test('closed risks are not open; treatments given up do not treat', () => {
    expect(openRisks(contextOf(changed('rsk-1', { state: 'closed' })))).toEqual([]);
    const treated = (state: string) => {
      const c = contextOf(changed('trt-1', { state }));
      return treatmentsOf(c, recordIn(c, 'rsk-1')).length;
    };
    expect([treated('planned'), treated('done'), treated('given-up')]).toEqual([1, 1, 0]);
  });

  test.each([
    [
      { action: 'A', owner: 'ann', due: '2026-11-20' },
      { late: ['2026-11-20'], bare: 0 },
    ],
    [
      { action: 'A', owner: 'ann', due: '2026-11-21' },
      { late: [], bare: 0 },
    ],
    [
      { action: 'A', owner: 'ann', due: '2026-11' },
      { late: [], bare: 0 },
    ],
    [
      { action: 'A', owner: 'ann', due: '2026-Q3' },
      { late: ['2026-Q3'], bare: 0 },
    ],
    [
      { action: 'A', owner: 'ann', due: '2026-10', doneOn: '2026-11' },
      { late: [], bare: 0 },
    ],
    [
      { action: 'A', due: '2027' },
      { late: [], bare: 1 },
    ],
    [
      { action: 'A', owner: 'ann' },
      { late: [], bare: 1 },
    ],
    [
      { action: 'A', owner: 'ann', firstDue: '2026-11-01' },
      { late: ['2026-11-01'], bare: 0 },
    ],
  ])('an action %j', (row, said) => {
    const c = contextOf(goodWorld());
    expect(actionsOf(c, record('treatment', 't', { fields: { actions: [row] } }))).toMatchObject(said);
  });

  test('a plan without actions is none', () => {
    expect(actionsOf(contextOf({}), record('treatment', 't'))).toMatchObject({
      none: true,
      late: [],
      next: [],
    });
  });

  const acceptance = (world: World) => {
    const c = contextOf(world);
    return acceptanceOf(c, recordIn(c, 'rsk-1'));
  };

  test.each([
    ['2026-11-20', 'ended'],
    ['2026-11-21', 'in-force'],
    ['2026-11', 'in-force'],
    ['2026-10', 'ended'],
    ['2026-Q3', 'ended'],
    ['2026', 'in-force'],
  ])('accepted until %s: %s', (day, state) => {
    expect(acceptance(set('rsk-1', { acceptanceUntil: day })).state).toBe(state);
  });

  test('a void acceptance is gone since the day in the organisation’s zone', () => {
    const gone = [act('approve'), act('void', { by: 'rule', at: '2026-09-01T23:30:00Z' })];
    expect(acceptance(changed('rsk-1', { approvals: gone }))).toEqual({ state: 'void', on: '2026-09-02' });
    expect(acceptance(changed('rsk-1', { approvals: [act('submit')] }))).toEqual({ state: 'none' });
  });

  test.each([
    ['moderate', '2026-01-01', null, 'in-force'],
    ['low', '2026-01-01', null, 'beyond-authority'],
    ['moderate', '2026-04-02', null, 'beyond-authority'],
    ['moderate', '2026-04', null, 'in-force'],
    ['moderate', '2026-01-01', '2026-03-31', 'beyond-authority'],
    ['moderate', '2026-01-01', '2026-04-01', 'in-force'],
    ['moderate', '2026-01-01', '2026', 'in-force'],
    ['unheard-of', '2026-01-01', null, 'beyond-authority'],
  ])('up to %s from %s to %s, given on 1 April: %s', (level, validFrom, validTo, state) => {
    const world = goodWorld();
    const authority = [
      { id: 'a', dimension: 'residual_risk', level, member: 'boss', role: null, validFrom, validTo },
    ];
    expect(acceptance({ ...world, organisation: { ...world.organisation, authority } }).state).toBe(state);
  });

  test('a finding is carried by its number and by no other', () => {
    const risk = (carriedEffects: Json) =>
      record('risk', 'r', { fields: { carriedEffects }, links: { carries: ['ia-1'] } });
    expect(carries(risk(['1', ' 12 ']), 'ia-1', 12)).toBe(true);
    expect(carries(risk(['12']), 'ia-1', 1)).toBe(false);
    expect(carries(risk(['1']), 'ia-2', 1)).toBe(false);
    expect(carries(risk('1'), 'ia-1', 1)).toBe(false);
  });
});

describe('what a system is made of', () => {
  test.each([
    [{ liveFrom: '2026-11-21' }, 'live', true],
    [{ liveFrom: '2026-11-22' }, 'live', false],
    [{ liveFrom: '2026-11' }, 'live', true],
    [{ liveFrom: '2026-Q4', liveTo: '2026' }, 'live', true],
    [{ liveTo: '2026-11-20' }, 'live', false],
    [{ liveTo: '2026-11-21' }, 'live', true],
    [{}, 'live', true],
    [{ liveFrom: '2026-01-01' }, 'withdrawn', false],
  ])('a version with %j, %s, runs: %s', (fields, state, runs) => {
    const world = having([record('system-version', 'ver-2', { state, fields, links: home })]);
    expect(refs(liveVersions(contextOf(world))).includes('ver-2')).toBe(runs);
  });

  test('parts that are over or only thought of are none; a live version adds its own', () => {
    const models = (state: string) => refs(parts(contextOf(changed('mdl-1', { state })), 'model'));
    expect([models('in-use'), models('withdrawn'), models('candidate')]).toEqual([['mdl-1'], [], []]);
    const extra = record('model', 'mdl-2', { state: 'in-use', system: null });
    const world = havingShared([extra], changed('ver-1', { links: { contains: ['mdl-2'] } }));
    expect(refs(parts(contextOf(world), 'model'))).toEqual(['mdl-1', 'mdl-2']);
    const planned = changed('ver-1', { state: 'planned' }, world);
    expect(refs(parts(contextOf(planned), 'model'))).toEqual(['mdl-1']);
  });

  test('who supplies a part supplies the system; an archived or ended supplier does not', () => {
    const by = (world: World) => refs(suppliers(contextOf(world)));
    const indirect = changed('sys-1', { links: { usesSupplier: [] } });
    expect(by(indirect)).toEqual(['sup-1']);
    const none = changed('mdl-1', { links: { suppliedBy: [] } }, without(['rsp-1'], indirect));
    expect(by(none)).toEqual([]);
    expect(by(changed('sup-1', { state: 'ended' }))).toEqual([]);
    expect(by(changed('sup-1', { archived: true }))).toEqual([]);
  });
});

describe('roles', () => {
  test.each([
    [{ validTo: '2026-11-20' }, false],
    [{ validTo: '2026-11-21' }, true],
    [{ validTo: '2026-Q4' }, true],
    [{ validFrom: '2026-11-22' }, false],
    [{ validFrom: '2026-11' }, true],
    [{ acceptedOn: null }, false],
    [{ person: 'gone' }, false],
    [{ person: 'nobody' }, false],
    [{ person: null }, false],
  ])('with %j the owner’s role is held: %s', (fields, held) => {
    const c = contextOf(set('rol-1', fields));
    expect(isHeld(c, recordIn(c, 'rol-1'))).toBe(held);
    expect(refs(holders(c, 'system-owner'))).toEqual(held ? ['rol-1'] : []);
  });

  test('an ended assignment is none, even in its term', () => {
    const c = contextOf(changed('rol-1', { state: 'ended' }));
    expect(refs(assignments(c))).not.toContain('rol-1');
    expect(holders(c, 'system-owner')).toEqual([]);
  });

  test('a term ends with the person or with its own last day, whichever is first', () => {
    const ends = (fields: Record<string, Json>) => {
      const c = contextOf(set('rol-1', fields));
      return termEnds(c, recordIn(c, 'rol-1'));
    };
    expect(ends({})).toBeNull();
    expect(ends({ person: 'gone' })).toBe('2026-10-30');
    expect(ends({ person: 'gone', validTo: '2026' })).toBe('2026-10-30');
    expect(ends({ person: 'gone', validTo: '2026-Q3' })).toBe('2026-Q3');
  });
});

describe('scope', () => {
  const decided = (world: World) => scopeDecision(contextOf(world)).decided;
  const scope = (fields: Record<string, Json>, links: Record<string, readonly string[]> = {}) =>
    changed('doc-scope', { fields, links });

  test('by name, by unit, for all, or not at all', () => {
    expect(decided(goodWorld())).toBe('in');
    expect(decided(scope({ reach: 'units', units: ['Claims'] }))).toBe('in');
    expect(decided(scope({ reach: 'units', units: ['Sales'] }))).toBe('open');
    expect(decided(scope({ reach: null }, { coversSystems: ['sys-1'] }))).toBe('in');
    expect(decided(scope({ reach: null }))).toBe('open');
    expect(decided(without(['doc-scope']))).toBe('no-scope');
    expect(decided(changed('doc-scope', { state: 'withdrawn' }))).toBe('no-scope');
    expect(decided(changed('doc-scope', { approvals: [] }))).toBe('no-scope');
  });

  test('an exclusion counts in the version in force, with a reason', () => {
    const out = scope({}, { excludesSystems: ['sys-1'] });
    expect(decided(out)).toBe('out-without-reason');
    expect(exclusion(contextOf(out))).toBeNull();
    const reasoned = set('sys-1', { scopeReason: 'A pilot' }, out);
    expect(decided(reasoned)).toBe('out');
    expect(exclusion(contextOf(reasoned))?.scope.id).toBe('doc-scope');
    const drafted = changed('doc-scope', {
      version: 2,
      links: { excludesSystems: ['sys-1'] },
      fields: { exclusions: 'A pilot' },
      inForce: {
        version: 1,
        fields: { type: 'scope-statement', covers: ['MD-01'], reach: 'whole-organisation' },
        links: {},
      },
    });
    expect(decided(drafted)).toBe('in');
  });
});

describe('nonconformities', () => {
  const stages = catalogue.nonconformity.time_limits.stages;
  const limit = (stage: string) => stages.find((row) => row.stage === stage);
  const open = (fields: Record<string, Json>) => record('nonconformity', 'n', { state: 'open', fields });
  const late = (fields: Record<string, Json>, today = '2026-11-21') =>
    lateStage({ catalogue, inputs: {} }, new Clock(today), open(fields), '2026-11-01');

  test('each stage has a limit for a major and a minor', () => {
    expect(stages.map(({ stage }) => stage)).toEqual(['correction', 'cause', 'action', 'check']);
    for (const row of stages)
      expect([limit(row.stage)?.major, limit(row.stage)?.minor]).toEqual([
        expect.stringMatching(/^P/),
        expect.stringMatching(/^P/),
      ]);
  });

  test.each([
    ['2026-11-20', { stage: 'correction', since: '2026-11-20' }],
    ['2026-11-21', null],
    ['2026-11', null],
    ['2026-10', { stage: 'correction', since: '2026-10-31' }],
    ['2026-Q3', { stage: 'correction', since: '2026-09-30' }],
  ])('a correction due %s', (correctionDue, said) => {
    const rest = { causeDue: '2027', actionDue: '2027', checkDue: '2027' };
    expect(late({ correctionDue, ...rest })).toEqual(said);
    expect(late({ correctionDue, correctionDoneOn: '2026-11-21', ...rest })).toBeNull();
  });

  test('where no action is needed none is late, and none is waited for', () => {
    const fields = {
      correctionDoneOn: '2026-11-02',
      causeFoundOn: '2026-11-03',
      actionNeeded: 'no',
      actionDue: '2026-11-10',
      checkDue: '2027-01-31',
    };
    expect(late(fields)).toBeNull();
    expect(nextLimit({ catalogue, inputs: {} }, open(fields), '2026-11-01')).toBe('2027-01-31');
    expect(late({ ...fields, actionNeeded: 'yes' })).toEqual({ stage: 'action', since: '2026-11-10' });
  });

  test('the next limit is the first of all that are left, and never one that is over', () => {
    const fields = {
      correctionDue: '2027-06-30',
      causeDue: '2027',
      actionDue: '2027',
      checkDue: '2026-12-24',
    };
    expect(nextLimit({ catalogue, inputs: {} }, open(fields), '2026-11-01')).toBe('2026-12-24');
    const all = { correctionDoneOn: '2026', causeFoundOn: '2026', actionDoneOn: '2026', checkedOn: '2026' };
    expect(nextLimit({ catalogue, inputs: {} }, open(all), '2026-11-01')).toBeNull();
  });

  test('a house limit moves with the working days, one that somebody set stays', () => {
    const house = (due: 'next' | 'before') => ({
      catalogue,
      inputs: { calendar: { ...usualCalendar, due } },
    });
    // 5 days from Monday 2 November end on Saturday 7 November.
    const at = (today: string, due: 'next' | 'before', fields: Record<string, Json> = {}) =>
      lateStage(house(due), new Clock(today), open({ grade: 'major', ...fields }), '2026-11-02');
    expect(at('2026-11-09', 'next')).toBeNull();
    expect(at('2026-11-10', 'next')).toEqual({ stage: 'correction', since: '2026-11-09' });
    expect(at('2026-11-07', 'before')).toEqual({ stage: 'correction', since: '2026-11-06' });
    const said = { correctionDue: '2026-11-07' };
    expect(at('2026-11-08', 'next', said)).toEqual({ stage: 'correction', since: '2026-11-07' });
    expect(nextLimit(house('next'), open({ grade: 'major' }), '2026-11-02')).toBe('2026-11-09');
  });

  test('only closed and rejected cases are over', () => {
    const is = (state: string) => isOpenCase(record('nonconformity', 'n', { state }));
    expect(['open', 'verifying', 'reopened', 'closed', 'rejected'].map(is)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('use cases, classes and assessments', () => {
  test('suspended uses are neither asked about nor over', () => {
    for (const [state, counted] of [
      ['suspended', [0, 0]],
      ['retired', [0, 1]],
      ['rejected', [0, 1]],
      ['proposed', [1, 0]],
    ] as const) {
      const c = contextOf(changed('uc-1', { state }));
      expect([state, useCases(c).length, endedUseCases(c).length]).toEqual([state, ...counted]);
    }
  });

  test('high is high in law or by the own tier; unknown is not low', () => {
    const high = (world: World) => isHigh(contextOf(world));
    expect(high(goodWorld())).toBe(false);
    expect(high(set('cla-2', { tier: 'high' }))).toBe(true);
    expect(high(set('cla-2', { tier: 'severe' }))).toBe(true);
    expect(high(set('cla-1', { outcomes: ['high-risk-annex-iii'] }))).toBe(true);
    expect(high(set('cla-1', { outcomes: ['legacy-high-risk'] }))).toBe(true);
    expect(high(without(['cla-1', 'cla-2']))).toBeNull();
    expect(high(changed('cla-2', { state: 'withdrawn' }, changed('cla-1', { archived: true })))).toBeNull();
  });

  test('the signed-off class counts while another is being worked out', () => {
    const world = changed('cla-1', {
      version: 2,
      fields: { outcomes: ['prohibited'] },
      inForce: {
        version: 1,
        fields: { scheme: 'eu-ai-act', outcomes: ['minimal'] },
        links: { useCase: ['uc-1'] },
      },
    });
    expect([...outcomes(contextOf(world))]).toEqual(['minimal']);
    const c = contextOf(world);
    expect(refs(classificationsOf(c, recordIn(c, 'uc-1'), 'own-tier'))).toEqual(['cla-2']);
  });

  test('of two assessments in force the one approved last counts, whatever day it names and however it is numbered', () => {
    const other = (approvals: TraceRecord['approvals']) => {
      const c = contextOf(
        changed('ia-1-b', { approvals, fields: { assessedOn: '2026-01-10' } }, pair('ia-1')),
      );
      return coveringAssessment(c, recordIn(c, 'uc-1'))?.id;
    };
    expect(other([act('approve', { at: '2026-04-02T09:00:00Z' })])).toBe('ia-1-b');
    const before = act('approve', { at: '2026-03-31T09:00:00Z' });
    expect(other([before])).toBe('ia-1');
    // That a change had no effect on it is no new word.
    expect(other([before, act('restore', { at: '2026-05-01T09:00:00Z' })])).toBe('ia-1');
  });

  test('an assessment covers what its approved version names, with a day', () => {
    const covered = (world: World) => {
      const c = contextOf(world);
      return coveringAssessment(c, recordIn(c, 'uc-1'))?.id ?? null;
    };
    expect(covered(set('ia-1', { assessedOn: null }))).toBeNull();
    expect(covered(changed('ia-1', { state: 'withdrawn' }))).toBeNull();
    expect(
      covered(changed('ia-1', { inForce: { version: 1, fields: { assessedOn: '2026' }, links: {} } })),
    ).toBeNull();
    expect(covered(changed('ia-1', { approvals: [] }))).toBeNull();
  });

  test('significant is harm that is serious or severe, numbered by itself or by its place', () => {
    const rows = [
      { polarity: 'harmful', severity: 'severe' },
      { polarity: 'harmful', severity: 'minor' },
      { polarity: 'beneficial', severity: 'severe' },
      { polarity: 'harmful', severity: 'serious', number: 7 },
    ];
    const found = significantFindings(contextOf(set('ia-1', { effects: rows })));
    expect(found.map(({ number }) => number)).toEqual([1, 7]);
  });
});
