import { expect } from 'vitest';
import { signedIn } from '../factories.ts';
import { nowhereId, type Rows } from './row.ts';
import type { World } from './world.ts';

type Listed = { items: { id: string; state: string; matter: string }[] };
const ended = { reason: 'Nobody wants this any more.' };

/** Whatever waits for a second hand is taken away: the same is not proposed twice. */
export async function nothingWaits({ manager }: World): Promise<string> {
  const { items }: Listed = (await manager.send('GET', '/proposals')).json();
  for (const { id, state } of items)
    if (state === 'waits') await manager.send('POST', `/proposals/${id}/end`, ended);
  return '';
}

/** Somebody else proposes a waiver, which the manager confirms. */
async function aProposal(world: World): Promise<string> {
  const { manager, server } = world;
  await nothingWaits(world);
  for (const { id, inForce } of (await manager.send('GET', '/duty-waivers')).json().items)
    if (inForce) await manager.send('POST', `/duty-waivers/${id}/end`, ended);
  const other = await signedIn(server, manager.organisation, ['admin']);
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const answer = await other.send('POST', '/duty-waivers', { reason: 'Three of us, two write.', until });
  return answer.json().waits;
}

/** What takes two hands. */
export const proposalRows: Rows = {
  'GET /proposals': {
    path: () => '/proposals',
    refused: null,
    works: 200,
    says: (answer) => expect(answer.json()).toHaveProperty('items'),
  },
  'POST /proposals/:id/confirm': {
    thing: aProposal,
    nowhere: nowhereId,
    path: (id) => `/proposals/${id}/confirm`,
    refused: { who: ['admin', 'aims-manager'] },
    // Whom an administrator alone let in is no second hand.
    roles: { 'aims-manager': 403 },
    works: 200,
    says: (answer) => expect(answer.json()).toMatchObject({ matter: 'waiver', link: null }),
  },
  'POST /proposals/:id/end': {
    thing: aProposal,
    nowhere: nowhereId,
    path: (id) => `/proposals/${id}/end`,
    body: () => ended,
    refused: { who: ['admin', 'aims-manager'] },
    works: 200,
    says: (answer, _world, id) =>
      expect((answer.json() as Listed).items.find((one) => one.id === id)?.state).toBe('refused'),
  },
};
