import { describe, expect, test } from 'vitest';
import { authority, set, twin } from '../../test/trace/breaks.ts';
import {
  act,
  approved,
  catalogue,
  found,
  now,
  organisationInputs,
  record,
  systemInputs,
  text,
  type World,
} from '../../test/trace/kit.ts';
import {
  changed,
  goodWorld,
  having,
  havingShared,
  unapproved,
  voided,
  without,
} from '../../test/trace/world.ts';
import type { Json } from '../json.ts';
import { registry } from '../kinds/all.ts';
import { answerFault, blankObstacles, exceptionObstacle } from '../kinds/gate-rows.ts';
import { lifeCycleStates } from '../kinds/vocabulary.ts';
import { Clock } from '../trace/clock.ts';
import { organisationFacts } from '../trace/organisation-facts.ts';
import { stationRules } from '../trace/stations/all.ts';
import { systemFacts } from '../trace/system-facts.ts';
import { lineObstacles, takenRows } from './answers.ts';
import { catalogueCriteria } from './criteria.ts';
import { type Asked, type Criterion, deriveCriteria } from './derive.ts';
import { gateOfStage, gateOfStep, gateTypes, roundOf, takesBack } from './stages.ts';
import { gateStanding, openGates } from './standing.ts';

const factsOf = (world: World) => organisationFacts(organisationInputs(world), catalogue, now);
function criteriaOf(world: World, asked: Partial<Asked> = {}): Criterion[] {
  const question = {
    type: 'deployment-approval',
    record: null,
    version: 'ver-1',
    useCases: [],
    ...asked,
  } as const;
  return deriveCriteria({ organisation: factsOf(world), inputs: systemInputs(world), catalogue }, question);
}
const contextOf = (world: World) => {
  const organisation = factsOf(world);
  const system = systemFacts(systemInputs(world), organisation);
  return { organisation, system, clock: new Clock(organisation.today) };
};
const find = (world: World, key: string, asked: Partial<Asked> = {}) =>
  criteriaOf(world, asked).find((one) => one.key === key);
const findings = (world: World, asked: Partial<Asked> = {}) =>
  Object.fromEntries(criteriaOf(world, asked).map(({ key, finding }) => [key, finding]));
const gate = (id: string, type: string, changes: Parameters<typeof record>[2] = {}) =>
  record('gate', id, {
    ...approved,
    state: 'passed',
    ...changes,
    fields: { type, decidedBy: 'boss', decidedOn: '2026-01-20', ...changes.fields },
    links: { system: ['sys-1'], ...changes.links },
  });

describe('stages and gates', () => {
  test('every step of a system goes through one gate, goes back, or stays live', () => {
    const through = Object.entries(lifeCycleStates.transitions).flatMap(([step, { from }]) =>
      from.flatMap((stage) => {
        const type = gateOfStep(step, stage);
        return type === null ? [] : [`${stage} ${step}: ${type}`];
      }),
    );
    expect(through).toEqual([
      'inception develop: use-case-approval',
      'design-development verify: design-review',
      'verification-validation deploy: evaluation-verdict',
      'design-development deploy: evaluation-verdict',
      'inception deploy: evaluation-verdict',
      'inception goLive: deployment-approval',
      'design-development goLive: deployment-approval',
      'verification-validation goLive: deployment-approval',
      'deployment goLive: deployment-approval',
      're-evaluation goLive: continuation-decision',
      'operation-monitoring retire: decommission-approval',
      'continuous-validation retire: decommission-approval',
      're-evaluation retire: decommission-approval',
    ]);
  });

  test('no step leads from a running stage back to one before it, but those that ask why; the way out stays the same', () => {
    const back = Object.entries(lifeCycleStates.transitions).flatMap(([step, { from, to, requires = [] }]) =>
      from.some((stage) => takesBack(stage, to)) ? [[step, ...requires]] : [],
    );
    expect(back).toEqual([
      ['takeBack', 'takenBackBecause'],
      ['takeBackToVerify', 'takenBackBecause'],
    ]);
    expect(gateOfStep('retire', 'design-development')).toBeNull();
    expect(gateOfStep('retire', 'design-development', true)).toBe('decommission-approval');
  });

  test('the gate of a stage is that of its step, and the catalogue names the same', () => {
    for (const { id, gate: named } of catalogue.model.life_cycle_stages.stages) {
      const stage = id.replaceAll('_', '-');
      const next = gateOfStage(stage);
      if (next)
        expect([next.gate, gateOfStep(next.step, stage)]).toEqual([named?.replaceAll('_', '-'), next.gate]);
    }
    expect(gateOfStage('constructor')).toBeNull();
    expect(gateOfStage('operation-monitoring')).toBeNull();
  });

  test('every step through a gate begins in the stages in which that gate opens the way', () => {
    for (const [step, { from }] of Object.entries(lifeCycleStates.transitions))
      for (const stage of from) {
        const type = gateOfStep(step, stage);
        if (type) expect([step, stage, roundOf(type).includes(stage)]).toEqual([step, stage, true]);
      }
    // What was decided while it ran, or before it came back, is of another round.
    expect(roundOf('deployment-approval')).not.toContain('operation-monitoring');
    expect(roundOf('continuation-decision')).toEqual(['re-evaluation']);
  });

  test('a gate opens the round that it was decided in, and none after', () => {
    const open = (since: string | null) =>
      openGates(contextOf(goodWorld()), 'deployment-approval', since).map(({ id }) => id);
    const at = contextOf(goodWorld()).system.find('gat-1')?.approvals.at(-1)?.at ?? '';
    expect([open(null), open(at)]).toEqual([['gat-1'], ['gat-1']]);
    expect(open('2030-01-01T00:00:00.000Z')).toEqual([]);
  });

  test('criteria name rules that are judged, each once, and every gate asks a person something', () => {
    const judged = new Set(Object.values(stationRules).flatMap(({ rules }) => rules.map(({ id }) => id)));
    for (const type of gateTypes) {
      const ids = catalogueCriteria[type].flatMap((one) => ('rule' in one ? [one.rule] : []));
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect([id, judged.has(id)]).toEqual([id, true]);
      expect(catalogueCriteria[type].some((one) => 'ask' in one)).toBe(true);
    }
  });
});

const ready = () => having([gate('gat-0', 'evaluation-verdict', { links: { version: ['ver-1'] } })]);

describe('criteria from the line', () => {
  test('a system in order meets what records can tell, and persons are asked the rest', () => {
    const said = findings(ready());
    const { 'deployment-approval: target': target, 'deployment-approval: plan': plan, ...others } = said;
    expect([target, plan]).toEqual(['person', 'not-met']);
    expect([...new Set(Object.values(others))].sort()).toEqual(['does-not-apply', 'met']);
    expect(said.CL4).toBe('met');
  });

  test('a class that only its author made final is not signed off, and none at all is not passed over', () => {
    expect(findings(changed('cla-1', unapproved, ready()))).toMatchObject({ CL3: 'met', CL5: 'not-met' });
    expect(findings(without(['cla-1', 'cla-2'], ready())).CL5).toBe('undetermined');
  });

  test('blank is not met: a bare system misses, and says by which record and what to do', () => {
    const bare: World = {
      own: [record('system-version', 'ver-1', { state: 'built', links: { system: ['sys-1'] } })],
    };
    const im1 = find(bare, 'IM1');
    expect(im1?.finding).toBe('not-met');
    expect(findings(bare)).toMatchObject({ RE3: 'not-met', IN1: 'not-met', OP3: 'not-met', RI1: 'not-met' });
    expect(find(bare, 'RE3')?.action?.do).toMatchObject({ type: 'create', kind: 'verification' });
    // Nothing is said to be met because nothing is there.
    expect(
      criteriaOf(bare).filter(({ finding, source }) => finding === 'met' && source !== 'house'),
    ).toHaveLength(1);
  });

  test('what does not run yet is judged as it would', () => {
    const built = changed('ver-1', { state: 'built', fields: { liveFrom: null } }, ready());
    const waiting: World = { ...built, system: { ...built.system, state: 'deployment' } };
    expect(findings(waiting)).toMatchObject({ RE3: 'met', RE4: 'met', IN1: 'met', CL4: 'met', IM1: 'met' });
    const other = having([twin('ver-1', 'ver-2')], built);
    expect(findings(other, { version: 'ver-2' })).toMatchObject({ RE3: 'not-met', IN1: 'not-met' });
  });

  test('a version of another system is none, nor is one that is gone', () => {
    const foreign = { ...record('system-version', 'ver-9', { state: 'built' }), system: 'sys-2' };
    const world = havingShared([foreign], ready());
    expect(
      find({ ...world, shared: [foreign] }, 'deployment-approval: version', { version: 'ver-9' })?.finding,
    ).toBe('not-met');
    expect(find(ready(), 'deployment-approval: version', { version: 'gone' })?.finding).toBe('not-met');
    expect(find(ready(), 'deployment-approval: version', { version: null })?.finding).toBe('not-met');
  });

  test('the gate before stands, and on the same version', () => {
    expect(findings(ready())['deployment-approval: earlier']).toBe('met');
    expect(findings(goodWorld())['deployment-approval: earlier']).toBe('not-met');
    const lost = changed('gat-0', voided, ready());
    expect(find(lost, 'deployment-approval: earlier')).toMatchObject({
      finding: 'not-met',
      records: ['gat-0'],
    });
    expect(findings(ready(), { version: 'ver-2' })['deployment-approval: earlier']).toBe('not-met');
  });

  test('a gate says itself what it settles and how it goes back', () => {
    const asked = gate('gat-9', 'decommission-approval', {
      state: 'asked',
      fields: { settledData: 'Deleted on all machines', settledPeople: 'ok' },
    });
    const said = findings(having([asked]), { type: 'decommission-approval', record: asked });
    expect(said).toMatchObject({
      'decommission-approval: settled-data': 'met',
      'decommission-approval: settled-people': 'not-met',
    });
  });

  test('uses that a gate does not name are not asked about', () => {
    const second = { ...twin('uc-1', 'uc-2'), state: 'proposed', fields: {} };
    expect(findings(having([second]), { type: 'use-case-approval', useCases: ['uc-1'] }).UC1).toBe('met');
    expect(findings(having([second]), { type: 'use-case-approval', useCases: [] }).UC1).toBe('not-met');
  });
});

describe('criteria of the organisation', () => {
  const criteria: Json = [
    { gate: 'deployment-approval', criterion: 'The works council was heard' },
    { gate: 'deployment-approval', criterion: 'The board was told', fromTier: 'high' },
    { gate: 'design-review', criterion: 'The architects agreed' },
    { gate: 'deployment-approval' },
  ];
  const document = (changes: Parameters<typeof record>[2] = {}) =>
    record('document', 'doc-gates', {
      ...approved,
      state: 'kept-up',
      ...changes,
      fields: {
        type: 'gate-criteria',
        reach: 'whole-organisation',
        gateCriteria: criteria,
        ...changes.fields,
      },
    });
  const own = (world: World) =>
    criteriaOf(world)
      .filter(({ key }) => key === 'DOC-GATES')
      .map((one) => one.text);

  test('bind from the tier they name on, at their gate', () => {
    expect(own(havingShared([document()]))).toEqual(['The works council was heard']);
    expect(own(havingShared([document()], set('cla-2', { tier: 'severe' })))).toHaveLength(2);
    // Without a tier nothing is excused.
    expect(own(havingShared([document()], without(['cla-2'])))).toHaveLength(2);
    // Nor by a tier that nobody else signed off, nor where one use of several has none.
    expect(own(havingShared([document()], changed('cla-2', unapproved)))).toHaveLength(2);
    expect(own(havingShared([document()], having([twin('uc-1', 'uc-2')])))).toHaveLength(2);
    const severe = { ...unapproved, state: 'open', fields: { tier: 'severe' } };
    const raised = changed('cla-3', severe, having([twin('cla-2', 'cla-3')]));
    expect(own(havingShared([document()], raised))).toHaveLength(2);
  });

  test('bind while approved and kept up, and where the document reaches', () => {
    expect(own(havingShared([document({ approvals: [] })]))).toEqual([]);
    expect(own(havingShared([document({ state: 'withdrawn' })]))).toEqual([]);
    expect(own(havingShared([document({ fields: { reach: 'units', units: ['Motor'] } })]))).toEqual([]);
    expect(own(havingShared([document({ fields: { reach: 'units', units: ['Claims'] } })]))).toHaveLength(1);
    // What was approved without a word on its reach leaves nobody out.
    expect(own(havingShared([document({ fields: { reach: null } })]))).toHaveLength(1);
    const named = document({ fields: { reach: 'systems' }, links: { coversSystems: ['sys-1'] } });
    expect(own(havingShared([named]))).toHaveLength(1);
  });

  test('say where they come from: a document, a rule with its clauses, the list of the catalogue', () => {
    const from = (key: string) => criteriaOf(havingShared([document()])).find((one) => one.key === key)?.from;
    expect(from('DOC-GATES')).toEqual({ type: 'organisation', document: 'doc-gates' });
    expect(from('IM1')).toEqual({ type: 'line', refs: ['8.4', 'MD-11'] });
    expect(from('deployment-approval: plan')).toEqual({ type: 'catalogue', refs: ['A.6.2.5'] });
  });

  test('the version in force counts, not the one being written', () => {
    const inForce = { version: 1, fields: { ...document().fields }, links: {} };
    const written = document({ inForce, fields: { gateCriteria: [] } });
    expect(own(havingShared([written]))).toEqual(['The works council was heard']);
  });
});

describe('a gate that was passed', () => {
  const decided = (seen: readonly string[]) => changed('gat-1', { links: { seen } });
  const standing = (world: World) => {
    const c = contextOf(world);
    const found = c.system.find('gat-1');
    return found ? gateStanding(c, found) : null;
  };

  test('stands on what was approved, also when a newer version is', () => {
    expect(standing(decided(['ia-1', 'vfy-1', 'uc-1']))).toEqual({ stands: true, fallen: [] });
    const again = { approvals: [act('approve'), act('approve', { version: 2, at: '2026-09-01T09:00:00Z' })] };
    expect(standing(changed('ia-1', again, decided(['ia-1'])))).toEqual({ stands: true, fallen: [] });
  });

  test('falls with an approval that was withdrawn or void, with a record that is gone, with its own', () => {
    const withdrawn = { approvals: [act('approve'), act('withdraw', { at: '2026-09-01T09:00:00Z' })] };
    expect(standing(changed('ia-1', withdrawn, decided(['ia-1', 'vfy-1'])))?.fallen).toEqual(['ia-1']);
    expect(standing(changed('uc-1', voided, decided(['uc-1'])))?.fallen).toEqual(['uc-1']);
    expect(standing(without(['vfy-1'], decided(['vfy-1'])))?.fallen).toEqual(['vfy-1']);
    expect(standing(changed('gat-1', voided))?.fallen).toEqual(['gat-1']);
    expect(standing(changed('ia-1', withdrawn, decided(['vfy-1'])))?.stands).toBe(true);
  });

  test('falls with the method, and with what is kept up no longer', () => {
    const released = havingShared([], ready());
    for (const key of ['IM11', 'RI1']) {
      const criterion = criteriaOf(released).find((one) => one.key === key);
      const methods = (criterion?.records ?? []).filter(
        (id) => contextOf(released).system.find(id)?.kind === 'document',
      );
      expect([key, criterion?.finding, methods.length > 0]).toEqual([key, 'met', true]);
    }
    const [method = ''] = (criteriaOf(released).find(({ key }) => key === 'IM11')?.records ?? []).filter(
      (id) => contextOf(released).system.find(id)?.kind === 'document',
    );
    expect(standing(decided([method]))?.stands).toBe(true);
    expect(standing(changed(method, voided, decided([method])))?.fallen).toEqual([method]);
    expect(standing(changed(method, { state: 'withdrawn' }, decided([method])))?.fallen).toEqual([method]);
  });

  test('falls with a version whose content changed, and not because it went live', () => {
    const later = { materialAt: '2026-09-01T09:00:00Z' };
    expect(standing(changed('ver-1', later))?.fallen).toEqual(['ver-1']);
    expect(standing(changed('ver-1', { updatedAt: '2026-09-01T09:00:00Z' }))?.stands).toBe(true);
  });

  test('falls with an earlier gate that it was decided on, and gates that name each other do not run in circles', () => {
    const chain = having(
      [gate('gat-0', 'evaluation-verdict', { links: { seen: ['vfy-1'] } })],
      decided(['gat-0']),
    );
    expect(standing(chain)?.stands).toBe(true);
    expect(standing(changed('vfy-1', voided, chain))?.fallen).toEqual(['gat-0']);
    const circle = changed('gat-0', { links: { seen: ['gat-1'] } }, chain);
    expect(standing(circle)?.stands).toBe(true);
  });

  test('shows on the line as the release that fell, with since when', () => {
    const withdrawn = { approvals: [act('approve'), act('withdraw', { at: '2026-09-01T09:00:00Z' })] };
    const { verdict, gaps } = found(changed('ia-1', withdrawn, decided(['ia-1'])), 'RE1');
    expect([verdict, gaps[0] && text(gaps[0].sentence), gaps[0]?.since]).toEqual([
      'gap',
      'VER-1 passed a gate that no longer stands, because of IA-1.',
      '2026-09-01',
    ]);
  });
});

describe('exceptions', () => {
  const admitted = (missingBy: string | null, more: Record<string, Json> = {}) =>
    set('gat-1', {
      retrospective: 'yes',
      retrospectiveReason: 'It ran before the register',
      missingBy,
      decidedOn: '2026-06-01',
      criteria: [{ criterion: 'Tested' }],
      ...more,
    });

  test('are accepted until their end, with who and until when, and fall by themselves', () => {
    const inDate = found(admitted('2026-11-21'), 'RE1');
    expect(inDate).toMatchObject({ verdict: 'accepted', until: '2026-11-21' });
    expect(inDate.gaps[0]?.accepted).toEqual({ by: 'boss', until: '2026-11-21' });
    expect(text(inDate.gaps[0]?.sentence ?? [])).toBe('GAT-1 let VER-1 run before all criteria were met.');
    // Criteria may be open until then, and not a day longer.
    expect(found(admitted('2026-11-21'), 'RE2').verdict).toBe('holds');
    expect(found(admitted('2026-11-20'), 'RE1').verdict).toBe('gap');
    expect(found(admitted('2026-11-20'), 'RE2').verdict).toBe('gap');
  });

  test('stay what they were approved as: without an end they are over, without a reason no ordinary passage', () => {
    const ended = found(admitted(null), 'RE1');
    expect([ended.verdict, ended.gaps.map(({ sentence }) => text(sentence))]).toEqual([
      'gap',
      ['What GAT-1 left open is past its date.'],
    ]);
    for (const words of [{ retrospectiveReason: null }, { retrospective: 'no', emergency: 'yes' }])
      expect(found(admitted('2026-12-01', words), 'RE1').verdict).toBe('accepted');
  });

  test('open the way until their end', () => {
    const open = (world: World) => openGates(contextOf(world), 'deployment-approval').length;
    expect([open(admitted('2026-12-01')), open(admitted('2026-11-20'))]).toEqual([1, 0]);
  });

  test('are bounded: a reason, an end ahead, a quarter for an emergency and a year for what ran before', () => {
    const at = '2026-11-21T09:00:00Z';
    const say = (fields: Record<string, Json>, type: 'emergency' | 'retrospective' = 'emergency') =>
      exceptionObstacle(
        { emergencyReason: 'A fraud wave began', retrospectiveReason: 'It ran long before', ...fields },
        type,
        at,
      );
    expect(say({})).toMatch(/needs the day/);
    expect(say({ missingBy: '2026-11-20' })).toMatch(/passed already/);
    expect(say({ missingBy: '2027-02-19' })).toBeUndefined();
    expect(say({ missingBy: '2027-02-20' })).toMatch(/within 90 days/);
    expect(say({ missingBy: '2027-02-20' }, 'retrospective')).toBeUndefined();
    expect(say({ missingBy: '2028' }, 'retrospective')).toMatch(/within 366 days/);
    expect(exceptionObstacle({ missingBy: '2026-12-01' }, 'emergency', at)).toMatch(/reason/);
    // An earlier day of decision does not stretch the end.
    expect(say({ missingBy: '2027-02-19', decidedOn: '2026-10-01' })).toMatch(/within 90 days/);
  });

  test('are not approved where they could not be passed', () => {
    const around = {
      today: '2026-11-21',
      annexA: [],
      undecided: { now: [], published: [] },
      linked: () => [],
      ratedBy: new Map(),
    };
    const lack = (more: Record<string, Json>) => {
      const emergency = { type: 'deployment-approval', emergency: 'yes', verdict: 'pass' };
      return registry
        .get('gate')
        .approvable?.lacks?.({ fields: { ...emergency, ...more }, links: {} }, around);
    };
    expect(lack({})?.says).toMatch(/reason/);
    for (const nothing of ['.', 'ok'])
      expect(lack({ emergencyReason: nothing, missingBy: '2026-12-01' })?.says).toMatch(
        /reason, in a sentence/,
      );
    const admitted = { emergency: 'no', retrospective: 'yes', missingBy: '2026-12-01' };
    expect(lack({ ...admitted, retrospectiveReason: 'ok' })?.says).toMatch(/reason, in a sentence/);
    expect(lack({ ...admitted, retrospectiveReason: 'It ran long before' })).toBeUndefined();
    const emergencyReason = 'A fraud wave began';
    expect(lack({ emergencyReason })?.says).toMatch(/needs the day/);
    expect(lack({ emergencyReason, missingBy: '2026-11-20' })?.says).toMatch(/passed already/);
    expect(lack({ emergencyReason, missingBy: '2027-03-01' })).toEqual({
      says: 'The exception ends within 90 days of the decision.',
      parts: ['emergencyReason', 'missingBy'],
    });
    expect(lack({ emergencyReason, missingBy: '2026-12-01' })).toBeUndefined();
    expect(lack({ verdict: 'fail' })).toBeUndefined();
  });

  test('are of a release alone, and one of the two', () => {
    const { guard } = registry.get('gate');
    const faults = (fields: Record<string, Json>) => Object.keys(guard?.({ fields, links: {} }) ?? {});
    const both = { emergency: 'yes', retrospective: 'yes' };
    expect(faults({ type: 'use-case-approval', emergency: 'yes' })).toEqual(['emergency']);
    expect(faults({ type: 'design-review', ...both })).toEqual(['emergency', 'retrospective']);
    expect(faults({ type: 'deployment-approval', ...both })).toEqual(['retrospective']);
    expect(faults({ type: 'deployment-approval', emergency: 'no', retrospective: 'yes' })).toEqual([]);
  });

  test('of another gate than the release are none', () => {
    const { transitions } = registry.get('gate').lifecycle;
    const fields = {
      type: 'design-review',
      emergency: 'yes',
      emergencyReason: 'Haste',
      missingBy: '2026-12-01',
    };
    const rows = { criteria: [{ criterion: 'Open' }], verdict: 'pass' };
    const said = transitions.pass?.guard?.(
      { fields: { ...fields, ...rows }, links: {} },
      '2026-11-21T09:00:00Z',
    );
    expect(said).toBe('“Open” has no answer.');
  });
});

describe('answers', () => {
  const criterion = (changes: Partial<Criterion> = {}): Criterion => ({
    key: 'IM1',
    text: 'Assessed',
    source: 'standard',
    from: { type: 'line', refs: ['A.5.2'] },
    finding: 'met',
    says: [],
    records: [],
    action: null,
    ...changes,
  });
  const taken = (criteria: readonly Criterion[], before: Json = []) =>
    takenRows({ criteria: before }, criteria, () => 'IA-1 v2');

  test('what records tell is answered by them, what they cannot tell is left blank', () => {
    const all = (['met', 'not-met', 'undetermined', 'does-not-apply', 'person'] as const).map((finding) =>
      criterion({ finding, key: finding }),
    );
    expect(taken(all).map(({ finding, answer, seen }) => [finding, answer, seen])).toEqual([
      ['met', 'met', 'IA-1 v2'],
      ['not-met', undefined, 'IA-1 v2'],
      ['undetermined', undefined, 'IA-1 v2'],
      ['does-not-apply', 'not-applicable', 'IA-1 v2'],
      ['person', undefined, 'IA-1 v2'],
    ]);
  });

  test('an answer stays while the line says the same, and falls when it turned', () => {
    const [row] = taken([criterion({ finding: 'not-met' })]);
    const before = [{ ...row, answer: 'not-met', answerToMiss: 'By June' }, { criterion: 'Our own' }];
    expect(taken([criterion({ finding: 'not-met' })], before)).toEqual(before);
    const turned = taken([criterion({ finding: 'undetermined' })], before);
    expect(turned[0]).not.toHaveProperty('answerToMiss');
    expect(turned[1]).toEqual({ criterion: 'Our own' });
    // A criterion that is asked no more goes.
    expect(taken([], before)).toEqual([{ criterion: 'Our own' }]);
  });

  test('what contradicts the records is refused', () => {
    const row = (finding: string, answer: string) => ({ criterion: 'Assessed', finding, answer });
    expect(answerFault(row('not-met', 'met'))).toMatch(/not met by what is on record/);
    expect(answerFault(row('not-met', 'not-applicable'))).toMatch(/applies/);
    expect(answerFault(row('met', 'not-applicable'))).toMatch(/applies/);
    for (const fine of [row('met', 'not-met'), row('person', 'not-applicable'), row('undetermined', 'met')])
      expect(answerFault(fine)).toBeUndefined();
    expect(
      registry.get('gate').guard?.({ fields: { criteria: [row('not-met', 'met')] }, links: {} }),
    ).toHaveProperty('criteria');
  });

  test('blank is not passed, a miss has an answer, and what a person says was checked', () => {
    const say = (rows: Json, verdict = 'pass', more: Record<string, Json> = {}) =>
      blankObstacles({ criteria: rows, verdict, ...more })[0];
    expect(say([{ criterion: 'A' }])).toBe('“A” has no answer.');
    expect(say([{ key: 'x', answer: ' ' }])).toBe('Criterion 1 has no answer.');
    expect(say([{ criterion: 'A', answer: 'not-met' }])).toMatch(/Say what follows/);
    expect(say([{ criterion: 'A', finding: 'person', answer: 'met' }])).toMatch(/without what was checked/);
    expect(
      say([{ criterion: 'A', finding: 'undetermined', answer: 'met', checked: 'Read the report' }]),
    ).toBeUndefined();
    for (const checked of ['.', 'ok', 'Read'])
      expect(say([{ criterion: 'A', finding: 'person', answer: 'met', checked }])).toMatch(
        /without what was checked, in a sentence/,
      );
    for (const nothing of ['-', 'ok', 'By June'])
      expect(say([{ criterion: 'A', answer: 'not-met', answerToMiss: nothing }])).toMatch(/Say what follows/);
    const answeredMiss = [{ criterion: 'A', answer: 'not-met', answerToMiss: 'It is met by June' }];
    expect(say(answeredMiss)).toMatch(/passed under conditions/);
    expect(say(answeredMiss, 'pass-with-conditions')).toMatch(/conditions are not written/);
    for (const conditions of ['…', 'ok'])
      expect(say(answeredMiss, 'pass-with-conditions', { conditions })).toMatch(/are not written/);
    const conditions = 'It is met by June';
    expect(say(answeredMiss, 'pass-with-conditions', { conditions })).toBeUndefined();
    expect(say(answeredMiss, 'pass-with-conditions', { conditions, reason: 'ok' })).toMatch(/in a sentence/);
    expect(say('not rows')).toBeUndefined();
    expect(say([{ criterion: 'long '.repeat(80) }])?.length).toBeLessThan(120);
  });

  test('rows that are missing, forged or old are held against the line, and law is released by nobody', () => {
    const say = (
      rows: Json,
      criteria: readonly Criterion[],
      exception: 'emergency' | 'retrospective' | null = null,
    ) => lineObstacles({ type: 'deployment-approval', criteria: rows }, criteria, exception)[0];
    expect(say([], [criterion()])).toMatch(/not among the criteria/);
    expect(
      say([{ key: 'IM1', criterion: 'Assessed', finding: 'met', answer: 'met' }], [criterion()]),
    ).toBeUndefined();
    const forged = [{ key: 'IM1', criterion: 'Assessed', finding: 'met', answer: 'met' }];
    expect(say(forged, [criterion({ finding: 'not-met' })])).toMatch(/another by now/);
    const law = criterion({ key: 'RE6', source: 'law', finding: 'not-met' });
    const answered = [{ key: 'RE6', criterion: 'Assessed', finding: 'not-met', answer: 'not-met' }];
    expect(say(answered, [law])).toMatch(/law/);
    expect(say(answered, [law], 'emergency')).toMatch(/law/);
    expect(say(answered, [law], 'retrospective')).toBeUndefined();
    // Nor is it released, under whatever condition, while nobody says which version, or who answers for it.
    for (const key of ['deployment-approval: version', 'OW1']) {
      const open = criterion({ key, finding: 'not-met' });
      expect(say([{ ...answered[0], key }], [open])).toMatch(
        /does not wait, neither by an exception nor under/,
      );
      expect(say([{ ...answered[0], key }], [open], 'emergency')).toMatch(/does not wait/);
      const used = { type: 'use-case-approval', criteria: [{ ...(answered[0] ?? {}), key }] };
      expect(lineObstacles(used, [open], null)).toEqual([]);
    }
    const banned = [{ ...answered[0], key: 'CL4' }];
    expect(say(banned, [{ ...law, key: 'CL4' }], 'retrospective')).toMatch(/law/);
  });
});

test('who decides beyond authority still shows, and a gate of words unknown asks nothing', () => {
  expect(found(authority('release', 'severe', 'ann'), 'RE2').verdict).toBe('gap');
  expect(gateStanding(contextOf(goodWorld()), gate('g', 'x', { state: 'asked' })).stands).toBe(false);
});
