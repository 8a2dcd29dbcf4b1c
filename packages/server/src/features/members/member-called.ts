import { notFound } from '@throughline/domain/errors.ts';
import { isId } from '@throughline/domain/kinds/values.ts';
import type { Services } from '../../services.ts';
import { memberAddresses } from '../../store/members.ts';
import type { Asker } from '../../store/reading.ts';

/** The id of a member named by it, or by their address. Throws `not-found` where nobody has that address. */
export async function memberCalled(services: Services, who: Asker, called: string): Promise<string> {
  const id: unknown = called;
  if (isId(id)) return id;
  const email = called.trim().toLowerCase();
  const all = await services.store.read(who, memberAddresses);
  const [member] = [...all].find(([, one]) => one.email === email) ?? [];
  if (member === undefined) throw notFound();
  return member;
}
