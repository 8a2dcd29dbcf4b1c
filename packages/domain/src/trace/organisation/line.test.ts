import { expect, test } from 'vitest';
import {
  act,
  approved,
  catalogue,
  now,
  organisationInputs,
  record,
  text,
  trace,
  type World,
} from '../../../test/trace/kit.ts';
import { misses } from '../../../test/trace/misses/all.ts';
import { changed, goodWorld, havingShared } from '../../../test/trace/world.ts';
import { limitedDimensions } from '../../authority.ts';
import { registry } from '../../kinds/all.ts';
import type { OrganisationInputs, TraceRecord } from '../inputs.ts';
import { organisationFacts } from '../organisation-facts.ts';
import type { SystemsSummary } from './context.ts';
import { laterQuestions } from './later.ts';
import { mandatorySet, organisationLine, organisationQuestions } from './line.ts';

const nothing: SystemsSummary = { systems: 1, live: 1, gaps: new Map(), records: new Map() };
const summary = (
  gaps: Record<string, readonly string[]> = {},
  records: Record<string, number> = {},
): SystemsSummary => ({
  ...nothing,
  gaps: new Map(
    Object.entries(gaps).map(([rule, systems]) => [
      rule,
      { systems, count: systems.length, since: '2026-03-01' },
    ]),
  ),
  records: new Map(Object.entries(records)),
});

function line(world: World, systems: SystemsSummary | null = nothing) {
  const inputs = organisationInputs(world);
  const at = world.now ?? now;
  return organisationLine(organisationFacts(inputs, catalogue, at), catalogue, at, systems);
}
function answer(id: string, world: World, systems: SystemsSummary | null = nothing) {
  const found = line(world, systems).questions.find((question) => question.id === id);
  if (!found) throw new RangeError(id);
  return found;
}
const said = (id: string, world: World, systems: SystemsSummary | null = nothing) =>
  answer(id, world, systems)
    .gaps.map((gap) => text(gap.sentence))
    .join(' | ');
function set(world: World, systems: SystemsSummary | null = nothing) {
  const inputs = organisationInputs(world);
  return mandatorySet(organisationFacts(inputs, catalogue, now), catalogue, now, systems);
}
const item = (id: string, world: World, systems: SystemsSummary | null = nothing) => {
  const { mandatory, supporting } = set(world, systems);
  const found = [...mandatory, ...supporting].find((candidate) => candidate.id === id);
  if (!found) throw new RangeError(id);
  return found;
};
const document = (id: string, fields: TraceRecord['fields']) =>
  record('document', id, { ...approved, state: 'kept-up', owner: 'ann', fields });
const judged = (judgements: OrganisationInputs['judgements'], world: World = goodWorld()): World => ({
  ...world,
  organisation: { ...world.organisation, judgements },
});

test('32 clauses and 20 controls, each judged or on the later list, and never both', () => {
  const { questions } = line({});
  expect(questions.filter(({ type }) => type === 'clause')).toHaveLength(32);
  expect(questions.filter(({ type }) => type === 'control')).toHaveLength(20);
  for (const { id } of questions) {
    const here = organisationQuestions.filter((question) => question.id === id).length;
    expect([id, here + Number(id in laterQuestions)]).toEqual([id, 1]);
  }
  expect(organisationQuestions.length + Object.keys(laterQuestions).length).toBe(52);
});

test('what a question waits for is no kind of this release', () => {
  const waits = [
    ...Object.values(laterQuestions),
    ...organisationQuestions.map(({ waits }) => waits ?? []),
  ].flat();
  for (const kind of waits.filter((one) => !registry.isSealed(one)))
    expect([kind, registry.find(kind)]).toEqual([kind, undefined]);
});

test('an organisation with nothing on record holds nothing', () => {
  const empty: World = { organisation: { systems: [] } };
  for (const systems of [null, { ...nothing, systems: 0, live: 0 }]) {
    const held = line(empty, systems).questions.filter(({ verdict }) => verdict === 'holds');
    expect(held.map(({ id }) => id)).toEqual([]);
  }
});

test('a question that waits for a later kind never holds, and says what it waits for', () => {
  const world = havingShared([
    record('monitor', 'mon-9', {
      state: 'running',
      fields: { subject: 'aims', rhythm: 'monthly', lastEvaluatedOn: '2026-11-15' },
    }),
  ]);
  const measured = answer('9.1', world);
  expect(measured.verdict).toBe('unverifiable');
  expect(text(measured.statement)).toContain('measurement');
  expect(answer('9.3.1', world).later).toEqual([{ rule: '9.3.1', waitsFor: ['management-review'] }]);
});

test('whatever falls with the organisation in a system’s line is a gap with a button on the organisation’s line', () => {
  for (const [rule, what, world] of misses) {
    const broken = world();
    for (const gap of trace(broken).stations.flatMap(({ gaps }) => gaps)) {
      if (!gap.causedBy || !('organisation' in gap.causedBy)) continue;
      const question = answer(gap.causedBy.organisation, broken);
      expect([rule, what, gap.causedBy.organisation, question.verdict]).toEqual([
        rule,
        what,
        gap.causedBy.organisation,
        'gap',
      ]);
      expect(question.gaps.some(({ action }) => action !== null)).toBe(true);
    }
  }
});

test.each([
  ['6.1.3', 'controls without a decision', goodWorld, 'and 33 more have no decision'],
  ['7.5.1', 'items are missing', goodWorld, 'MD-03'],
] as const)('%s is a gap where %s', (id, _, world, words) => {
  expect(said(id, world())).toContain(words);
  expect(answer(id, world()).verdict).toBe('gap');
});

const role = (id: string, name: string, person: string) =>
  record('role-assignment', id, {
    state: 'accepted',
    fields: { role: name, person, acceptedOn: '2026-01-10' },
  });

test('5.3 holds with holders who accepted and somebody at the highest level of each dimension', () => {
  const authority = limitedDimensions.map((dimension) => ({
    id: dimension,
    dimension,
    level: 'severe',
    member: null,
    role: 'top-management',
    validFrom: '2026-01-01',
    validTo: null,
  }));
  const base = havingShared([role('rol-a', 'aims-manager', 'ann'), role('rol-b', 'top-management', 'boss')]);
  const world = { ...base, organisation: { ...base.organisation, authority } };
  expect(answer('5.3', world).verdict).toBe('holds');
  const low = authority.map((row) => ({ ...row, level: 'low' }));
  expect(said('5.3', { ...base, organisation: { ...base.organisation, authority: low } })).toContain(
    'residual risk',
  );
});

test('4.3, 5.2 and A.2.2 hold with a scope and a policy in force, until the next review', () => {
  for (const id of ['4.3', '5.2', 'A.2.2', 'A.2.3', 'A.2.4']) {
    expect([id, answer(id, goodWorld()).verdict]).toEqual([id, 'holds']);
  }
  expect(answer('5.2', goodWorld()).holdsUntil).toBe('2027-04-01');
  const later = { ...goodWorld(), now: new Date('2027-04-02T12:00:00Z') };
  expect(answer('5.2', later).verdict).toBe('gap');
});

test('an interval never adopted is a gap in planning of the organisation', () => {
  const world = goodWorld();
  const none = { ...world, organisation: { ...world.organisation, intervals: {} } };
  expect(said('4.3', none)).toContain('No interval is adopted');
});

test('questions about all systems are answered from their kept lines, and from nothing else', () => {
  const records = { 'impact-assessment': 2, treatment: 1 };
  expect(answer('8.4', goodWorld(), null).verdict).toBe('unverifiable');
  expect(answer('8.4', goodWorld(), nothing).verdict).toBe('unverifiable');
  expect(answer('8.4', goodWorld(), summary({}, records)).verdict).toBe('holds');
  const missed = answer('8.4', goodWorld(), summary({ IM1: ['sys-1', 'sys-2'] }, records));
  expect(missed.verdict).toBe('gap');
  expect(text(missed.gaps[0]?.sentence ?? [])).toBe('2 systems have a gap at station 7 impact (rule IM1).');
  expect(answer('8.3', goodWorld(), summary({ RI4: ['sys-1'] }, records)).verdict).toBe('gap');
  expect(answer('A.10.3', goodWorld(), summary({ SU1: ['sys-1'] })).verdict).toBe('gap');
  expect(answer('A.10.2', goodWorld(), summary({ SU2: ['sys-1'] })).verdict).toBe('gap');
});

test('a control that is validly excluded does not apply; an exclusion that was not approved excludes nothing', () => {
  const excluded = (approvals: TraceRecord['approvals']) =>
    havingShared([
      record('control', 'ctl-9', { state: 'adopted', fields: { item: 'A.7.2' } }),
      record('applicability', 'apl-9', {
        state: 'kept-up',
        approvals,
        fields: { decision: 'excluded', justification: 'No data of our own' },
        links: { control: ['ctl-9'] },
      }),
    ]);
  expect(answer('A.7.2', excluded([act('approve')])).verdict).toBe('not-applicable');
  expect(answer('A.7.2', excluded([])).verdict).toBe('gap');
});

test('an audit counts with a conclusion, a check of independence and a population from outside', () => {
  const audit = (fields: TraceRecord['fields']) =>
    havingShared([
      record('audit', 'aud-1', { state: 'reported', fields: { reportIssuedOn: '2026-06-01', ...fields } }),
    ]);
  const whole = {
    conclusion: 'Runs',
    reallyRuns: 'yes',
    populations: [{ source: 'procurement-ledger', outside: 'yes' }],
    independenceRows: [{ auditor: 'cid', state: 'independent' }],
    recipients: ['Head of claims'],
  };
  expect(answer('9.2.1', audit(whole))).toMatchObject({ verdict: 'holds', holdsUntil: '2027-06-01' });
  expect(said('9.2.1', audit({ ...whole, populations: [] }))).toContain('outside the register');
  expect(said('9.2.1', audit({ ...whole, reportIssuedOn: '2025-11-20' }))).toContain('2026-11-20');
  expect(answer('9.2.2', audit(whole)).verdict).toBe('unverifiable');
  expect(said('9.2.2', audit({ ...whole, independenceRows: [] }))).toContain('independence');
});

test('the mandatory set has 15 items and 17 supporting ones, none of which passes by itself', () => {
  const { mandatory, supporting } = set({}, null);
  expect([mandatory.length, supporting.length]).toEqual([15, 17]);
  for (const one of [...mandatory, ...supporting]) expect([one.id, one.passes]).toEqual([one.id, false]);
});

test('a document passes when it exists, is approved by another, is current, and its owner says so of this version', () => {
  const yes = (version: number, by = 'ann') =>
    judged(
      [{ item: 'MD-02', answer: 'yes', by, at: '2026-11-01T09:00:00Z', version }],
      changed('doc-policy', { owner: 'ann', fields: { author: 'ben' } }),
    );
  expect(item('MD-02', yes(1))).toMatchObject({ passes: true, record: 'doc-policy' });
  expect(item('MD-02', yes(0)).ownerCanSpeak.state).toBe('not-yet-judged');
  expect(item('MD-02', yes(1, 'cid')).ownerCanSpeak.state).toBe('not-yet-judged');
  expect(item('MD-02', goodWorld()).ownerCanSpeak.state).toBe('not-yet-judged');
  const no = judged(
    [{ item: 'MD-02', answer: 'no', by: 'ann', at: '2026-11-01T09:00:00Z', version: 1 }],
    changed('doc-policy', { owner: 'ann' }),
  );
  expect(item('MD-02', no)).toMatchObject({ passes: false, ownerCanSpeak: { state: 'no' } });
});

test('an approval by the author does not count, unless a small organisation waived that in writing', () => {
  const own = changed('doc-policy', { fields: { author: 'boss' } });
  expect(item('MD-02', own).approved.state).toBe('no');
  const waiver = { id: 'wvr-1', at: '2020-01-01T00:00:00.000Z', lastDay: '2999-12-31', endedAt: null };
  const under = (waivers: OrganisationInputs['waivers']) =>
    item('MD-02', { ...own, organisation: { ...own.organisation, waivers } }).approved;
  expect(under([waiver])).toMatchObject({ state: 'yes', why: expect.arrayContaining([' under a waiver.']) });
  // It is judged by the day of the approval: what ended since does not take it away, what came later does not mend it.
  expect(under([{ ...waiver, endedAt: '2999-01-01T00:00:00.000Z' }]).state).toBe('yes');
  expect(under([{ ...waiver, lastDay: '2020-01-02' }]).state).toBe('no');
  expect(under([{ ...waiver, at: '2999-01-01T00:00:00.000Z' }]).state).toBe('no');
});

test('an approval by another account of the author is one by the author', () => {
  const other = changed('doc-policy', { fields: { author: 'ann' } });
  expect(item('MD-02', other).approved.state).toBe('yes');
  const samePersons = [['ann', 'boss']] as const;
  expect(
    item('MD-02', { ...other, organisation: { ...other.organisation, samePersons } }).approved.state,
  ).toBe('no');
});

test('a trigger without an answer makes a document stale', () => {
  const task = (state: string) =>
    havingShared([
      record('task', 'tsk-1', {
        state,
        fields: { trigger: 'serious_incident' },
        links: { concerns: ['doc-policy'] },
      }),
    ]);
  expect(item('MD-02', task('open')).current.state).toBe('no');
  expect(item('MD-02', task('done')).current.state).toBe('yes');
});

test('a record holds only when computed: an empty register and a gap hold nothing, a later kind leaves it open', () => {
  expect(item('MD-11', goodWorld()).holds?.state).toBe('no');
  const records = { 'impact-assessment': 3, nonconformity: 1, monitor: 1 };
  expect(item('MD-11', goodWorld(), summary({}, records)).holds?.state).toBe('yes');
  expect(item('MD-11', goodWorld(), summary({ IM2: ['sys-1'] }, records)).holds?.state).toBe('no');
  expect(item('MD-11', goodWorld(), null).holds?.state).toBe('not-yet-judged');
  expect(item('MD-12', goodWorld(), summary({}, records)).holds?.state).toBe('not-yet-judged');
  expect(item('MD-14', goodWorld(), summary({}, records)).holds?.state).toBe('not-yet-judged');
  expect(item('MD-15', goodWorld(), summary({}, records)).holds?.state).toBe('yes');
});

test('gaps that keep a record from holding are told by station, with the count as people read it', () => {
  const records = { 'impact-assessment': 3, risk: 2, treatment: 1 };
  const many = Array.from({ length: 1182 }, (_system, at) => `sys-${at + 1}`);
  const why = (id: string, gaps: Readonly<Record<string, readonly string[]>>) =>
    text(item(id, goodWorld(), summary(gaps, records)).holds?.why ?? []);
  expect(why('MD-11', { IM2: many })).toBe(
    'At least 1,182 systems have a gap at station 7 impact (rule IM2).',
  );
  expect(why('MD-11', { IM2: ['sys-1'] })).toBe(
    'At least 1 system has a gap at station 7 impact (rule IM2).',
  );
  expect(why('MD-11', { IM1: ['sys-1'], IM2: ['sys-1'] })).toContain('7 impact (rules IM1, IM2)');
});

test('a document written to stand for a record changes nothing about the record', () => {
  const written = havingShared([document('doc-fake', { type: 'report', covers: ['MD-11'] })]);
  expect(item('MD-11', written).holds?.state).toBe('no');
  expect(item('MD-11', written).exists.state).toBe('no');
});

test('what is computed and has no owner is owned by whoever says to be ready to explain it', () => {
  const spoken = (answer: 'yes' | 'no') =>
    item('MD-06', judged([{ item: 'MD-06', version: null, by: 'ann', answer, at: now.toISOString() }]));
  expect(item('MD-06', judged([]))).toMatchObject({
    owner: null,
    ownerCanSpeak: { state: 'not-yet-judged' },
  });
  expect(spoken('yes')).toMatchObject({ owner: 'ann', ownerCanSpeak: { state: 'yes' } });
  expect(spoken('no')).toMatchObject({ owner: null, ownerCanSpeak: { state: 'no' } });
});

test('the Statement of Applicability counts its decided controls', () => {
  const found = item('MD-06', goodWorld());
  expect(found.exists.state).toBe('no');
  expect(text(found.exists.why)).toBe('36 of 38 controls are not decided.');
});

test('a statement in force is no longer current once a control stands without a decision, and leads to that control', () => {
  const found = item(
    'MD-06',
    havingShared([document('doc-soa', { type: 'statement-of-applicability', covers: ['MD-06'] })]),
  );
  expect([found.exists.state, found.approved.state, found.current.state]).toEqual(['yes', 'yes', 'no']);
  expect(text(found.current.why)).toMatch(/^36 /);
  expect(found.action?.label).toMatch(/^(Adopt|Decide on) A\.2\.3$/);
});

test('a document says which version is in force, whose it is, since when, and by when it is looked at again', () => {
  const owned = changed('doc-policy', { owner: 'ann' });
  expect(item('MD-02', owned)).toMatchObject({
    version: 1,
    owner: 'ann',
    approvedOn: '2026-04-01',
    due: '2027-04-01',
  });
  expect(item('MD-07', goodWorld())).toMatchObject({
    version: null,
    owner: null,
    approvedOn: null,
    due: null,
  });
});

test('every item that fails for something that can be done has one next thing to do', () => {
  const records = { 'impact-assessment': 3, nonconformity: 1 };
  expect(item('MD-07', goodWorld()).action).toMatchObject({ label: 'Write it', do: { kind: 'document' } });
  // An empty register begins with its first record; a gap on systems is worked on the first of them.
  expect(item('MD-11', goodWorld()).action).toMatchObject({
    do: { type: 'create', kind: 'impact-assessment' },
  });
  expect(item('MD-11', goodWorld(), summary({ IM2: ['sys-1'] }, records)).action).toEqual({
    label: ['Go to ', { record: 'sys-1' }],
    do: { type: 'open', record: 'sys-1' },
  });
  expect(item('MD-11', goodWorld(), summary({}, records)).action).toBeNull();
  // Nothing can be done about what a later release judges.
  expect(item('MD-14', goodWorld(), summary({}, records)).action).toBeNull();
});

test('the Statement of Applicability leads to the next control that nobody decided', () => {
  const { action } = item('MD-06', goodWorld());
  expect(action?.label).toMatch(/^(Adopt|Decide on) A\.2\.3$/);
  const drafted = changed('apl-1', { approvals: [] });
  expect(item('MD-06', drafted).action).not.toBeNull();
});

test('a nonconformity past its limit and a role without the skill are the next things of their items', () => {
  const late = havingShared([
    record('nonconformity', 'ncr-late', {
      state: 'open',
      owner: 'ann',
      fields: { grade: 'major', detectedOn: '2026-01-05', level: 'organisation' },
    }),
  ]);
  const records = { nonconformity: 1 };
  expect(item('MD-15', late, summary({}, records)).action).toMatchObject({
    label: ['Go on with ', { record: 'ncr-late' }],
    do: { record: 'ncr-late' },
  });
  const unskilled = havingShared([
    record('role-assignment', 'rol-org', {
      state: 'accepted',
      fields: { role: 'dpo', person: 'ann', acceptedOn: '2026-01-10' },
    }),
  ]);
  expect(item('MD-08', unskilled).action).toMatchObject({ label: 'State the need' });
});
