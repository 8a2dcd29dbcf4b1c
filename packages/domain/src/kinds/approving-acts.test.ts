import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { describe, expect, test } from 'vitest';
import { comparedBut } from '../../test/risk/compared.ts';
import { authorityObstacle, demandAt, dimensionsAsked, rank, unaskedDimensions } from '../authority.ts';
import { waiverDemand } from '../duty-waivers.ts';
import type { Json } from '../json.ts';
import { registry } from './all.ts';

/**
 * Every act of the registry that approves, accepts or passes something, with the authority that it takes. A kind or a
 * step that decides and stands in no table fails here.
 */
const approvals: readonly (readonly [kind: string, fields: Record<string, Json>, demand: string])[] = [
  ['risk', { residualLevel: 'high', currentLevel: 'severe' }, 'residual_risk high'],
  ['risk', { currentLevel: 'severe', acceptanceType: 'interim' }, 'interim_risk severe'],
  ['risk', {}, 'residual_risk severe'],
  ['treatment', { expectedLevel: 'moderate' }, 'treatment_plan moderate'],
  ['treatment', {}, 'treatment_plan severe'],
  ['use-case', {}, 'use_case of the use'],
  ['gate', { type: 'deployment-approval' }, 'release of the system'],
  ['gate', { type: 'use-case-approval' }, 'use_case of the system'],
  ['gate', { type: 'design-review' }, 'release of the system'],
  ['gate', { type: 'evaluation-verdict' }, 'release of the system'],
  ['gate', { type: 'continuation-decision' }, 'release of the system'],
  ['gate', { type: 'decommission-approval' }, 'release of the system'],
  ['classification-scheme', {}, 'classification any'],
  ['risk-criteria', {}, 'risk_criteria any'],
  ['applicability', {}, 'applicability any'],
  ['impact-assessment', {}, 'impact_assessment any'],
  ['classification', {}, 'classification any'],
  ['document', {}, 'document any'],
  ['requirement-spec', {}, 'document any'],
  ['design-record', {}, 'document any'],
  ['verification', {}, 'release of the system'],
  ['system-card', {}, 'document any'],
  ['log-plan', {}, 'document any'],
  ['regulatory-file', {}, 'external_statement any'],
  ['waiver', {}, 'waiver severe'],
  ['waiver', { rule: 'ow7' }, 'waiver low'],
  ['waiver', { rule: 'ow2' }, 'waiver moderate'],
  ['waiver', { rule: 'cl3' }, 'waiver high'],
];

/** Steps that lead to what was approved, and how each is sure of it. */
const steps: Readonly<Record<string, 'approval' | 'decides' | 'own word'>> = {
  'risk.bear': 'approval',
  'treatment.start': 'approval',
  'use-case.putIntoUse': 'approval',
  'gate.pass': 'approval',
  'gate.refuse': 'decides',
  'verification.conclude': 'approval',
  'regulatory-file.make': 'approval',
  'nonconformity.verifyWithoutAction': 'own word',
  'nonconformity.reject': 'own word',
  'nonconformity.close': 'own word',
  'corrective-action.confirm': 'own word',
  'corrective-action.refute': 'own word',
  'audit.report': 'own word',
  'walk.conclude': 'own word',
  'control-test.conclude': 'own word',
  'role-assignment.accept': 'own word',
  'responsibility.agree': 'own word',
};

const approvable = registry.kinds.filter((kind) => kind.approvable);
const known = dimensionsAsked(loadCatalogue()).map(({ id }) => id);

test('every kind that is approved stands in the table, and no other', () => {
  expect([...new Set(approvals.map(([kind]) => kind))].sort()).toEqual(
    approvable.map(({ name }) => name).sort(),
  );
});

describe.each(approvals)('%s with %j', (name, fields, demand) => {
  const kind = registry.get(name);
  const asked = kind.approvable?.authority(fields);

  test('takes this authority, in a dimension that the table of authority knows', () => {
    const level = asked?.of === undefined ? (asked?.level ?? 'any') : `of the ${asked.of}`;
    expect(`${asked?.dimension} ${level}`).toBe(demand);
    expect(known).toContain(asked?.dimension);
  });

  test('is refused to whoever is given less, in words, and not to who is given enough', () => {
    const taken = asked === undefined ? null : demandAt(asked, { level: 'high', open: null });
    const level = taken?.level ?? 'low';
    const row = (held: string, member: string) => ({
      dimension: asked?.dimension ?? '',
      level: held,
      member,
      role: null,
      validFrom: '2026-01-01',
      validTo: null,
    });
    const rows = [row('severe', 'ann'), ...(rank(level) > 0 ? [row('low', 'ben')] : [])];
    const obstacle = (member: string) => authorityObstacle(rows, { member, roles: [] }, taken, '2026-05-01');
    expect(obstacle('ann')).toBeUndefined();
    expect(obstacle('ben')).toMatch(/authority/);
    expect(obstacle('cid')).toMatch(/authority/);
  });
});

test('every dimension of the table of authority is asked by something, and those left out by nothing', () => {
  const asked = new Set([waiverDemand.dimension]);
  for (const kind of approvable) {
    const choices = Object.entries(kind.fields).flatMap(([name, field]) =>
      field.type === 'choice' ? field.options.map(({ id }) => ({ [name]: id })) : [],
    );
    for (const fields of [{}, ...choices]) asked.add(kind.approvable?.authority(fields).dimension ?? '');
  }
  expect([...asked].sort()).toEqual([...known].sort());
  const { dimensions } = loadCatalogue().model.authority;
  for (const id of unaskedDimensions) {
    const record = dimensions.find((one) => one.id === id)?.record;
    // Once its record is a kind, that asks it, and it is given like any other.
    expect([id, record, registry.kinds.some(({ name }) => name === record)]).toEqual([id, record, false]);
    expect(record).toEqual(expect.any(String));
  }
});

test('whatever lets a use or a release through takes authority at its level, never any at all', () => {
  for (const kind of approvable) {
    const asked = kind.approvable?.authority({});
    if (asked?.dimension === 'use_case' || asked?.dimension === 'release')
      expect(asked.of, kind.name).toBe(kind.name === 'use-case' ? 'use' : 'system');
  }
});

test('every step that stands for a decision is sure of it: an approval, a decision of its own, or the word of who is named', () => {
  const found = registry.kinds.flatMap((kind) =>
    Object.entries(kind.lifecycle.transitions).flatMap(([step, { approved, decides, takenBy }]) => {
      const how = approved ? 'approval' : decides ? 'decides' : takenBy ? 'own word' : undefined;
      return how === undefined ? [] : [[`${kind.name}.${step}`, how] as const];
    }),
  );
  expect(Object.fromEntries(found)).toEqual(steps);
});

test('a step that asks for an approver or a decider is theirs alone, or follows an approval', () => {
  for (const kind of registry.kinds)
    for (const [name, step] of Object.entries(kind.lifecycle.transitions))
      if (step.requires?.some((part) => part === 'approver' || part === 'decidedBy'))
        expect(step.approved === true || step.takenBy !== undefined, `${kind.name}.${name}`).toBe(true);
});

test('whoever passes a gate is named in it, has the authority for its kind, and did not ask for it', () => {
  const { transitions } = registry.get('gate').lifecycle;
  for (const step of ['pass', 'refuse'])
    expect(transitions[step]).toMatchObject({ takenBy: 'decidedBy', decides: true, notBy: ['requestedBy'] });
});

test('whoever asked for a gate is named to the duty, and no kind names a field that it does not have', () => {
  expect(registry.get('gate').approvable?.requestedBy).toEqual(['requestedBy']);
  for (const kind of approvable)
    for (const field of kind.approvable?.requestedBy ?? [])
      expect(kind.fields[field]?.type, kind.name).toBe('member');
});

test('a waiver says in a sentence why, and what is done instead', () => {
  const lacks = (fields: Record<string, Json>) =>
    registry.get('waiver').approvable?.lacks?.(
      { fields, links: {} },
      {
        today: '2026-11-01',
        annexA: [],
        undecided: { now: [], published: [] },
        linked: () => [],
        ratedBy: new Map(),
      },
    );
  const whole = { reason: 'We are three people', measures: 'The owner is always reachable' };
  expect(lacks(whole)).toBeUndefined();
  expect(lacks({})).toEqual({
    says: 'A rule is set aside with a sentence on why and on what is done instead.',
    parts: ['reason', 'measures'],
  });
  expect(lacks({ ...whole, reason: 'ok' })?.parts).toEqual(['reason']);
  expect(lacks({ ...whole, measures: 'ok' })?.parts).toEqual(['measures']);
});

test('a treatment plan lacks its comparison with Annex A until every control has an answer', () => {
  const { approvable: demands } = registry.get('treatment');
  const calledFor = { fields: { item: 'A.6.2.6' }, links: {}, state: 'adopted', archived: false };
  const annexA = [...comparedBut('A.6.2.6').map(({ control }) => control), 'A.6.2.6'];
  const lacks = (fields: object, of = [calledFor]) =>
    demands?.lacks?.(
      { fields: { ...fields }, links: {} },
      {
        today: '2026-05-01',
        annexA,
        undecided: { now: [], published: [] },
        linked: (relation) => (relation === 'controls' ? of : []),
        ratedBy: new Map(),
      },
    )?.says;
  expect(lacks({ compared: comparedBut('A.6.2.6') })).toBeUndefined();
  expect(lacks({ compared: comparedBut('A.6.2.6') }, [])).toMatch(/1 has no answer: A\.6\.2\.6/);
  expect(lacks({})).toMatch(/37 have no answer/);
  const actions = [
    { action: 'A second reader', owner: 'ann', due: '2026-06' },
    { action: 'Name who looks', due: '2026-07-01' },
    { action: 'Tell them', owner: 'ann', firstDue: '2026-07-01' },
    { action: 'Look each week' },
  ];
  expect(lacks({ actions, compared: comparedBut('A.6.2.6') })).toBe(
    'Each action says what is done, and has an owner and a day: action 2 has no owner; action 4 has no owner and no day.',
  );
  expect(lacks({ actions: [actions[0], actions[2]], compared: comparedBut('A.6.2.6') })).toBeUndefined();
  const one = (changes: object) =>
    lacks({ actions: [{ ...actions[0], ...changes }], compared: comparedBut('A.6.2.6') });
  expect(one({ action: '.' })).toMatch(/action 1 has no words\./);
  expect(one({ due: '2026-04-30' })).toBe(
    'An open action is due after the plan is approved, not before: action 1 on 30 Apr 2026.',
  );
  expect(one({ due: '2026-04-30', doneOn: '2026-04-29' })).toBeUndefined();
  expect(one({ due: '2026-05-01' })).toBeUndefined();
});
