import { newId } from '@throughline/server/store/ids.ts';
import { tieLogin } from '@throughline/server/store/members.ts';
import { addPerson } from '@throughline/server/store/people.ts';
import { newSecret } from '@throughline/server/store/secret.ts';
import { startSession } from '@throughline/server/store/sessions.ts';
import { contextOf } from './acting.ts';
import type { World } from './world.ts';

const hourMs = 3_600_000;

/** The token of a session, of an hour, of a member. A login that no entry ties to them would be a fault of the log. */
export async function sessionOf(world: World, member: string): Promise<string> {
  const { text, hash } = newSecret();
  const tied = await personOf(world, member);
  const person = tied ?? newId();
  await world.services.store.change(contextOf(world), async (write) => {
    if (tied === null) {
      await addPerson(write, { id: person, email: `${person}@example.org`, passwordHash: null });
      await tieLogin(write, member, person);
    }
    const expiresAt = new Date(Date.now() + hourMs);
    await startSession(write, { id: newId(), hash, person, member, expiresAt });
  });
  return text;
}

async function personOf(
  { services: { store }, organisation }: World,
  member: string,
): Promise<string | null> {
  const { rows } = await store.owner.query<{ person: string | null }>(
    'select person from member where organisation = $1 and id = $2',
    [organisation, member],
  );
  return rows[0]?.person ?? null;
}
