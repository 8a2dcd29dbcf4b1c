import type { Json } from '@throughline/domain/json.ts';
import { type ProviderSettings, readProvider } from '@throughline/domain/provider.ts';
import { providerContent, providerSecret } from './bound.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Store } from './store.ts';
import type { Write } from './write.ts';

/** An organisation's sign-in provider, with the encrypted secret of the client; `null` where it has none. */
export type StoredProvider = {
  readonly id: string;
  readonly settings: ProviderSettings;
  readonly secret: Buffer | null;
  readonly changedAt: Date;
  /** The person who set its issuer; `null` where a program did. */
  readonly setBy: string | null;
};

/** The provider that the reader's organisation signs its people in with; an organisation has one at most. */
export async function providerOf(reader: Reader): Promise<StoredProvider | undefined> {
  const row = await reader.db
    .selectFrom('sign_in_provider as p')
    .leftJoin('provider_secret as s', (join) =>
      join.onRef('s.organisation', '=', 'p.organisation').onRef('s.provider', '=', 'p.id'),
    )
    .select(['p.id', 'p.issuer', 'p.client_id', 'p.settings', 'p.changed_at', 'p.set_by', 's.secret'])
    .where('p.organisation', '=', reader.organisation)
    .where('p.removed_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const settings = { issuer: row.issuer, clientId: row.client_id, ...readProvider(row.settings) };
  const { id, secret, changed_at: changedAt, set_by: setBy } = row;
  return { id, settings, secret, changedAt, setBy };
}

/** Keeps how the organisation signs its people in, with its entry. `secret`: encrypted; `null` takes it away, left out it stays. */
export async function setProvider(
  write: Write,
  before: StoredProvider | undefined,
  settings: ProviderSettings,
  close: (provider: string) => Buffer | null | undefined,
): Promise<StoredProvider> {
  const id = before?.id ?? newId(write.ctx.at.getTime());
  const { issuer, clientId, ...rest } = settings;
  const kept: Record<string, Json> = { ...rest, groups: rest.groups.map((one) => ({ ...one })) };
  const salt = newSalt();
  const { actor, at } = write.ctx;
  const stays = before !== undefined && before.settings.issuer === issuer;
  const setBy = stays ? before.setBy : actor.type === 'person' ? actor.member : null;
  const row = {
    issuer,
    client_id: clientId,
    settings: JSON.stringify(kept),
    salt,
    changed_at: at,
    set_by: setBy,
  };
  await write.db
    .insertInto('sign_in_provider')
    .values({ organisation: write.organisation, id, ...row, created_at: write.ctx.at })
    .onConflict((conflict) => conflict.columns(['organisation', 'id']).doUpdateSet(row))
    .execute();
  const given = close(id);
  const secret = given === undefined ? (before?.secret ?? null) : given;
  const bound = await keepSecret(write, id, secret);
  const digest = providerContent(salt, { provider: id, issuer, clientId, settings: kept });
  write.log({
    act: 'provider.set',
    provider: id,
    setBy,
    digest,
    ...(bound === null ? {} : { secret: bound }),
  });
  return { id, settings, secret, changedAt: at, setBy };
}

/** Salted anew with every entry, so that equal secrets do not show as equal; answers what the entry binds. */
async function keepSecret(write: Write, provider: string, secret: Buffer | null): Promise<string | null> {
  await forgetSecret(write, provider);
  if (secret === null) return null;
  const salt = newSalt();
  await write.db
    .insertInto('provider_secret')
    .values({ organisation: write.organisation, provider, secret, salt })
    .execute();
  return providerSecret(salt, secret);
}

async function forgetSecret(write: Write, provider: string): Promise<void> {
  await write.db
    .deleteFrom('provider_secret')
    .where('organisation', '=', write.organisation)
    .where('provider', '=', provider)
    .execute();
}

/** Takes a provider away, with its entry: nobody is signed in by it any more, and its secret is gone. */
export async function removeProvider(write: Write, id: string): Promise<void> {
  await forgetSecret(write, id);
  await write.db
    .updateTable('sign_in_provider')
    .set({ removed_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .execute();
  write.log({ act: 'provider.removed', provider: id });
}

/** Where a provider is: what the door knows before anybody is known. */
export type ProviderPlace = { readonly organisation: string; readonly id: string };

/** Providers whose buttons stand on everybody's sign-in page, by what stands on them. */
export async function listedProviders(store: Store): Promise<(ProviderPlace & { label: string })[]> {
  const { rows } = await store.app.query<ProviderPlace & { label: string }>({
    name: 'listed-providers',
    text: 'select * from listed_providers()',
    values: [],
  });
  return rows;
}

/** Whether any mail domain leads to a provider here. */
export async function domainsLead(store: Store): Promise<boolean> {
  const { rows } = await store.app.query<{ lead: boolean }>({
    name: 'domains-lead-somewhere',
    text: 'select domains_lead_somewhere() as lead',
    values: [],
  });
  return rows[0]?.lead === true;
}

/** How the sign-in page names a provider: by its button, by its address, or by the domain of a mail address. */
export type ProviderAsked =
  | { readonly id: string }
  | { readonly address: string }
  | { readonly domain: string };

/** The provider that is offered under a name; nothing for one that is not offered, and for none. */
export async function findProvider(store: Store, asked: ProviderAsked): Promise<ProviderPlace | undefined> {
  const { id, address, domain } = { id: null, address: null, domain: null, ...asked };
  const { rows } = await store.app.query<ProviderPlace>({
    name: 'find-provider',
    text: 'select * from find_provider($1, $2, $3)',
    values: [id, address, domain],
  });
  return rows.length === 1 ? rows[0] : undefined;
}

/** Whether an administrator could still enter while the provider is out of reach: by a password or a passkey. */
export async function administratorHasOwnWay(reader: Reader): Promise<boolean> {
  const rows = await reader.run<{ has: boolean }>({
    name: 'administrator-own-way',
    text: 'select administrator_has_own_way() as has',
    values: [],
  });
  return rows[0]?.has === true;
}
