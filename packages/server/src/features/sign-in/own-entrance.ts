import { DomainError } from '@throughline/domain/errors.ts';
import { entersOwn } from '../../records/enters-own.ts';
import { factorsOf } from '../../store/factors.ts';
import { accountOf } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import type { SessionIdentity } from './identify.ts';

/** Whether a member may enter with a password or passkey of their own. */
export async function mayEnter(
  store: Store,
  { organisation, member }: { readonly organisation: string; readonly member: string },
  now: Date,
): Promise<boolean> {
  return store.readWhole(organisation, (reader) => entersOwn(reader, member, now));
}

/** Throws where somebody, who showed that it is them, is to come by their organisation's account. */
export async function ensureMayEnter(
  store: Store,
  who: { readonly organisation: string; readonly member: string },
  now: Date,
): Promise<void> {
  if (await mayEnter(store, who, now)) return;
  throw byProvider();
}

const byProvider = (): DomainError =>
  new DomainError(
    'forbidden',
    'Your organisation signs in with accounts of its own. Use the button of your organisation, or its sign-in address.',
    [],
    { entrance: 'provider' },
  );

/** The first of these memberships that a password or passkey lets in to. Throws where none is. */
export async function enterable<T extends { readonly organisation: string; readonly member: string }>(
  store: Store,
  memberships: readonly T[],
  now: Date,
): Promise<T> {
  for (const one of memberships) if (await mayEnter(store, one, now)) return one;
  throw byProvider();
}

/** Which of these memberships a password or passkey lets in to. */
export async function enterableAmong<T extends { readonly organisation: string; readonly member: string }>(
  store: Store,
  memberships: readonly T[],
  now: Date,
): Promise<T[]> {
  const entered: T[] = [];
  for (const one of memberships) if (await mayEnter(store, one, now)) entered.push(one);
  return entered;
}

/** What a person can show that is their own, and no word of an organisation's provider. */
export async function hasOwnWay(store: Store, person: string): Promise<boolean> {
  const [account, factors] = [await accountOf(store, person), await factorsOf(store, person)];
  return Boolean(account?.password_hash) || factors.length > 0;
}

/**
 * Whether a provider of the organisation at hand is all that vouches for whoever holds a session. What is a person's own
 * (where else they belong, their password and factors, what they showed at a sign-in) is told to it once they show
 * something of their own, and reached by it no sooner: whoever runs the provider may hold it.
 */
export const vouchedAlone = ({ by }: Pick<SessionIdentity, 'by'>): boolean => by.presence.own === false;

/** Of a person's memberships, those that a session sees and reaches. */
export function within<T extends { readonly organisation: string }>(
  memberships: readonly T[],
  session: Pick<SessionIdentity, 'organisation' | 'by'>,
): T[] {
  return memberships.filter((one) => !vouchedAlone(session) || one.organisation === session.organisation);
}
