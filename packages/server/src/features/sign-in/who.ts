import type { Json } from '@throughline/domain/json.ts';
import { countsByKind } from '../../store/counts.ts';
import { logHead } from '../../store/log-entries.ts';
import { findMember, preferencesOf, type StoredMember } from '../../store/members.ts';
import { type OrganisationSettings, organisationSettings } from '../../store/organisations.ts';
import { type Membership, membershipsOf } from '../../store/people.ts';
import type { Asker } from '../../store/reading.ts';
import type { Store } from '../../store/store.ts';
import type { SessionIdentity } from './identify.ts';
import { openMemberships } from './memberships.ts';
import { within } from './own-entrance.ts';

/** What the frame around every page shows of whoever asks. */
export type Who = {
  readonly settings: OrganisationSettings;
  readonly member: StoredMember | undefined;
  readonly memberships: readonly Membership[];
  readonly preferences: Readonly<Record<string, Json>>;
  readonly log: { readonly size: number; readonly at: string | null };
  readonly counts: Readonly<Record<string, number>>;
};

export async function readWho(
  store: Store,
  who: Asker,
  session: SessionIdentity['by'] | undefined,
  now: Date,
): Promise<Who> {
  const { organisation } = who;
  const memberships = session
    ? within(await membershipsOf(store, session.person), { organisation, by: session })
    : [];
  return store.read(who, async (reader) => ({
    settings: await organisationSettings(reader),
    member: session ? await findMember(reader, session.member) : undefined,
    memberships: openMemberships(memberships, now),
    preferences: session ? await preferencesOf(reader, session.member) : {},
    log: await logHead(reader),
    counts: await countsByKind(reader),
  }));
}
