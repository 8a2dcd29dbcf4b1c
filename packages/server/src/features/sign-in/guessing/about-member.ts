import { memberNamed } from '../../../store/sign-in-links.ts';
import type { Store } from '../../../store/store.ts';
import type { About } from './guessable.ts';

/** What others know of a member, and would try as their password first. */
export async function aboutMember(
  store: Store,
  who: { readonly organisation: string; readonly member: string; readonly email: string },
): Promise<About> {
  const { organisation, member, email } = who;
  const known = await memberNamed(store, organisation, member);
  return { email, names: known ? [known.name, known.organisation] : [] };
}
