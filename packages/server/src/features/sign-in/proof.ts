import { DomainError } from '@throughline/domain/errors.ts';
import { hasSecondFactor, type ProofMethod } from '@throughline/domain/factors.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import { countFactor, countingFor, factorsOf, tellFactors } from '../../store/factors.ts';
import { outsideIdentities, trustLinks } from '../../store/outside-identities.ts';
import { providerOf } from '../../store/providers.ts';
import { groundOf, proveSession } from '../../store/sessions.ts';
import { useStep } from '../../store/sign-in-steps.ts';
import type { Store } from '../../store/store.ts';
import { ensureAccount, own, refusedAt } from './account.ts';
import type { Requested } from './begin.ts';
import type { SessionIdentity } from './identify.ts';
import { vouchedAlone } from './own-entrance.ts';
import { placeOf } from './place.ts';
import type { Proven, Shown } from './prove.ts';
import { proveCounted, type SignInServices } from './prove-counted.ts';
import { askAnyFactor, askFactors, findStep, stepOver } from './steps.ts';
import { tryPassword } from './try-password.ts';

/** What whoever holds this session can show to prove once more that it is them. */
export async function askProof(
  services: SignInServices,
  session: SessionIdentity,
  request: Requested,
): Promise<StepWire> {
  const { person, member } = session.by;
  const who = { person, organisation: session.organisation, member };
  const all = await factorsOf(services.store, person);
  const factors = vouchedAlone(session) ? countingFor(all, member) : all;
  if (hasSecondFactor(factors.map(({ kind }) => kind)))
    return askFactors(services, who, 'prove', factors, request.at, {
      alone: await byPasskeyAlone(services.store, session),
    });
  const methods = await provingWithout(services.store, session);
  if (!vouchedAlone(session) || !methods.includes('password'))
    return { ...(await askFactors(services, who, 'prove', [], request.at)), methods };
  // The same is asked of whoever has a second factor from elsewhere as of whoever has none.
  const ask = await askAnyFactor(services, who, request.at);
  return { ...ask, methods: [...methods, ...ask.methods] };
}

/** Whether a passkey is all that was shown for a session: shown again without PIN or finger it would prove nobody. */
async function byPasskeyAlone(store: Store, { organisation, by }: SessionIdentity): Promise<boolean> {
  const ground = await store.readWhole(organisation, (reader) => groundOf(reader, by.session));
  return ground?.methods.every((method) => method === 'passkey') === true;
}

/** What proves somebody without a second factor: their password, and their organisation's provider where it says so. */
async function provingWithout(store: Store, session: SessionIdentity): Promise<ProofMethod[]> {
  const { person, member } = session.by;
  const { password_hash: password } = await ensureAccount(store, person);
  const byProvider = await store.readWhole(session.organisation, async (reader) => {
    const { settings } = (await providerOf(reader)) ?? {};
    if (!settings?.offered || !settings.provesPresence) return false;
    const openid = (await outsideIdentities(reader, member)).filter(({ kind }) => kind === 'openid');
    return openid.length > 0 && openid.every(({ linkedBy }) => linkedBy === null);
  });
  const methods: ProofMethod[] = [];
  if (byProvider) methods.push('provider');
  if (password !== null) methods.push('password');
  if (methods.length > 0) return methods;
  throw new DomainError(
    'conflict',
    'You have nothing here to show it with. Sign out and in again, and do this within the next minutes.',
  );
}

/**
 * Takes what is shown: from here on the session counts as proved. A refusal names the field and leaves the session as it
 * is: guesses are counted, and who guesses on an open browser gains nothing.
 */
export async function prove(
  services: SignInServices,
  session: SessionIdentity,
  input: { readonly step: string; readonly password?: string | undefined } & Shown,
  request: Requested,
): Promise<void> {
  const { store } = services;
  const { person, session: id } = session.by;
  const step = await findStep(store, input.step, ['prove'], request.at);
  if (step.person !== person) throw stepOver();
  const asked = { person, challenge: step.content, alone: await byPasskeyAlone(store, session) };
  const given = input.passkey ? 'passkey' : input.code === undefined ? 'password' : 'code';
  const proven =
    given === 'password'
      ? await provePassword(services, person, input.password ?? '', request)
      : (await proveCounted(services, asked, input, request)).proven;
  if (!proven) throw refusedAt(given, 'That is not right, or it was used before. Show it again.');
  await store.change(own(session, request), async (write) => {
    if (!(await useStep(write, step.hash)) || !(await proven.keep(write))) throw stepOver();
    // Whoever shows one from elsewhere is told of here as whoever adds one.
    const { factor } = proven;
    if (factor && (await countFactor(write, session.by, factor))) await tellFactors(write, session.by);
    // It came by the provider, and is theirs: so is the account there.
    if (vouchedAlone(session)) await trustLinks(write, session.by.member);
    if (!(await proveSession(write, id, [proven.method]))) throw stepOver();
  });
}

/** The password proves only whoever has no second factor. */
async function provePassword(
  { store, attempts }: SignInServices,
  person: string,
  password: string,
  request: Requested,
): Promise<Proven | null> {
  const factors = await factorsOf(store, person);
  const { email, password_hash: kept } = await ensureAccount(store, person);
  const place = await placeOf(store, email, request);
  if (!(await tryPassword(attempts, { email, place, at: request.at }, password, kept))) return null;
  attempts.accept(email, place);
  // Told to whoever knows the password, and to nobody else.
  if (hasSecondFactor(factors.map(({ kind }) => kind)))
    throw refusedAt('password', 'You have a second factor. Show a code of it, or your passkey.');
  return { method: 'password', person, keep: async () => true };
}
