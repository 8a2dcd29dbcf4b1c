/** A risk that is rated below what somebody accepted, or approved a plan for: by whichever door, it is said why. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparedBut } from '../../../../domain/test/risk/compared.ts';
import { approved, criteriaInForce, ratingBy } from '../../../test/approved.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  record,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { wholeAssessment } from '../../../test/whole.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';

let server: TestServer;
let manager: Agent;
let top: Agent;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  top = await signedIn(server, manager.organisation, ['top-management']);
  await criteriaInForce(manager, top);
});
afterAll(() => closeUnfailed(server));

const now = async (ref: string) => (await manager.send('GET', `/risks/${ref}`)).json();
const match = async (ref: string) => ifMatch((await now(ref)).version);
const mild = { consequences: { organisation: 'Mild', individuals: 'Mild', society: 'Felt everywhere' } };

async function rate(ref: string, changes: object, because?: string) {
  const body = { ...ratingBy(changes), ...(because === undefined ? {} : { because }) };
  return manager.send('PUT', `/risks/${ref}/rating`, body, await match(ref));
}
async function kept(ref: string, changes: object): Promise<void> {
  const answer = await rate(ref, changes);
  expect(answer.statusCode, answer.body).toBe(200);
}
async function patch(ref: string, body: object) {
  return manager.send('PATCH', `/risks/${ref}`, body, await match(ref));
}
const terms = () => ({
  acceptanceType: 'lasting',
  acceptanceReason: 'The gain is worth it.',
  event: 'It is',
  owner: manager.id,
});
/** A risk rated by the criteria at both points, and accepted. */
async function accepted(): Promise<string> {
  const { ref } = await record(manager, 'risks', { name: 'A wrong answer is trusted', ...terms() });
  await kept(ref, {});
  await kept(ref, { point: 'residual' });
  await approved(top, 'risks', ref);
  return ref;
}
/** The same with levels that were typed. */
async function acceptedAsTyped(name: string): Promise<string> {
  const level = (point: string) => ({
    [`${point}Organisation`]: 'low',
    [`${point}Individuals`]: 'high',
    [`${point}Society`]: 'severe',
  });
  const fields = { name, ...terms(), ...level('current'), ...level('residual') };
  const { ref } = await record(manager, 'risks', fields);
  await approved(top, 'risks', ref);
  return ref;
}
function refusal(answer: { statusCode: number; json(): { errors?: { at: string; message: string }[] } }) {
  const [first] = answer.json().errors ?? [];
  return [answer.statusCode, first?.at, first?.message];
}
const lowered = [422, 'because', expect.stringContaining('it was accepted at “High”')];

test('the page of the rating says at which levels a risk was accepted', async () => {
  const ref = await accepted();
  const { measures } = (await manager.send('GET', `/risks/${ref}/rating`)).json();
  const levels = { organisation: 'low', individuals: 'high', society: 'severe' };
  expect(measures).toEqual([
    { as: 'accepted', at: expect.any(String), levels: { current: levels, residual: levels } },
  ]);
});

test('a rating below what was accepted is kept with a reason, which its history shows', async () => {
  const ref = await accepted();
  expect(refusal(await rate(ref, mild))).toEqual(lowered);
  for (const nothing of ['n/a', '…', 'ok', 'yes', 'because'])
    expect(refusal(await rate(ref, mild, nothing))).toEqual(lowered);
  expect((await now(ref)).approval.status).toBe('approved');
  const said = 'The orders are read by two people since May.';
  const answer = await rate(ref, mild, said);
  expect(answer.statusCode, answer.body).toBe(200);
  const [newest] = (await manager.send('GET', `/risks/${ref}/history`)).json().items;
  expect(newest.because).toBe(said);
});

test('that the acceptance fell since asks no less, and a rating that goes up asks nothing', async () => {
  const ref = await accepted();
  await kept(ref, {
    consequences: { organisation: 'Hard', individuals: 'Hard', society: 'Felt everywhere' },
  });
  expect((await now(ref)).approval.status).toBe('void');
  await kept(ref, {});
  expect(refusal(await rate(ref, { ...mild, point: 'residual' }))).toEqual(lowered);
  expect(refusal(await rate(ref, mild))).toEqual(lowered);
});

test('nor is it lowered by hand, taken away, by many at once, or by undoing', async () => {
  const ref = await acceptedAsTyped('Typed by hand');
  const low = { fields: { currentIndividuals: 'low' } };
  expect(refusal(await patch(ref, low))).toEqual(lowered);
  expect(refusal(await patch(ref, { fields: { currentIndividuals: null } }))).toEqual(lowered);
  const many = await manager.send('POST', '/risks/bulk', { refs: [ref], patch: low });
  expect(JSON.stringify(many.json()), many.body).toContain('it was accepted at “High”');
  expect((await now(ref)).fields.currentIndividuals).toBe('high');

  const because = 'Nobody is turned away any more.';
  expect((await patch(ref, { ...low, because })).statusCode).toBe(200);
  // Raised, and accepted as it is: that is undone with a reason too.
  expect((await patch(ref, { fields: { currentIndividuals: 'high' } })).statusCode).toBe(200);
  await approved(top, 'risks', ref);
  const { version } = await now(ref);
  const undo = (words: object) =>
    manager.send('POST', `/risks/${ref}/undo`, { version, ...words }, ifMatch(version));
  expect(refusal(await undo({}))).toEqual(lowered);
  expect((await undo({ because })).statusCode).toBe(200);
});

test('a file lowers none: such a row is rejected', async () => {
  const ref = await acceptedAsTyped('Lowered by a file');
  const file = `Ref,Risk,"Current level, individuals"\n${ref},Lowered by a file,Low\n`;
  const made = await upload('kind=risk', file);
  expect(made.statusCode, made.body).toBe(201);
  const path = `/imports/${made.json().id}`;
  const preview = (await manager.send('POST', `${path}/preview`)).json();
  expect(JSON.stringify(preview)).toContain('Rate it on its own page, and say why there.');
  const asked = await manager.send('POST', `${path}/apply`, {});
  if (asked.statusCode === 202)
    await runJob(server.services, jobHandlers, manager.organisation, asked.json().job.id);
  expect((await now(ref)).fields.currentIndividuals).toBe('high');
});

test('and an import that raised a level which was accepted since is not undone', async () => {
  const { ref } = await record(manager, 'risks', { name: 'Raised by a file', ...typed('low'), ...terms() });
  const made = await upload(
    'kind=risk',
    `Ref,Risk,"Current level, individuals"\n${ref},Raised by a file,High\n`,
  );
  const path = `/imports/${made.json().id}`;
  const preview = (await manager.send('POST', `${path}/preview`)).json();
  expect(preview.counts, JSON.stringify(preview)).toMatchObject({ changed: 1 });
  const { added, changed, missing } = preview.counts;
  const asked = await manager.send('POST', `${path}/apply`, { expect: { added, changed, missing } });
  await runJob(server.services, jobHandlers, manager.organisation, asked.json().job.id);
  expect((await now(ref)).fields.currentIndividuals).toBe('high');
  await approved(top, 'risks', ref);
  const undone = await manager.send('POST', `${path}/undo`);
  expect(undone.statusCode, undone.body).toBe(409);
  expect((await now(ref)).fields.currentIndividuals).toBe('high');
});

test('a rating below the one on which a plan was approved says why as well', async () => {
  const system = await record(manager, 'systems', { name: 'Triage' });
  const home = { system: { set: [system.id] } };
  const { id, ref } = await record(manager, 'risks', { name: 'Late help', event: 'Somebody waits' }, home);
  await kept(ref, {});
  const plan = {
    ...{ name: 'Read twice', option: ['reduce-likelihood'], owner: manager.id, expectedLevel: 'severe' },
    actions: [{ action: 'Second reading', owner: manager.id, due: '2199-01-31' }],
    compared: comparedBut(),
  };
  const treatment = await record(manager, 'treatments', plan, { ...home, risks: { set: [id] } });
  await kept(ref, { likelihood: 'Seldom' });
  await kept(ref, {});
  await approved(top, 'treatments', treatment.ref);
  const planned = [422, 'because', expect.stringContaining('its plan was approved at “High”')];
  expect(refusal(await rate(ref, { likelihood: 'Seldom' }))).toEqual(planned);
});

const typed = (level: string) =>
  Object.fromEntries(
    ['current', 'residual'].flatMap((point) =>
      ['Organisation', 'Individuals', 'Society'].map((bearer) => [`${point}${bearer}`, level]),
    ),
  );

/** Sends a file as a form does. */
function upload(query: string, content: string) {
  const boundary = 'boundary-of-the-form';
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="risks.csv"\r\ncontent-type: text/csv\r\n\r\n`;
  const payload = Buffer.from(`${head}${content}\r\n--${boundary}--\r\n`);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return manager.send('POST', `/imports?${query}`, undefined, { payload, headers });
}

test('a rating, first or not, far below the finding that it carries says why, typed, rated and made anew', async () => {
  const system = await madeIn(server, manager, 'systems', { fields: { name: 'Claims triage' } });
  const home = { system: { set: [system.id] } };
  const use = await madeIn(server, manager, 'use-cases', { fields: { name: 'Order' }, links: home });
  const assessment = await madeIn(server, manager, 'impact-assessments', {
    fields: { name: 'Impact of order', ...wholeAssessment(manager.id) },
    links: { ...home, covers: { set: [use.id] } },
    state: 'completed',
  });
  await approved(top, 'impact-assessments', assessment.ref);
  const fields = { name: 'Some wait longer', carriedEffects: ['1'] };
  const links = { ...home, carries: { set: [assessment.id] } };
  const far = [
    422,
    'because',
    expect.stringMatching(/is “Low”, and effect 1 of IA-\d+, which it carries, is judged/),
  ];

  const typed = { fields: { ...fields, currentIndividuals: 'low' }, links };
  expect(refusal(await manager.send('POST', '/risks', typed))).toEqual(far);
  const { ref } = await madeIn(server, manager, 'risks', { fields, links });
  expect((await manager.send('GET', `/risks/${ref}/rating`)).json().measures).toMatchObject([
    { as: 'found', levels: { current: { individuals: 'moderate', society: null } } },
  ]);
  expect(refusal(await rate(ref, mild))).toEqual(far);
  expect(refusal(await patch(ref, { fields: { currentIndividuals: 'low' } }))).toEqual(far);
  const said = await rate(ref, mild, 'It is seen within the hour, and put right.');
  expect(said.statusCode, said.body).toBe(200);
  // Each rating that comes out so says why, and one that goes up and stays below it as well.
  expect(refusal(await rate(ref, mild))).toEqual(far);
  await kept(ref, {});
  expect(refusal(await rate(ref, { ...mild, likelihood: 'Seldom' }))).toEqual(far);
  await kept(ref, { ...mild, point: 'residual' });

  // Rated low first, it takes the finding in: the next rating says why, at the same steps too.
  const bare = await madeIn(server, manager, 'risks', { fields: { name: 'Others wait' }, links: home });
  await kept(bare.ref, mild);
  const taken = { fields: { carriedEffects: ['1'] }, links: { carries: { set: [assessment.id] } } };
  expect((await patch(bare.ref, taken)).statusCode).toBe(200);
  expect(refusal(await rate(bare.ref, mild))).toEqual(far);
  const why = await rate(bare.ref, mild, 'It is seen within the hour, and put right.');
  expect(why.statusCode, why.body).toBe(200);

  // Accepted low, it takes the finding in: that decision was made without it, and the next rating says why all the same.
  const { ref: low } = await madeIn(server, manager, 'risks', {
    fields: { name: 'Few wait', ...terms() },
    links: home,
  });
  for (const point of ['current', 'residual']) await kept(low, { ...mild, point });
  await approved(top, 'risks', low);
  await kept(low, mild);
  expect((await patch(low, taken)).statusCode).toBe(200);
  expect(refusal(await rate(low, mild))).toEqual(far);
  expect((await manager.send('GET', `/risks/${low}/rating`)).json().measures).toMatchObject([
    { as: 'accepted' },
    { as: 'found' },
  ]);
  // Accepted once more with the finding in view, the same rating asks nothing.
  expect((await rate(low, mild, 'It is seen within the hour, and put right.')).statusCode).toBe(200);
  await approved(top, 'risks', low);
  await kept(low, mild);
});
