import { authorityDimensions } from '@throughline/catalogue/vocabulary.ts';
import { describe, expect, test } from 'vitest';
import { authorityObstacle, ownDimensions, rank } from '../authority.ts';
import type { Json } from '../json.ts';
import { registry } from './all.ts';

/**
 * Every act of the registry that approves, accepts or passes something, with the authority that it takes. A kind or a
 * step that decides and stands in no table fails here.
 */
const approvals: readonly (readonly [kind: string, fields: Record<string, Json>, demand: string])[] = [
  ['risk', { residualLevel: 'high', currentLevel: 'severe' }, 'residual_risk high'],
  ['risk', { currentLevel: 'severe', acceptanceType: 'interim' }, 'interim_risk severe'],
  ['risk', {}, 'residual_risk any'],
  ['treatment', { expectedLevel: 'moderate' }, 'treatment_plan moderate'],
  ['treatment', {}, 'treatment_plan any'],
  ['use-case', {}, 'use_case any'],
  ['gate', { type: 'deployment-approval' }, 'release any'],
  ['gate', { type: 'use-case-approval' }, 'use_case any'],
  ['gate', { type: 'design-review' }, 'release any'],
  ['gate', { type: 'evaluation-verdict' }, 'release any'],
  ['gate', { type: 'continuation-decision' }, 'release any'],
  ['gate', { type: 'decommission-approval' }, 'release any'],
  ['classification-scheme', {}, 'classification any'],
  ['risk-criteria', {}, 'risk_criteria any'],
  ['applicability', {}, 'applicability any'],
  ['impact-assessment', {}, 'impact_assessment any'],
  ['classification', {}, 'classification any'],
  ['document', {}, 'document any'],
  ['requirement-spec', {}, 'document any'],
  ['design-record', {}, 'document any'],
  ['verification', {}, 'release any'],
  ['system-card', {}, 'document any'],
  ['log-plan', {}, 'document any'],
  ['regulatory-file', {}, 'external_statement any'],
  ['waiver', {}, 'waiver any'],
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
};

const approvable = registry.kinds.filter((kind) => kind.approvable);
const known = [...authorityDimensions, ...ownDimensions.map(({ id }) => id)];

test('every kind that is approved stands in the table, and no other', () => {
  expect([...new Set(approvals.map(([kind]) => kind))].sort()).toEqual(
    approvable.map(({ name }) => name).sort(),
  );
});

describe.each(approvals)('%s with %j', (name, fields, demand) => {
  const kind = registry.get(name);
  const asked = kind.approvable?.authority(fields);

  test('takes this authority, in a dimension that the table of authority knows', () => {
    expect(`${asked?.dimension} ${asked?.level ?? 'any'}`).toBe(demand);
    expect(known).toContain(asked?.dimension);
  });

  test('is refused to whoever is given less, in words, and not to who is given enough', () => {
    const level = asked?.level ?? 'low';
    const row = (held: string, member: string) => ({
      dimension: asked?.dimension ?? '',
      level: held,
      member,
      role: null,
      validFrom: '2026-01-01',
      validTo: null,
    });
    const rows = [row('severe', 'ann'), ...(rank(level) > 0 ? [row('low', 'ben')] : [])];
    const obstacle = (member: string) =>
      authorityObstacle(rows, { member, roles: [] }, asked ?? null, '2026-05-01');
    expect(obstacle('ann')).toBeUndefined();
    expect(obstacle('ben')).toMatch(/authority/);
    expect(obstacle('cid')).toMatch(/authority/);
  });
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
