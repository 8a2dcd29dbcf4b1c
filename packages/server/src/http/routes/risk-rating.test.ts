import { afterAll, beforeAll, expect, test } from 'vitest';
import { approved, ratingBy, wholeCriteria } from '../../../test/approved.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  record,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
let top: Agent;
let criteria: { id: string; ref: string };

const whole = wholeCriteria;
const rating = ratingBy({ likelihood: 'often' });
const at = (id: string) => `/risks/${id}/rating`;

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
});
afterAll(() => closeUnfailed(server));

const made = (collection: string, fields: Readonly<Record<string, unknown>>) =>
  record(manager, collection, fields);
async function approve(id: string, fields: object, version: number): Promise<void> {
  if (version > 1) {
    const edited = await manager.send('PATCH', `/risk-criteria/${id}`, { fields }, ifMatch(version - 1));
    expect(edited.statusCode, edited.body).toBe(200);
  }
  await approved(top, 'risk-criteria', id);
}

test('nothing is rated while no criteria are in force, and a draft is not', async () => {
  criteria = await made('risk-criteria', { name: 'Criteria', ...whole });
  const { id } = await made('risks', { name: 'A wrong answer is trusted' });
  expect((await reader.send('GET', at(id))).json()).toMatchObject({ criteria: null, ratedBy: null });
  const refused = await manager.send('PUT', at(id), rating, ifMatch(1));
  expect(refused.statusCode).toBe(409);
  expect(refused.json().detail).toContain('No risk criteria are in force');
});

test('criteria whose matrix has a hole or an overlap are refused by the field that has it', async () => {
  const [first, ...rest] = whole.matrix;
  const hole = await manager.send('POST', '/risk-criteria', {
    fields: { name: 'C', ...whole, matrix: rest },
  });
  expect(hole.statusCode).toBe(422);
  expect(hole.json().errors).toEqual([
    { at: 'fields.matrix', message: '"Seldom" with "Mild" has no level. For the organisation.' },
  ]);
  const twice = [...whole.matrix, { ...first, level: 'severe' }];
  const overlap = await manager.send('POST', '/risk-criteria', {
    fields: { name: 'C', ...whole, matrix: twice },
  });
  expect(overlap.statusCode).toBe(422);
  expect(overlap.json().errors[0].message).toContain('stands twice, as low and as severe');
});

test('a rating by the criteria in force is an edit of the risk, with the levels that the matrix gives', async () => {
  await approve(criteria.id, {}, 1);
  const { id } = await made('risks', { name: 'A wrong answer is trusted' });
  const answer = await manager.send('PUT', at(id), { ...rating, assessedOn: '2026-05-04' }, ifMatch(1));
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.json()).toMatchObject({
    version: 2,
    ratedBy: `${criteria.ref} v1`,
    criteria: {
      name: `${criteria.ref} v1`,
      likelihoods: [
        { step: 'Seldom', meaning: 'Seldom it is' },
        { step: 'Often', meaning: 'Often it is' },
      ],
      scales: {
        individuals: {
          levels: [
            ['low', 'moderate'],
            ['low', 'high'],
          ],
          threshold: 'moderate',
        },
        society: { consequences: [{ step: 'Felt everywhere' }], levels: [['high'], ['severe']] },
      },
    },
    points: {
      current: {
        society: {
          likelihood: 'Often',
          consequence: 'Felt everywhere',
          level: 'severe',
          byCriteria: 'severe',
        },
      },
      inherent: { society: { level: null, byCriteria: null } },
    },
  });
  const risk = (await manager.send('GET', `/risks/${id}`)).json();
  expect(risk.fields).toMatchObject({
    currentOrganisation: 'low',
    currentIndividuals: 'high',
    currentLevel: 'severe',
    assessedOn: '2026-05-04',
    criteriaVersion: `${criteria.ref} v1`,
  });
  expect(risk.fields.rated).toHaveLength(3);
});

test('the version in force rates until the next is approved, and what was set by hand is told apart', async () => {
  const { id } = await made('risks', { name: 'Nobody notices' });
  const harder = whole.matrix.map((cell) => ({
    ...cell,
    level: cell.level === 'low' ? 'moderate' : cell.level,
  }));
  const edited = await manager.send(
    'PATCH',
    `/risk-criteria/${criteria.id}`,
    { fields: { matrix: harder, transitionUntil: '9999-06-30' } },
    ifMatch(1),
  );
  expect(edited.statusCode, edited.body).toBe(200);
  const first = (await manager.send('PUT', at(id), rating, ifMatch(1))).json();
  expect(first.points.current.organisation.level).toBe('low');
  await approve(criteria.id, { changes: 'Nothing is low' }, 3);
  const older = (await reader.send('GET', at(id))).json();
  expect(older).toMatchObject({
    ratedBy: `${criteria.ref} v1`,
    criteria: { version: 3, transitionUntil: '9999-06-30' },
    points: { current: { organisation: { level: 'low', byCriteria: 'moderate' } } },
  });
});

test('steps that the criteria do not have are refused by part, a lost race and a reader too, and nothing is kept', async () => {
  const { id } = await made('risks', { name: 'Nobody looks' });
  const strange = {
    ...rating,
    likelihood: 'Never',
    consequences: { ...rating.consequences, society: 'Mild' },
  };
  const refused = await manager.send('PUT', at(id), strange, ifMatch(1));
  expect(refused.statusCode).toBe(422);
  expect(refused.json().errors).toEqual([
    { at: 'likelihood', message: '"Never" is no step of likelihood: Seldom, Often.' },
    { at: 'consequences.society', message: '"Mild" is no step of consequence: Felt everywhere.' },
  ]);
  expect((await manager.send('PUT', at(id), rating)).statusCode).toBe(428);
  expect((await reader.send('PUT', at(id), rating, ifMatch(1))).statusCode).toBe(403);
  expect((await manager.send('GET', at(id))).json()).toMatchObject({ version: 1, ratedBy: null });
  await manager.send('PUT', at(id), rating, ifMatch(1));
  expect((await manager.send('PUT', at(id), rating, ifMatch(1))).statusCode).toBe(412);
});

test('a level that was rated is not typed over, and nobody bears one that its criteria do not give', async () => {
  const { id } = await made('risks', {
    name: 'It is trusted too much',
    event: 'A wrong answer is sent',
    owner: manager.id,
    acceptanceType: 'lasting',
    acceptanceReason: 'It is seen at once',
  });
  for (const [point, version] of [
    ['current', 1],
    ['residual', 2],
  ] as const)
    expect((await manager.send('PUT', at(id), { ...rating, point }, ifMatch(version))).statusCode).toBe(200);
  const levels = { residualOrganisation: 'low', residualIndividuals: 'low', residualSociety: 'low' };
  const typed = await manager.send('PATCH', `/risks/${id}`, { fields: levels }, ifMatch(3));
  expect(typed.statusCode).toBe(422);
  expect(typed.json().errors.map(({ at: field }: { at: string }) => field)).toContain(
    'fields.residualIndividuals',
  );
  const without = { ...levels, rated: [], criteriaVersion: null };
  const cleared = await manager.send('PATCH', `/risks/${id}`, { fields: without }, ifMatch(3));
  expect(cleared.statusCode, cleared.body).toBe(422);
  await approved(top, 'risks', id);
  const unlinked = await manager.send(
    'PATCH',
    `/risks/${id}`,
    { links: { criteria: { set: [] } } },
    ifMatch(3),
  );
  expect(unlinked.statusCode, unlinked.body).toBe(200);
  const { version, proof } = (await top.send('GET', `/risks/${id}`)).json();
  const act = { act: 'approve', version, digest: proof.digest };
  const refused = await top.send('POST', `/risks/${id}/approvals`, act);
  expect(refused.statusCode).toBe(409);
  expect(refused.json().detail).toContain('not on record: rate it anew');
});

test('nothing is rated on a day that is still to come, nor said to be by an edit or at the beginning', async () => {
  const { id } = await made('risks', { name: 'It is rated ahead' });
  const body = { ...rating, assessedOn: '2999-01-01' };
  const put = await manager.send('PUT', at(id), body, ifMatch(1));
  expect(put.statusCode).toBe(422);
  expect(put.json().errors).toEqual([
    { at: 'assessedOn', message: '2999-01-01 is a day that is still to come.' },
  ]);
  const fields = { assessedOn: '2999-01-01' };
  const said = { at: 'fields.assessedOn', message: expect.stringContaining('still to come') };
  const patch = await manager.send('PATCH', `/risks/${id}`, { fields }, ifMatch(1));
  expect(patch.statusCode).toBe(422);
  expect(patch.json().errors).toEqual([said]);
  const post = await manager.send('POST', '/risks', { fields: { name: 'Another', ...fields } });
  expect(post.json().errors).toEqual([said]);
});

test('a version approved for a later day leaves the one before in force, by which every point is rated until then', async () => {
  const { id } = await made('risks', { name: 'Nobody looks' });
  const now = async () => (await reader.send('GET', at(id))).json().criteria;
  const before = await now();
  const { version } = (await manager.send('GET', `/risk-criteria/${criteria.id}`)).json();
  await approve(criteria.id, { validFrom: '2999-01-01', changes: 'From another day' }, version + 1);
  expect((await now()).name).toBe(before.name);
  const answer = await manager.send('PUT', at(id), rating, ifMatch(1));
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.json().ratedBy).toBe(before.name);
  const { fields } = (await manager.send('GET', `/risks/${id}`)).json();
  expect(new Set(fields.rated.map((row: { criteria: string }) => row.criteria))).toEqual(
    new Set([before.name]),
  );
});

test('undoing a rating gives back steps, levels and criteria of before, as one change that takes the acceptance away', async () => {
  const { id } = await made('risks', {
    name: 'It is read in haste',
    event: 'A wrong answer is sent',
    owner: manager.id,
    acceptanceType: 'lasting',
    acceptanceReason: 'It is seen at once',
  });
  const rateAs = (point: string, likelihood: string, version: number) =>
    manager.send('PUT', at(id), { ...rating, point, likelihood }, ifMatch(version));
  for (const [point, version] of [
    ['current', 1],
    ['residual', 2],
  ] as const)
    expect((await rateAs(point, 'Seldom', version)).statusCode).toBe(200);
  const before = (await manager.send('GET', `/risks/${id}`)).json();
  await approved(top, 'risks', id);
  expect((await rateAs('residual', 'often', 3)).statusCode).toBe(200);
  const between = (await manager.send('GET', `/risks/${id}`)).json();
  expect(between.fields.residualLevel).not.toBe(before.fields.residualLevel);
  const undone = await manager.send('POST', `/risks/${id}/undo`, { version: 4 }, ifMatch(4));
  expect(undone.statusCode, undone.body).toBe(200);
  const after = (await manager.send('GET', `/risks/${id}`)).json();
  expect(after).toMatchObject({ version: 5, fields: before.fields, approval: { status: 'void' } });
  // It was one change, so that undoing the undo is the rating again.
  expect((await manager.send('POST', `/risks/${id}/undo`, { version: 5 }, ifMatch(5))).statusCode).toBe(200);
  expect((await manager.send('GET', `/risks/${id}`)).json().fields).toEqual(between.fields);
});

test('an acceptance reads each point by the version of the criteria that it was rated by', async () => {
  const rated = async () => (await reader.send('GET', at(id))).json();
  const { id } = await made('risks', {
    name: 'It answers too late',
    event: 'A wrong answer is sent',
    owner: manager.id,
    acceptanceType: 'lasting',
    acceptanceReason: 'It is seen at once',
  });
  const rateAt = async (point: string) => {
    const { version } = await rated();
    const answer = await manager.send('PUT', at(id), { ...rating, point }, ifMatch(version));
    expect(answer.statusCode, answer.body).toBe(200);
  };
  await rateAt('current');
  await rateAt('residual');
  const before = (await rated()).ratedBy;
  // A version that gives every case another level, and by which what there was before controls is rated alone.
  const { version, fields } = (await manager.send('GET', `/risk-criteria/${criteria.id}`)).json();
  const matrix = fields.matrix.map((cell: object) => ({ ...cell, level: 'severe' }));
  await approve(criteria.id, { matrix, validFrom: null, changes: 'Everything is severe' }, version + 1);
  await rateAt('inherent');
  expect((await rated()).ratedBy).not.toBe(before);
  // The line names what stands by older criteria; nobody is told that a level is wrong which is right.
  const { lack } = (await manager.send('GET', `/risks/${id}`)).json();
  expect(lack).toBeUndefined();
  await approved(top, 'risks', id);
});

test('a rating of a day on which other criteria rated is refused, and one of the first criteria is not', async () => {
  const { id } = await made('risks', { name: 'It is rated for last year' });
  const rateOn = (assessedOn: string) => manager.send('PUT', at(id), { ...rating, assessedOn }, ifMatch(1));
  const { version } = (await manager.send('GET', `/risk-criteria/${criteria.id}`)).json();
  await approve(criteria.id, { validFrom: '2026-06-01', changes: 'Said since when' }, version + 1);
  const refused = await rateOn('2026-05-31');
  expect(refused.statusCode).toBe(422);
  expect(refused.json().errors).toEqual([
    { at: 'assessedOn', message: expect.stringMatching(/ rates from 2026-06-01 on\. /) },
  ]);
  // Without a first day of its own a version rates from its approval on, as another rated before.
  await approve(criteria.id, { validFrom: null, changes: 'Unsaid since when' }, version + 2);
  expect((await rateOn('2026-06-02')).json().errors).toMatchObject([{ at: 'assessedOn' }]);
  await approve(criteria.id, { validFrom: '2026-06-01', changes: 'Said again' }, version + 3);
  const rated = await rateOn('2026-06-01');
  expect(rated.statusCode).toBe(200);
  // Typed afterwards, the day is held against the same.
  const type = (assessedOn: string | null, on: number) =>
    manager.send('PATCH', `/risks/${id}`, { fields: { assessedOn } }, ifMatch(on));
  const typed = await type('2026-05-31', 2);
  expect([typed.statusCode, typed.json().errors]).toEqual([
    422,
    [{ at: 'fields.assessedOn', message: expect.stringMatching(/ rates from 2026-06-01 on\. /) }],
  ]);
  expect((await type(null, 2)).statusCode).toBe(200);
  expect((await type('2026-05-31', 3)).statusCode).toBe(422);
  expect((await type('2026-06-02', 3)).statusCode).toBe(200);
  // What no criteria rated has no other day to be held against.
  const bare = await made('risks', { name: 'It is rated by nobody yet' });
  const free = { fields: { assessedOn: '2020-01-01' } };
  expect((await manager.send('PATCH', `/risks/${bare.id}`, free, ifMatch(1))).statusCode).toBe(200);
});
