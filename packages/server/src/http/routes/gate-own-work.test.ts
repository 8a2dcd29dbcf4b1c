import { afterAll, beforeAll, expect, test } from 'vitest';
import { inDays } from '../../../test/days.ts';
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

let server: TestServer;
let manager: Agent;
let designer: Agent;
let stranger: Agent;

beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  designer = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Designer' });
  stranger = await signedIn(server, manager.organisation, ['aims-manager'], { name: 'Stranger' });
});
afterAll(() => closeUnfailed(server));

const read = async (at: string) => (await manager.send('GET', at)).json();
const home = (id: string) => linked({ system: id });

/** A gate with every criterion answered, to be decided by somebody. */
async function answered(type: string, links: object, decidedBy: string): Promise<string> {
  const today = inDays(server, 0);
  const decision = {
    verdict: 'pass-with-conditions',
    conditions: 'What is open is put right by its day.',
    decidedOn: today,
  };
  const fields = { name: type, type, requestedBy: manager.id, decidedBy, ...decision };
  const at = `/gates/${(await madeIn(server, manager, 'gates', { fields, links })).ref}`;
  const { version } = await read(at);
  const taken = await manager.send('PUT', `${at}/criteria`, undefined, ifMatch(version));
  const follows = { answerToMiss: 'It is put right in time.', missOwner: manager.id, missBy: today };
  const answers = taken.json().criteria.flatMap(({ key, text, finding }: Record<string, string>) => {
    if (finding === 'met' || finding === 'does-not-apply') return [];
    return finding === 'not-met'
      ? [{ key, criterion: text, answer: 'not-met', ...follows }]
      : [{ key, criterion: text, answer: 'met', checked: 'The record was read through.' }];
  });
  const kept = await manager.send('PATCH', `${at}/criteria`, { answers }, ifMatch((await read(at)).version));
  expect(kept.statusCode, kept.body).toBe(200);
  return at;
}

async function decided(by: Agent, at: string) {
  const { version, proof } = await read(at);
  return by.send('POST', `${at}/approvals`, { act: 'approve', version, digest: proof.digest });
}

test('whoever designed or built it neither reviews the design nor decides on the verdict', async () => {
  const system = await madeIn(server, manager, 'systems', { fields: { name: 'Triage' }, links: {} });
  const made = (collection: string, name: string, by: Agent, owner: string) =>
    madeIn(server, by, collection, { fields: { name, owner }, links: home(system.id) });
  const design = await made('design-records', 'One service', manager, designer.id);
  const version = await made('versions', '1', designer, manager.id);
  const onVersion = { ...home(system.id), version: { set: [version.id] } };
  for (const [type, links, part] of [
    ['design-review', home(system.id), `owned ${design.ref}`],
    ['evaluation-verdict', onVersion, `wrote ${version.ref}`],
  ] as const) {
    const at = await answered(type, links, designer.id);
    const refused = await decided(designer, at);
    expect([refused.statusCode, refused.json().errors[0]?.at]).toEqual([409, 'fields.decidedBy']);
    expect(refused.json().detail).toContain('This person had a part in what is decided on');
    expect(refused.json().detail).toContain(part);
    const other = await answered(type, links, stranger.id);
    const approved = await decided(stranger, other);
    expect(approved.statusCode, approved.body).toBeLessThan(300);
    const passing = await stranger.send(
      'POST',
      `${other}/transitions`,
      { transition: 'pass' },
      ifMatch((await read(other)).version),
    );
    expect(passing.statusCode, passing.body).toBe(200);
  }
});
