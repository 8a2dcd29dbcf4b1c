import { authorityLevels } from '@throughline/catalogue/vocabulary.ts';
import { describe, expect, test } from 'vitest';
import { organisationOf } from '../../../test/trace/context.ts';
import {
  act,
  approved,
  catalogue,
  member,
  now,
  organisationInputs,
  record,
  text,
  type World,
} from '../../../test/trace/kit.ts';
import { changed, goodWorld, havingShared } from '../../../test/trace/world.ts';
import { authorityObstacle, decidedBy, dimensionWords, limitedDimensions } from '../../authority.ts';
import type { Json } from '../../json.ts';
import { roles } from '../../permissions.ts';
import type { TraceAuthority, TraceRecord } from '../inputs.ts';
import { organisationFacts } from '../organisation-facts.ts';
import type { SystemsSummary } from './context.ts';
import { mandatorySet, organisationLine } from './line.ts';
import { leaves } from './parts.ts';
import { rolesOf } from './roles.ts';
import { controlDecisions } from './statement.ts';

const summary = (records: Record<string, number> = {}, gaps: readonly string[] = []): SystemsSummary => ({
  systems: 2,
  live: 1,
  gaps: new Map(gaps.map((rule) => [rule, { systems: ['sys-1'], count: 1, since: '2026-03-01' }])),
  records: new Map(Object.entries(records)),
});

function answer(id: string, world: World, systems: SystemsSummary | null = summary()) {
  const at = world.now ?? now;
  const facts = organisationFacts(organisationInputs(world), catalogue, at);
  const found = organisationLine(facts, catalogue, at, systems).questions.find((one) => one.id === id);
  if (!found) throw new RangeError(id);
  return { ...found, said: found.gaps.map((gap) => text(gap.sentence)).join(' | ') };
}

const document = (id: string, fields: Record<string, Json>) =>
  record('document', id, { ...approved, state: 'kept-up', owner: 'ann', fields });
/** A line over everything that is borne or released beside what a test is about. */
const elsewhere = (rows: readonly TraceAuthority[]): TraceAuthority[] => [
  ...rows,
  ...limitedDimensions
    .filter((dimension) => !rows.some((row) => row.dimension === dimension))
    .map((dimension) => authority({ id: dimension, dimension })),
];
const authority = (changes: Partial<TraceAuthority> = {}): TraceAuthority => ({
  id: 'a1',
  dimension: 'residual_risk',
  level: 'severe',
  member: null,
  role: 'top-management',
  validFrom: '2026-01-01',
  validTo: null,
  ...changes,
});
function withPeople(
  o: { boss?: Parameters<typeof member>[1]; rows?: readonly TraceAuthority[] },
  records: readonly TraceRecord[] = [],
): World {
  const world = havingShared(records);
  const members = [
    member('boss', { roles: ['top-management'], ...o.boss }),
    member('ann'),
    member('ben'),
    member('cid'),
  ];
  return { ...world, organisation: { ...world.organisation, members, authority: elsewhere(o.rows ?? []) } };
}
const role = (id: string, name: string, person: string, fields: Record<string, Json> = {}) =>
  record('role-assignment', id, {
    state: 'accepted',
    fields: { role: name, person, acceptedOn: '2026-01-10', ...fields },
  });
const held = (fields: Record<string, Json> = {}) => [
  role('rol-a', 'aims-manager', 'ann', fields),
  role('rol-b', 'top-management', 'boss'),
];

describe('5.3, who answers for the AIMS', () => {
  test.each([
    [{ validTo: '2026-11-20' }, 'gap', null],
    [{ validTo: '2026-11-21' }, 'holds', '2026-11-21'],
    [{ validTo: '2026-Q4' }, 'holds', '2026-12-31'],
    [{ validFrom: '2026-11-22' }, 'gap', null],
    [{ acceptedOn: null }, 'gap', null],
    [{ person: 'nobody' }, 'gap', null],
  ] as const)('a manager with %j: %s', (fields, verdict, until) => {
    const found = answer('5.3', withPeople({}, held(fields)));
    expect([found.verdict, found.holdsUntil]).toEqual([verdict, until]);
  });

  test.each([
    [{ leftOn: '2026-11-20' }, 'gap'],
    [{ leftOn: '2026-11-21' }, 'holds'],
    [{ active: false }, 'gap'],
    [{ roles: ['reader' as const] }, 'gap'],
  ])('a top manager with %j: %s', (boss, verdict) => {
    expect(answer('5.3', withPeople({ boss }, held())).verdict).toBe(verdict);
  });

  test('authority that its only holder has left is nobody’s', () => {
    const rows = [authority({ member: 'cid', role: null }), authority({ id: 'a2', dimension: 'release' })];
    const world = withPeople({ rows }, held());
    expect(answer('5.3', world).verdict).toBe('holds');
    const left = (world.organisation?.members ?? []).map((one) =>
      one.id === 'cid' ? { ...one, leftOn: '2026-11-20' } : one,
    );
    const found = answer('5.3', { ...world, organisation: { ...world.organisation, members: left } });
    expect(found.said).toContain('residual risk');
    expect(found.said).not.toContain('release');
  });

  test.each([
    [{ validTo: '2026-11-20' }, 'gap'],
    [{ validTo: '2026-11-21' }, 'holds'],
    [{ validTo: '2026' }, 'holds'],
    [{ validFrom: '2026-11-22' }, 'gap'],
    [{ level: 'high' }, 'gap'],
  ])('a table of authority with %j: %s', (row, verdict) => {
    expect(answer('5.3', withPeople({ rows: [authority(row)] }, held())).verdict).toBe(verdict);
  });

  // What the line says of the table is what the rules do with it, over levels × dimensions × roles.
  test.each([
    ['no line at all', []],
    ['one dimension', [authority()]],
    ['one that has ended', [authority({ validTo: '2026-11-20' })]],
    [
      'one that ended, and one that stands',
      [authority({ dimension: 'release', validTo: '2026-11-20' }), authority({ id: 'a2', level: 'high' })],
    ],
    ['all', limitedDimensions.map((dimension) => authority({ id: dimension, dimension }))],
  ] as const)('%s: what is said of who decides is what is asked of them', (_, rows) => {
    const world = withPeople({}, held());
    const found = answer('5.3', { ...world, organisation: { ...world.organisation, authority: rows } });
    const today = '2026-11-21';
    const says = (words: string, dimension: string) =>
      found.said.split(' | ').some((one) => one.includes(words) && one.includes(dimensionWords(dimension)));
    for (const dimension of limitedDimensions) {
      const by = decidedBy(rows, dimension, today);
      const may = (role: string, level: string) =>
        authorityObstacle(rows, { member: 'x', roles: [role] }, { dimension, level }, today) === undefined;
      const all = roles.flatMap((role) => authorityLevels.map((level) => may(role, level)));
      expect([dimension, all.every((one) => one)]).toEqual([dimension, by === 'roles']);
      expect([dimension, all.some((one) => one)]).toEqual([dimension, by !== 'nobody']);
      const open =
        rows.length === 0 ? found.said.includes('set: whoever has a role') : says('set over', dimension);
      expect([dimension, open]).toEqual([dimension, by === 'roles']);
      expect([dimension, says('nobody is entitled', dimension)]).toEqual([dimension, by === 'nobody']);
    }
  });

  test('what people hold ends with their last day or their term, the first of both', () => {
    const people = [
      role('r1', 'x', 'gone', { validTo: '2026' }),
      role('r2', 'x', 'ann', { validTo: '2027' }),
    ];
    const o = organisationOf(havingShared(people));
    expect(leaves(o, people, 'person')).toBe('2026-10-30');
    expect(leaves(o, people.slice(1), 'person')).toBe('2027-12-31');
    expect(leaves(o, [role('r3', 'x', 'nobody')], 'person')).toBeNull();
    expect(rolesOf(o).map(({ id }) => id)).toEqual(['r1', 'r2']);
  });
});

describe('7.2, whether holders are able', () => {
  const need = (fields: Record<string, Json>) =>
    record('competence', 'cmp-9', {
      state: 'current',
      title: 'Audit',
      fields: { role: 'aims-manager', person: 'ann', levelNeeded: 'practised', ...fields },
    });
  const able = (fields: Record<string, Json>, ...more: TraceRecord[]) =>
    answer('7.2', havingShared([role('rol-a', 'aims-manager', 'ann'), need(fields), ...more]));

  test.each([
    [{ levelShown: 'practised' }, 'holds', null],
    [{ levelShown: 'expert', validUntil: '2026-11-21' }, 'holds', '2026-11-21'],
    [{ levelShown: 'expert', validUntil: '2026-11-20' }, 'gap', null],
    [{ levelShown: 'basic' }, 'gap', null],
    [{}, 'gap', null],
    [{ gapAction: 'Course', gapDue: '2026-12' }, 'holds', '2026-12-31'],
    [{ gapAction: 'Course', gapDue: '2026-11-20' }, 'gap', null],
    [{ gapDue: '2027' }, 'gap', null],
    [
      { levelShown: 'expert', validUntil: '2026-10', gapAction: 'Again', gapDue: '2027-01' },
      'holds',
      '2027-01-31',
    ],
    [
      { levelShown: 'expert', validUntil: '2027-03', gapAction: 'More', gapDue: '2026-12' },
      'holds',
      '2027-03-31',
    ],
  ] as const)('shown %j: %s', (fields, verdict, until) => {
    const found = able(fields);
    expect([found.verdict, found.holdsUntil]).toEqual([verdict, until]);
  });

  test('the strongest need of a skill counts, and another skill is another need', () => {
    const stronger = record('competence', 'cmp-10', {
      state: 'current',
      title: 'Audit',
      fields: { role: 'aims-manager', levelNeeded: 'expert' },
    });
    expect(able({ levelShown: 'practised' }, stronger).verdict).toBe('gap');
    expect(able({ levelShown: 'expert' }, stronger).verdict).toBe('holds');
    expect(able({ levelShown: 'practised' }, { ...stronger, state: 'ended' }).verdict).toBe('holds');
    const other = { ...stronger, title: 'Law', fields: { role: 'aims-manager', levelNeeded: 'aware' } };
    expect(able({ levelShown: 'expert' }, other).said).toContain('Law');
  });

  test('a certificate that was renewed does not end with the old one', () => {
    const old = { ...need({ levelShown: 'practised', validUntil: '2025-12-31' }), id: 'cmp-8', ref: 'CMP-8' };
    const found = able({ levelShown: 'practised', validUntil: '2027-12-31' }, old);
    expect([found.verdict, found.holdsUntil]).toEqual(['holds', '2027-12-31']);
  });
});

describe('9, measured and audited', () => {
  const monitor = (fields: Record<string, Json>, state = 'running') =>
    answer(
      '9.1',
      havingShared([record('monitor', 'mon-9', { state, fields: { subject: 'aims', ...fields } })]),
    );

  test.each([
    [{ rhythm: 'monthly', lastEvaluatedOn: '2026-10-21' }, 'unverifiable'],
    [{ rhythm: 'monthly', lastEvaluatedOn: '2026-10-20' }, 'gap'],
    [{ rhythm: 'monthly', lastEvaluatedOn: '2026-10' }, 'unverifiable'],
    [{ rhythm: 'quarterly', lastEvaluatedOn: '2026-Q3' }, 'unverifiable'],
    [{ rhythm: 'quarterly', lastEvaluatedOn: '2026-Q2' }, 'gap'],
    [{ rhythm: 'yearly', lastEvaluatedOn: '2025' }, 'unverifiable'],
    [{ rhythm: 'monthly', startedOn: '2026-01-01' }, 'gap'],
    [{ rhythm: 'continuous' }, 'unverifiable'],
    [{ subject: 'systems', rhythm: 'monthly', lastEvaluatedOn: '2026-11-20' }, 'gap'],
  ])('a monitor with %j: %s', (fields, verdict) => {
    expect(monitor(fields).verdict).toBe(verdict);
  });

  test('a monitor that stands still watches nothing', () => {
    expect(monitor({ rhythm: 'monthly', lastEvaluatedOn: '2026-11-20' }, 'stopped').said).toContain(
      'No monitor',
    );
  });

  const audit = (id: string, fields: Record<string, Json>, state = 'reported') =>
    record('audit', id, {
      state,
      fields: {
        conclusion: 'Sound',
        reallyRuns: 'yes',
        independenceRows: [{ auditor: 'ben' }],
        recipients: ['Board'],
        populations: [{ population: 'Payroll', outside: 'yes' }],
        ...fields,
      },
    });

  test.each([
    [{ reportIssuedOn: '2025-11-21' }, 'holds', '2026-11-21'],
    [{ reportIssuedOn: '2025-11-20' }, 'gap', null],
    [{ periodTo: '2025' }, 'holds', '2026-12-31'],
    [{ periodTo: '2025-Q3' }, 'gap', null],
    [{ reportIssuedOn: '2026-01-01', conclusion: null }, 'gap', null],
  ] as const)('an audit with %j: %s', (fields, verdict, until) => {
    const clean = Object.fromEntries(
      Object.entries(audit('aud-1', fields).fields).filter(([, v]) => v !== null),
    );
    const found = answer('9.2.1', havingShared([{ ...audit('aud-1', {}), fields: clean }]));
    expect([found.verdict, found.holdsUntil]).toEqual([verdict, until]);
  });

  test('the newest audit counts, in whatever precision its day is written', () => {
    const all = [
      audit('aud-1', { periodTo: '2025-Q1' }),
      audit('aud-2', { reportIssuedOn: '2026-10-01' }),
      audit('aud-3', {}),
    ];
    for (const records of [all, [...all].reverse()])
      expect(answer('9.2.1', havingShared(records))).toMatchObject({
        verdict: 'holds',
        holdsUntil: '2027-10-01',
      });
  });

  test('an audit without any day says that no day is known, not an empty one', () => {
    const bare = audit('aud-1', { conclusion: '', recipients: [] });
    for (const id of ['9.2.1', '9.2.2'])
      for (const gap of answer(id, havingShared([bare])).gaps) expect(gap.since).toBeNull();
  });
});

describe('10.2, what went wrong', () => {
  const cases = (state: string, fields: Record<string, Json>, systems: SystemsSummary | null = summary()) =>
    answer('10.2', havingShared([record('nonconformity', 'ncr-9', { state, fields })]), systems);
  const rest = { causeDue: '2027-06', actionDue: '2027-07', checkDue: '2027-08' };

  test('holds until the first limit still to come', () => {
    expect(cases('open', { correctionDue: '2026-11-21', ...rest })).toMatchObject({
      verdict: 'holds',
      holdsUntil: '2026-11-21',
    });
    expect(cases('open', { correctionDue: '2026-11-20', ...rest }).verdict).toBe('gap');
    expect(
      cases('analysed', {
        correctionDoneOn: '2026',
        causeFoundOn: '2026',
        actionNeeded: 'no',
        actionDue: '2026-01',
        checkDue: '2027-08',
      }),
    ).toMatchObject({ verdict: 'holds', holdsUntil: '2027-08-31' });
  });

  test('a rejected case counts for nothing, and nothing on record proves nothing', () => {
    expect(cases('rejected', { correctionDue: '2020' }).verdict).toBe('unverifiable');
    expect(cases('closed', {}).verdict).toBe('holds');
    expect(cases('closed', {}, null).verdict).toBe('unverifiable');
    expect(cases('closed', {}, summary({}, ['CR2'])).verdict).toBe('gap');
  });
});

describe('data, as A.7 asks', () => {
  const data = (
    state: string,
    fields: Record<string, Json>,
    links: Record<string, readonly string[]> = {},
    owner = 'ann',
  ) =>
    havingShared([
      document('doc-5', { type: 'policy', covers: ['SD-05'] }),
      document('doc-6', { type: 'procedure', covers: ['SD-06'] }),
      record('dataset', 'dat-9', { state, fields, links, owner }),
    ]);
  const verdict = (id: string, world: World) => answer(id, world).verdict;

  test('a set in use has an owner who can act and a procedure', () => {
    const known = { procedure: ['doc-6'] };
    expect(verdict('A.7.2', data('in-use', {}, known))).toBe('holds');
    expect(verdict('A.7.2', data('in-use', {}))).toBe('gap');
    expect(verdict('A.7.2', data('planned', {}))).toBe('holds');
    for (const owner of ['gone', 'nobody'])
      expect(verdict('A.7.2', data('in-use', {}, known, owner))).toBe('gap');
    const world = data('in-use', {}, known);
    const leaving = { ...world.organisation, members: [member('ann', { leftOn: '2026-11-21' })] };
    expect(verdict('A.7.2', { ...world, organisation: leaving })).toBe('holds');
    expect(verdict('A.7.2', { ...world, organisation: leaving, now: new Date('2026-11-21T23:00:00Z') })).toBe(
      'gap',
    );
  });

  test('its provenance is complete and its preparation says how and why', () => {
    expect(verdict('A.7.5', data('in-use', { provenanceComplete: 'yes' }))).toBe('holds');
    expect(verdict('A.7.5', data('in-use', { provenanceComplete: 'not-stated' }))).toBe('gap');
    expect(verdict('A.7.6', data('in-use', { preparation: [{ method: 'Cleaned', reason: 'Noise' }] }))).toBe(
      'holds',
    );
    expect(verdict('A.7.6', data('in-use', { preparation: [{ method: 'Cleaned', reason: '  ' }] }))).toBe(
      'gap',
    );
  });
});

describe('needs and duties', () => {
  test.each([
    [{ periodFrom: '2026', periodTo: '2026' }, 'holds'],
    [{ periodFrom: '2026-01-01', periodTo: '2026-11-21' }, 'holds'],
    [{ periodFrom: '2026-01-01', periodTo: '2026-11-20' }, 'gap'],
    [{ periodFrom: '2026-11-22' }, 'gap'],
    [{}, 'holds'],
  ])('a need for %j: %s', (period, verdict) => {
    const need = record('resource', 'res-9', {
      state: 'in-use',
      fields: { needed: 'Two people', covered: 'yes', ...period },
    });
    expect(answer('7.1', havingShared([need])).verdict).toBe(verdict);
  });

  test('a duty to inform says to whom, what, when and how fast', () => {
    const parts = { owedTo: 'Authority', content: 'Incident', trigger: 'Serious', timeLimit: '15 days' };
    const duty = (fields: Record<string, Json>, state = 'taken-on') =>
      answer(
        'A.8.5',
        havingShared([record('obligation', 'obl-9', { state, fields: { duty: 'report', ...fields } })]),
      );
    expect(duty(parts).verdict).toBe('unverifiable');
    for (const part of Object.keys(parts))
      expect([part, duty({ ...parts, [part]: '' }).verdict]).toEqual([part, 'gap']);
    for (const state of ['ended', 'open']) expect(duty(parts, state).said).toContain('No duty to inform');
    // Law asks it whether or not anybody decided on it.
    expect(duty({ ...parts, source: 'law' }, 'open').verdict).toBe('unverifiable');
    expect(duty({ ...parts, source: 'law', owedTo: '' }, 'open').verdict).toBe('gap');
    expect(duty({ ...parts, source: 'law' }, 'ended').said).toContain('No duty to inform');
  });
});

describe('the statement', () => {
  const decided = (world: World) =>
    controlDecisions(organisationOf(world)).filter((row) => row.decided !== 'none');

  test('counts every control of the annex once, decided or not', () => {
    const all = controlDecisions(organisationOf(goodWorld()));
    expect([all.length, new Set(all.map(({ id }) => id)).size]).toEqual([38, 38]);
    expect(decided(goodWorld()).map(({ id, decided: how }) => [id, how])).toEqual([
      ['A.2.2', 'applicable'],
      ['A.6.2.6', 'applicable'],
    ]);
  });

  test('an excluded control is not asked about from the day of its approval only', () => {
    const excluded = changed('apl-2', { fields: { decision: 'excluded', justification: 'None' } });
    expect(answer('A.2.2', excluded).verdict).toBe('not-applicable');
    expect(answer('A.2.2', changed('apl-2', { approvals: [act('submit')] }, excluded)).verdict).toBe('holds');
  });
});

describe('the mandatory set over time', () => {
  const item = (world: World, id = 'MD-02') => {
    const facts = organisationFacts(organisationInputs(world), catalogue, world.now ?? now);
    const { mandatory, supporting } = mandatorySet(facts, catalogue, world.now ?? now, summary());
    const found = [...mandatory, ...supporting].find((one) => one.id === id);
    if (!found) throw new RangeError(id);
    return found;
  };

  test.each([
    ['2026-11-20', 'no'],
    ['2026-11-21', 'yes'],
    ['2026-11', 'yes'],
    ['2026-Q3', 'no'],
  ])('a policy whose next review is %s is current: %s', (nextReview, state) => {
    expect(item(changed('doc-policy', { fields: { nextReview } })).current.state).toBe(state);
  });

  test('a draft beside the approved version changes none of its answers', () => {
    const before = goodWorld().records.find(({ id }) => id === 'doc-policy');
    const inForce = { version: 1, fields: before?.fields ?? {}, links: {} };
    const drafted = changed('doc-policy', { version: 2, digest: 'new', inForce, fields: { covers: [] } });
    expect(item(drafted)).toEqual(item(goodWorld()));
  });

  test('a withdrawn or archived document is no document', () => {
    for (const gone of [{ state: 'withdrawn' }, { archived: true }]) {
      const found = item(changed('doc-policy', gone));
      expect([found.exists.state, found.record, found.passes]).toEqual(['no', null, false]);
    }
  });
});
