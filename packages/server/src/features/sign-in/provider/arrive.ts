import type { Actor } from '@throughline/domain/actor.ts';
import type { EntranceRefusal } from '@throughline/domain/entrance.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { hasSecondFactor } from '@throughline/domain/factors.ts';
import { saysFactor } from '@throughline/domain/provider.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import type { Context } from '../../../store/context.ts';
import { countingFor, factorsOf } from '../../../store/factors.ts';
import { findOutside, linkOutside, outsideIdentities } from '../../../store/outside-identities.ts';
import { findProvider, providerOf, type StoredProvider } from '../../../store/providers.ts';
import { secretHash } from '../../../store/secret.ts';
import { endSessions, proveSession, startSession } from '../../../store/sessions.ts';
import { spendStep } from '../../../store/sign-in-steps.ts';
import { newSession, type Requested, type Started } from '../begin.ts';
import type { SessionIdentity } from '../identify.ts';
import { askFactors, findStep, stepOver } from '../steps.ts';
import { admit, foresee, nameOf, saidOf, type Vouched } from './admit.ts';
import { type ProviderServices, providerPurposes, type Waiting } from './begin.ts';
import { exchange, type Returned } from './exchange.ts';
import { follow } from './follow.ts';
import { closePending } from './pending.ts';

/** How a return ended: signed in, asked for a second factor, or done for whoever was signed in already. */
export type Arrived = { readonly next: string } & (
  | { readonly started: Started }
  | { readonly ask: StepWire }
  | { readonly done: 'prove' | 'link' }
);

/**
 * Takes what a browser brings back from a provider. A state is good once, for ten minutes, and in the browser that began;
 * it is used up before anything is asked of the provider, so that nothing is tried twice.
 */
export async function arrive(
  services: ProviderServices,
  returned: Returned,
  request: Requested,
  before: SessionIdentity | null,
): Promise<Arrived> {
  const { store, secrets } = services;
  const step = await findStep(store, returned.state, Object.values(providerPurposes), request.at);
  const { organisation, content, purpose } = step;
  const opened = organisation && content && secrets.open(content, organisation);
  if (!opened || !(await spendStep(store, step.hash, request.at))) throw stepOver();
  const waiting: Waiting = JSON.parse(opened.toString('utf8'));
  ensureSameBrowser(waiting, request);
  // Offered no more, or of an organisation that was archived meanwhile: it is not found again.
  const place = await findProvider(store, { id: waiting.provider });
  const provider = place?.organisation === organisation && (await store.readWhole(organisation, providerOf));
  if (!provider || provider.id !== waiting.provider) throw stepOver();
  const proves = purpose === 'provider-proof';
  const vouched = await exchange(services, organisation, provider, { waiting, returned, proves }, request.at);
  const given: Given = { organisation, provider, vouched, request };
  if (purpose === 'provider') return { next: waiting.next, ...(await enter(services, given, before)) };
  if (before?.by.session !== waiting.session || before?.organisation !== organisation) throw stepOver();
  await (proves ? prove : link)(services, given, before);
  return { next: waiting.next, done: proves ? 'prove' : 'link' };
}

type Given = {
  readonly organisation: string;
  readonly provider: StoredProvider;
  readonly vouched: Vouched;
  readonly request: Requested;
};

/** Whoever sends somebody a link with their own code in it would have them signed in as themselves. */
function ensureSameBrowser(waiting: Waiting, request: Requested): void {
  if (request.browser !== undefined && secretHash(request.browser).toString('hex') === waiting.browser)
    return;
  throw new DomainError('conflict', 'This sign-in began in another browser. Begin again here.');
}

const contextOf = ({ organisation, request }: Given, actor: Actor): Context => ({
  ...{ organisation, actor, at: request.at, because: null, request: request.id },
});

/** Who comes in, decided and carried out in one change; whoever has a second factor here shows it before anything is written. */
async function enter(
  services: ProviderServices,
  given: Given,
  before: SessionIdentity | null,
): Promise<{ started: Started } | { ask: StepWire }> {
  const { store, secrets } = services;
  const { organisation, provider, vouched, request } = given;
  const meant = await store.readWhole(organisation, (reader) => foresee(reader, given, request.at));
  // Those that count here: asked for one from elsewhere, whoever runs the provider would learn of it.
  const factors = meant ? countingFor(await factorsOf(store, meant.person), meant.member) : [];
  const trusted = saysFactor(provider.settings.factorValues, vouched.claims);
  if (meant && !trusted && hasSecondFactor(factors.map(({ kind }) => kind))) {
    const keep = (challenge: Buffer | null) =>
      closePending(secrets, organisation, { provider: provider.id, vouched, challenge });
    return {
      ask: await askFactors(services, { organisation, ...meant }, 'provider-step', factors, request.at, {
        keep,
      }),
    };
  }
  const entered = await store.change(contextOf(given, { type: 'visitor' }), (write) => admit(write, given));
  if ('why' in entered) throw refusal(entered.why);
  const { started, row } = newSession(organisation, entered, request, ['provider']);
  const actor = { type: 'person', member: entered.member, roles: [] } as const;
  await store.change(contextOf(given, actor), async (write) => {
    // Signing in again ends the session that the browser held: a token is never carried on.
    if (before?.organisation === organisation) await endSessions(write, { id: before.by.session });
    await startSession(write, row);
  });
  return { started };
}

const refusals: Readonly<Record<EntranceRefusal, string>> = {
  'no-address':
    'Your organisation’s account names no mail address that the provider checked. Ask whoever administers that account.',
  domain: 'Your mail address is of no domain that this organisation lets in.',
  'not-invited': 'You are not a member here yet. Ask an administrator of your organisation to invite you.',
  'not-linked':
    'A member with your mail address is here already. Sign in as before, then link your organisation’s account under Your account. Whoever was invited comes with the address of the invitation.',
  administrator:
    'An administrator links their account by their own hand: sign in as before, then link it under Your account.',
  left: 'Your access here has ended.',
};
const refusal = (why: EntranceRefusal): DomainError =>
  new DomainError('forbidden', refusals[why], [], { entrance: why });

/** The provider proves presence for the person alone who is linked to this very member, and has no second factor here. */
async function prove(services: ProviderServices, given: Given, session: SessionIdentity): Promise<void> {
  const { by } = session;
  await services.store.change(contextOf(given, session.actor), async (write) => {
    const identity = await findOutside(write, nameOf(given.vouched));
    const known = identity?.linkedBy === null && !by.presence.secondFactor;
    if (!known || identity?.member !== by.member || !given.provider.settings.provesPresence)
      throw new DomainError(
        'conflict',
        'This account does not prove that it is you. Show something of your own.',
      );
    if (!(await proveSession(write, by.session, ['provider']))) throw stepOver();
  });
}

/** Links the account at the provider to whoever is signed in. The name there is theirs alone from then on. */
async function link(services: ProviderServices, given: Given, session: SessionIdentity): Promise<void> {
  const { member } = session.by;
  await services.store.change(contextOf(given, session.actor), async (write) => {
    const name = nameOf(given.vouched);
    if (await findOutside(write, name))
      throw new DomainError('conflict', 'This account is linked to a member here already.');
    const own = await outsideIdentities(write, member);
    if (own.some(({ kind, source }) => kind === 'openid' && source === name.source))
      throw new DomainError(
        'conflict',
        'Another account of this provider is linked to you. Unlink it first.',
      );
    const said = saidOf(given.provider.settings, given.vouched);
    const identity = await linkOutside(write, member, name, { address: said.address, roles: [] });
    await follow(write, identity, said);
  });
}
