import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { isObject } from '@throughline/domain/json.ts';
import { canAdminister, whoAdministers } from '@throughline/domain/permissions.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { factorsOf } from '../../store/factors.ts';
import { newId } from '../../store/ids.ts';
import { findMember, memberAddresses } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { accountOf, membershipsOf } from '../../store/people.ts';
import { personData } from '../../store/person-data.ts';

/** The document as it is handed out: a head, and one list a part. */
export type PersonExport = Readonly<Record<string, unknown>>;

/**
 * Everything that the organisation holds about one person, in one document, and an entry of the log that it was handed
 * out. A person asks for their own, which names their account too; whoever administers people for anybody's. It shows
 * what whoever asks may read, and no secret.
 */
export async function exportMember(
  services: Services,
  ctx: Context,
  id: string,
  session: { readonly person: string; readonly member: string } | null,
): Promise<PersonExport> {
  const { store, registry } = services;
  const own = session?.member === id;
  const asked = { organisation: ctx.organisation, actor: ctx.actor };
  const read = await store.read(asked, async (reader) => {
    const member = await findMember(reader, id);
    if (!member) throw notFound();
    if (!own) ensureAdministers(ctx.actor);
    if (member.type === 'service')
      throw new DomainError('conflict', 'A service account is no person. Its owner has their own export.');
    const email = own ? null : ((await memberAddresses(reader)).get(id)?.email ?? null);
    return { parts: await personData(reader, id), email, settings: await organisationSettings(reader) };
  });
  const account = own ? await ownAccount(services, session.person) : { email: read.email };
  await store.change(ctx, async (write) => {
    write.log({ act: 'export.made', export: newId(ctx.at.getTime()), member: id });
  });
  return {
    format: 'throughline-person/1',
    at: ctx.at.toISOString(),
    organisation: { id: ctx.organisation, name: read.settings.name },
    account,
    ...Object.fromEntries(read.parts.map(({ name, rows }) => [name, rows.map((row) => withRef(row))])),
  };

  function withRef({ kind, number, ...row }: Readonly<Record<string, unknown>>): Record<string, unknown> {
    if (typeof kind !== 'string' || typeof number !== 'number')
      return kind === undefined ? row : { kind, ...row };
    const prefix = registry.find(kind)?.prefix ?? kind;
    return { ref: `${prefix}-${number}`, ...(isObject(row) ? row : {}) };
  }
}

/** What the installation holds of a person beside any organisation: how they sign in, and where they belong. */
async function ownAccount({ store }: Services, person: string): Promise<PersonExport> {
  const row = await accountOf(store, person);
  const factors = await factorsOf(store, person);
  const memberships = await membershipsOf(store, person);
  return {
    email: row?.email ?? null,
    passwordSetAt: row?.password_at?.toISOString() ?? null,
    factors: factors.map(({ kind, name, addedAt, usedAt }) => ({ kind, name, addedAt, usedAt })),
    organisations: memberships.map(({ organisation, name, member, roles, active }) => ({
      ...{ id: organisation, name, member, roles, active },
    })),
  };
}

function ensureAdministers(actor: Actor): void {
  if (canAdminister(actor, 'members')) return;
  const who = whoAdministers('members');
  throw new DomainError('forbidden', `Your own is yours; anybody else's is for: ${who.join(', ')}.`, [], {
    who,
  });
}
