import { appRole, roleOf } from './roles.ts';
import type { Write } from './write.ts';

/** Does what takes in all that stands, what is sealed from whoever acts too: for a rule or an erasure, never to answer with. */
export async function overEverything<T>(write: Write, work: () => Promise<T>): Promise<T> {
  if (write.view === 'whole') return work();
  await actAs(write, appRole);
  const done = await work();
  await actAs(write, roleOf[write.view]);
  return done;
}

const actAs = (write: Write, role: string): Promise<unknown> =>
  write.run({ name: `act-as-${role}`, text: `set local role ${role}`, values: [] });
