/** What changes under an assessment that stands: it is made anew, or a second person says why that has no effect. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { linked } from '../../../test/linked.ts';
import { madeIn } from '../../../test/take-steps.ts';
import { wholeAssessment } from '../../../test/whole.ts';

let server: TestServer;
let manager: Agent;
let reader: Agent;
let approver: Agent;

beforeAll(async () => {
  ({ server, manager, reader } = await staffedServer());
  approver = await signedIn(server, manager.organisation, ['top-management'], { name: 'Head of claims' });
});
afterAll(() => closeUnfailed(server));

async function made(
  collection: string,
  fields: object,
  links: Record<string, string> = {},
  state?: string,
): Promise<string> {
  return (await madeIn(server, manager, collection, { fields, links: linked(links), state })).id;
}
const whole = () => wholeAssessment(manager.id);
const act = async (collection: string, id: string, body: object, as: Agent) => {
  const { version, proof } = (await as.send('GET', `/${collection}/${id}`)).json();
  return as.send('POST', `/${collection}/${id}/approvals`, { ...body, version, digest: proof.digest });
};
async function completed(id: string): Promise<void> {
  const at = `/impact-assessments/${id}`;
  const { version } = (await manager.send('GET', at)).json();
  const done = await manager.send('POST', `${at}/transitions`, { transition: 'complete' }, ifMatch(version));
  expect(done.statusCode, done.body).toBe(200);
}

async function reassess(id: string): Promise<void> {
  const at = `/impact-assessments/${id}`;
  const { version } = (await manager.send('GET', at)).json();
  const again = await manager.send('POST', `${at}/transitions`, { transition: 'reassess' }, ifMatch(version));
  expect(again.statusCode, again.body).toBe(200);
}

test('a change of the system has no effect where a second person says why, and of what is asked about nobody says so', async () => {
  const own = await made('systems', { name: 'Mail routing', purpose: 'Routes' }, {}, 'operation-monitoring');
  const use = await made('use-cases', { name: 'Routing', purpose: 'Route' }, { system: own });
  const id = await made(
    'impact-assessments',
    { name: 'Impact of routing', ...whole() },
    { system: own, covers: use },
  );
  await completed(id);
  await act('impact-assessments', id, { act: 'approve' }, approver);
  const change = async (fields: object, by = manager) => {
    const path = `/systems/${own}`;
    const { version } = (await manager.send('GET', path)).json();
    expect((await by.send('PATCH', path, { fields }, ifMatch(version))).statusCode).toBe(200);
  };
  const changed = async (): Promise<boolean> => {
    const { stations } = (await reader.send('GET', `/systems/${own}/trace`)).json();
    return JSON.stringify(stations).includes('Reassess');
  };
  const page = async (as: Agent) => (await as.send('GET', `/impact-assessments/${id}`)).json();
  const none = { act: 'restore', reason: 'It moved to another hall of the same centre' };
  const early = await act('impact-assessments', id, none, approver);
  expect([early.statusCode, await changed(), (await page(approver)).approval.moved]).toEqual([
    409,
    false,
    undefined,
  ]);
  await change({ hosting: 'own-premises' });
  expect(await changed()).toBe(true);
  const seen = await page(approver);
  expect(seen.approval).toMatchObject({ status: 'stale', stale: [{ id: own }], moved: [{ id: own }] });
  expect(seen.abilities.noEffect).toEqual({ allowed: true });
  expect((await page(manager)).abilities.noEffect.allowed).toBe(false);
  // Approving it once more says nothing of what changed since it was assessed.
  const once = await act('impact-assessments', id, { act: 'approve' }, approver);
  expect(once.json().detail).toMatch(
    /^SYS-\d+ changed since it was assessed\. Reassess it and write .+, or let another /,
  );
  // Neither whoever wrote the assessment and changed the system, nor anybody without a reason.
  expect((await act('impact-assessments', id, none, manager)).statusCode).toBe(403);
  expect((await act('impact-assessments', id, { act: 'restore' }, approver)).statusCode).toBe(422);
  const said = await act('impact-assessments', id, none, approver);
  expect(said.statusCode, said.body).toBeLessThan(300);
  expect([await changed(), (await page(approver)).approval.moved]).toEqual([false, undefined]);
  await change({ purpose: 'Decides who is heard' });
  expect(await changed()).toBe(true);
  const refused = await act('impact-assessments', id, none, approver);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    409,
    expect.stringMatching(/^The system changed in “.*”, of which the assessment asks\. Reassess it\.$/),
  ]);
  expect((await page(approver)).abilities.noEffect).toMatchObject({
    allowed: false,
    reason: refused.json().detail,
  });
});

test('what changed under an assessment is assessed anew before it is approved anew, or has no effect', async () => {
  const own = await made('systems', { name: 'Sorting of claims' }, {}, 'operation-monitoring');
  const use = await made('use-cases', { name: 'Sorting', purpose: 'Sort' }, { system: own });
  const model = await made('models', { name: 'Sorter', version: '1' });
  const path = `/systems/${own}`;
  const uses = { links: { usesModel: { set: [model] } } };
  const { version: first } = (await manager.send('GET', path)).json();
  const linked = await manager.send('PATCH', path, uses, ifMatch(first));
  expect(linked.statusCode, linked.body).toBe(200);
  const links = { system: own, covers: use };
  const id = await made('impact-assessments', { name: 'Impact of sorting', ...whole() }, links);
  await completed(id);
  const decide = async (what: object) => act('impact-assessments', id, what, approver);
  expect((await decide({ act: 'approve' })).statusCode).toBeLessThan(300);
  const change = async (at: string, fields: object) => {
    const { version } = (await manager.send('GET', at)).json();
    expect((await manager.send('PATCH', at, { fields }, ifMatch(version))).statusCode).toBe(200);
  };

  // Of a model too, what decides is asked about; its licence is not.
  const none = { act: 'restore', reason: 'It ranks the same claims in the same order.' };
  await change(`/models/${model}`, { licence: 'MIT' });
  expect((await decide(none)).statusCode).toBeLessThan(300);
  await change(`/models/${model}`, { version: '2' });
  expect((await decide(none)).json().detail).toMatch(
    /^MDL-\d+ changed in “Version”, of which the assessment asks/,
  );

  await change(`/use-cases/${use}`, { purpose: 'Refuse' });
  const anew = await decide({ act: 'approve' });
  const obstacle =
    /^MDL-\d+ and UC-\d+ changed since it was assessed\. Reassess it and write .+, or let another person /;
  expect([anew.statusCode, anew.json().detail]).toEqual([409, expect.stringMatching(obstacle)]);
  const page = (await approver.send('GET', `/impact-assessments/${id}`)).json();
  expect(page.abilities.approve).toMatchObject({ allowed: false, reason: expect.stringMatching(obstacle) });
  const at = `/impact-assessments/${id}`;

  // Neither a withdrawal answers it, nor steps in which nobody wrote anything, nor what was written and taken back.
  expect((await decide({ act: 'withdraw', reason: 'Its use refuses claims now' })).statusCode).toBeLessThan(
    300,
  );
  const unread = async () => {
    const refused = await decide({ act: 'approve' });
    return [refused.statusCode, refused.json().detail];
  };
  const alone = [
    409,
    expect.stringMatching(
      /^MDL-\d+ and UC-\d+ changed since it was assessed\. Reassess it and write .+ at least\.$/,
    ),
  ];
  expect(await unread()).toEqual(alone);
  await reassess(id);
  await completed(id);
  expect(await unread()).toEqual(alone);
  const { conclusion } = page.fields;
  await change(at, { conclusion: `${conclusion} More claims are refused.` });
  await change(at, { conclusion });
  expect(await unread()).toEqual(alone);

  await reassess(id);
  await change(at, { conclusion: `${conclusion} More claims are refused.` });
  await completed(id);
  expect((await decide({ act: 'approve' })).statusCode).toBeLessThan(300);
  expect((await approver.send('GET', at)).json().approval.status).toBe('approved');
});

test('a proposed change has a whole day, by whichever door it comes, and covers what changes on that day alone', async () => {
  const own = await made('systems', { name: 'Reading of mail' }, {}, 'operation-monitoring');
  const use = await made('use-cases', { name: 'Reading', purpose: 'Read' }, { system: own });
  const links = { system: { set: [own] }, covers: { set: [use] } };
  const whatFor = { ...whole(), proposedChange: 'The name changes' };
  const born = await manager.send('POST', '/impact-assessments', {
    fields: { name: 'Impact of reading', ...whatFor, changeEffectiveOn: '2026' },
    links,
  });
  const needed = expect.stringContaining('“The change takes effect on” is');
  const refusal = [422, [{ at: 'fields.changeEffectiveOn', message: needed }]];
  expect([born.statusCode, born.json().errors]).toEqual(refusal);

  const id = await made(
    'impact-assessments',
    { name: 'Impact of reading', ...whatFor },
    { system: own, covers: use },
  );
  const at = `/impact-assessments/${id}`;
  const write = async (path: string, fields: object) => {
    const { version } = (await manager.send('GET', path)).json();
    return manager.send('PATCH', path, { fields }, ifMatch(version));
  };
  for (const changeEffectiveOn of ['2099', '2099-11', '2099-Q4']) {
    const refused = await write(at, { changeEffectiveOn });
    expect([refused.statusCode, refused.json().errors], changeEffectiveOn).toEqual(refusal);
  }
  expect((await write(at, { changeEffectiveOn: '2099-11-30' })).statusCode).toBe(200);
  await completed(id);
  expect((await act('impact-assessments', id, { act: 'approve' }, approver)).statusCode).toBeLessThan(300);
  expect((await write(`/systems/${own}`, { purpose: 'Decides who is heard' })).statusCode).toBe(200);
  const { approval } = (await approver.send('GET', at)).json();
  expect(approval).toMatchObject({ status: 'stale', moved: [{ id: own }] });
});
