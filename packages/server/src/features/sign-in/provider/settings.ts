import { randomInt } from 'node:crypto';
import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import {
  givenAddress,
  mostChosen,
  mostOfAddress,
  type ProviderSettings,
  rolesByProvider,
  rolesForNew,
} from '@throughline/domain/provider.ts';
import { entersOwn } from '../../../records/enters-own.ts';
import type { Context } from '../../../store/context.ts';
import { mailDomains } from '../../../store/mail-domains.ts';
import { findMember } from '../../../store/members.ts';
import { type OutsideIdentity, outsideIdentities, unlinkOutside } from '../../../store/outside-identities.ts';
import {
  administratorHasOwnWay,
  providerOf,
  removeProvider,
  type StoredProvider,
  setProvider,
} from '../../../store/providers.ts';
import type { Reader } from '../../../store/reader.ts';
import type { Asker } from '../../../store/reading.ts';
import { ensureSealing } from '../../../store/sealing-key.ts';
import { endSessions } from '../../../store/sessions.ts';
import type { Store } from '../../../store/store.ts';
import type { Write } from '../../../store/write.ts';
import { own } from '../account.ts';
import type { Requested } from '../begin.ts';
import type { SessionIdentity } from '../identify.ts';
import { hasOwnWay } from '../own-entrance.ts';
import type { SecretBox } from '../secret-box.ts';
import type { Connections } from './connections.ts';
import { secretOwner } from './exchange.ts';
import { refusalOf } from './faults.ts';
import { giveRoles } from './follow.ts';

type SettingServices = { readonly store: Store; readonly secrets: SecretBox };

/** The provider of an organisation, and whether the secret that is kept for it can still be read here. */
export type ShownProvider = StoredProvider & {
  readonly secretState: 'none' | 'kept' | 'unreadable';
  readonly linked: number;
};

/** The provider, and the mail domains that lead to it. */
export async function readProviderSettings(
  { store, secrets }: SettingServices,
  who: Asker,
): Promise<{ readonly found: ShownProvider | undefined; readonly leads: readonly string[] }> {
  return store.read(who, async (reader) => {
    const [provider, leads] = [await providerOf(reader), await mailDomains(reader)];
    if (!provider) return { found: undefined, leads };
    const { secret, id } = provider;
    const opened = secret && secrets.open(secret, secretOwner(who.organisation, id));
    const secretState = secret === null ? 'none' : opened ? 'kept' : 'unreadable';
    const linked = (await outsideIdentities(reader)).filter(({ kind }) => kind === 'openid').length;
    return { found: { ...provider, secretState, linked }, leads };
  });
}

/**
 * Keeps how people sign in. An address that does not stand yet gets an ending of the server's own. `secret`: left out it
 * stays as it is, `null` takes it away.
 */
export async function saveProvider(
  { store, secrets }: SettingServices,
  ctx: Context,
  asked: ProviderSettings,
  secret: string | null | undefined,
): Promise<void> {
  await store.change(ctx, async (write) => {
    const before = await providerOf(write);
    const address = givenAddress(asked.address, before?.settings.address ?? null, (below) =>
      randomInt(below),
    );
    const settings = { ...asked, address };
    await ensureSound(write, settings);
    // A secret belongs to the client and the issuer that it was made for: it is not sent to another.
    const moved =
      before &&
      (before.settings.issuer !== settings.issuer || before.settings.clientId !== settings.clientId);
    const given = secret === undefined && moved ? null : secret;
    if (typeof given === 'string') await ensureSealing(write, secrets.name);
    await setProvider(write, before, settings, (id) =>
      typeof given === 'string'
        ? secrets.close(Buffer.from(given, 'utf8'), secretOwner(write.organisation, id))
        : given,
    );
  });
}

async function ensureSound(write: Write, settings: ProviderSettings): Promise<void> {
  const items: { at: string; message: string }[] = [];
  if (settings.address !== null && settings.address.length > mostOfAddress)
    items.push({
      at: 'address',
      message: `Choose at most ${mostChosen} characters: the server puts an ending of its own behind them.`,
    });
  if (!settings.newRoles.every(rolesForNew))
    items.push({
      at: 'newRoles',
      message: 'Nobody is an administrator because they joined, and an external auditor needs a last day.',
    });
  const auditing = settings.groups.findIndex(({ roles }) => !roles.every(rolesByProvider));
  if (auditing >= 0)
    items.push({
      at: `groups.${auditing}.roles`,
      message: 'An external auditor has access until a day, which no group says. Invite them instead.',
    });
  if (settings.ownSignIn === 'administrators' && !(await administratorHasOwnWay(write)))
    items.push({
      at: 'ownSignIn',
      message:
        'No administrator could enter while the provider is out of reach. One sets a password or adds a passkey first.',
    });
  if (items.length > 0) throw unprocessable(items);
}

/** Takes the provider away. Whoever was linked stays a member, and enters by it no more. */
export async function endProvider(store: Store, ctx: Context): Promise<void> {
  await store.change(ctx, async (write) => {
    const provider = await providerOf(write);
    if (!provider) throw notFound();
    await removeProvider(write, provider.id);
  });
}

/** What a provider says of itself, as a test shows it. */
export type Discovered = {
  readonly issuer: string;
  readonly authorization: string;
  readonly token: string;
  readonly keys: string;
  /** Whether it answers with its name in it (RFC 9207), says that it takes PKCE, and which scopes it names. */
  readonly namesItself: boolean;
  readonly pkce: boolean;
  readonly scopes: readonly string[];
};

/** Asks a provider what it says of itself, now. Throws `unprocessable` at the issuer where it cannot be used. */
export async function testProvider(connections: Connections, issuer: string, now: Date): Promise<Discovered> {
  try {
    const said = await connections.metadata(issuer, now, true);
    return {
      issuer: said.issuer,
      authorization: said.authorization_endpoint ?? '',
      token: said.token_endpoint ?? '',
      keys: said.jwks_uri ?? '',
      namesItself: said.authorization_response_iss_parameter_supported === true,
      pkce: said.code_challenge_methods_supported?.includes('S256') === true,
      scopes: (said.scopes_supported ?? []).filter((one) => typeof one === 'string').slice(0, 100),
    };
  } catch (error) {
    const { message } = refusalOf(error);
    throw new DomainError('unprocessable', message, [{ at: 'issuer', message }]);
  }
}

/**
 * Unlinks an account at the provider from a member: it lets nobody in any more, the sessions that rest on its word end,
 * and the roles that came by it go. Whoever would have no way in left keeps it: where anybody may join they would come
 * back as somebody new.
 */
export async function unlinkAccount(
  store: Store,
  ctx: Context,
  { member, identity }: { readonly member: string; readonly identity: string },
): Promise<void> {
  const { person, left } = await store.readWhole(ctx.organisation, async (reader) => {
    const linked = (await outsideIdentities(reader, member)).filter(({ kind }) => kind === 'openid');
    if (!linked.some(({ id }) => id === identity)) throw notFound();
    const others = linked.filter(({ id }) => id !== identity);
    return {
      person: (await findMember(reader, member))?.person,
      left: await waysLeft(reader, { member, others }, ctx.at),
    };
  });
  if (person && !left.provider && !(left.own && (await hasOwnWay(store, person))))
    throw new DomainError(
      'conflict',
      left.own
        ? 'Nothing else lets this person in: they add a passkey first, or an administrator ends their access instead.'
        : 'Nothing else lets this person in, as this organisation lets people in by its provider alone: an administrator ends their access instead.',
    );
  await store.change(ctx, async (write) => {
    const found = (await outsideIdentities(write, member)).find(({ id }) => id === identity);
    if (!found) throw notFound();
    await giveRoles(write, found, []);
    await unlinkOutside(write, found);
    // What it vouched for ends with it: a session that decided nothing while it stood would decide once it is gone.
    await endSessions(write, { member, vouched: true });
  });
}

/**
 * How somebody enters once an account is unlinked. Another account at the provider counts where it is known to be theirs:
 * one that an address alone linked may be somebody else's. What is their own counts where it opens this organisation, or
 * where the provider finds them again by their address.
 */
async function waysLeft(
  reader: Reader,
  { member, others }: { readonly member: string; readonly others: readonly OutsideIdentity[] },
  now: Date,
): Promise<{ readonly provider: boolean; readonly own: boolean }> {
  const { settings } = (await providerOf(reader)) ?? {};
  const standing = others.some(({ linkedBy, source }) => linkedBy === null && source === settings?.issuer);
  return {
    provider: settings?.offered === true && standing,
    own: settings?.linksByMail === true || (await entersOwn(reader, member, now)),
  };
}

/** Unlinks one's own account there. */
export const unlinkOwn = (
  store: Store,
  session: SessionIdentity,
  identity: string,
  request: Requested,
): Promise<void> => unlinkAccount(store, own(session, request), { member: session.by.member, identity });
