import { expect } from 'vitest';
import { record, signedIn } from '../factories.ts';
import { nowhereId, type Rows, settlers } from './row.ts';
import { nothingWaits } from './rows-proposals.ts';
import type { World } from './world.ts';

const until = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const given = { reason: 'There are three of us, and two of them write.' };
const ended = { reason: 'A fourth has joined, who approves.' };

type Waivers = { items: { id: string; inForce: boolean; reason: string; ended?: { reason: string } }[] };
const waivers = async (world: World): Promise<Waivers> =>
  (await world.manager.send('GET', '/duty-waivers')).json();

/** No waiver stands: one at a time. */
async function noWaiver(world: World): Promise<string> {
  for (const { id, inForce } of (await waivers(world)).items)
    if (inForce) await world.manager.send('POST', `/duty-waivers/${id}/end`, ended);
  return nothingWaits(world);
}
async function aWaiver(world: World): Promise<string> {
  await noWaiver(world);
  const answer = await world.manager.send('POST', '/duty-waivers', { ...given, until: until() });
  const other = await signedIn(world.server, world.manager.organisation, ['admin']);
  await other.send('POST', `/proposals/${answer.json().waits}/confirm`);
  const { items } = await waivers(world);
  return items.find((one) => one.inForce)?.id ?? '';
}
/** Somebody else stands back from a system. */
async function aRecusal(world: World): Promise<string> {
  // Whoever wrote it ends nobody's standing back from it.
  const author = await signedIn(world.server, world.manager.organisation, ['contributor']);
  const { ref } = await record(author, 'systems', { name: 'Triage' });
  const other = await signedIn(world.server, world.manager.organisation, ['reader']);
  await other.send('POST', `/systems/${ref}/recusals`, { reason: 'A relative supplies it' });
  const { items } = (await world.manager.send('GET', '/recusals')).json();
  return items.find((row: { record: { ref: string } }) => row.record.ref === ref).id;
}

/** Duties waived, and who stands back from what. */
export const dutyRows: Rows = {
  'GET /duty-waivers': {
    path: () => '/duty-waivers?kind=document',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ abilities: { give: { allowed: true } } }),
  },
  'POST /duty-waivers': {
    thing: noWaiver,
    path: () => '/duty-waivers',
    body: () => ({ ...given, until: until() }),
    refused: { who: settlers },
    // Another administrator is here, who confirms it.
    works: 202,
    says: (answer) => expect(answer.json()).toHaveProperty('waits'),
  },
  'POST /duty-waivers/:id/end': {
    thing: aWaiver,
    nowhere: nowhereId,
    path: (id) => `/duty-waivers/${id}/end`,
    body: () => ended,
    refused: { who: settlers },
    works: 200,
    says: (answer, _world, id) =>
      expect((answer.json() as Waivers).items.find((one) => one.id === id)).toMatchObject({
        inForce: false,
        ended,
      }),
  },
  'GET /recusals': {
    path: () => '/recusals',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toHaveProperty('items'),
  },
  'POST /recusals/:id/end': {
    thing: aRecusal,
    nowhere: nowhereId,
    path: (id) => `/recusals/${id}/end`,
    body: () => ({ reason: 'The supplier was changed.' }),
    refused: { who: settlers },
    works: 200,
    says: (answer, _world, id) =>
      expect(answer.json().items.find((one: { id: string }) => one.id === id)).toMatchObject({
        ended: { reason: 'The supplier was changed.' },
      }),
  },
};
