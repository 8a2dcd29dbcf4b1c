import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { hasSecondFactor, type ProofMethod } from '@throughline/domain/factors.ts';
import {
  addFactor,
  changeFactor,
  countFactor,
  countingFor,
  endFactor,
  factorsInTurn,
  factorsOf,
  type NewFactor,
  type StoredFactor,
  tellFactors,
} from '../../store/factors.ts';
import { newId } from '../../store/ids.ts';
import { findMember } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { ensureSealing } from '../../store/sealing-key.ts';
import { proveSession } from '../../store/sessions.ts';
import { useStep } from '../../store/sign-in-steps.ts';
import type { Store } from '../../store/store.ts';
import type { Write } from '../../store/write.ts';
import { ensureAccount, own, refusedAt } from './account.ts';
import type { Requested } from './begin.ts';
import type { SessionIdentity } from './identify.ts';
import { ensureProved } from './presence.ts';
import { type FactorServices, passkeysOf } from './prove.ts';
import { newRecoveryCodes } from './recovery.ts';
import { beginStep, findStep, stepOver } from './steps.ts';
import { newTotpSecret, totpStep, totpWords } from './totp.ts';
import { creationOptions, ensureParty, madePasskey, type NewPasskey } from './webauthn.ts';

/** So many of each kind are enough for every device of a person. */
const most = 10;

export type Added = { readonly factor: StoredFactor; readonly recoveryCodes: readonly string[] | null };

/** Makes a secret for an authenticator. It counts once a code of it was shown; until then nothing is kept but the step. */
export async function beginTotp(services: FactorServices, session: SessionIdentity, request: Requested) {
  const { store, secrets } = services;
  const { person } = session.by;
  await ensureProved(store, session, request.at);
  ensureRoom(await factorsOf(store, person), 'totp');
  const { email } = await ensureAccount(store, person);
  const { name } = await store.readWhole(session.organisation, organisationSettings);
  const secret = newTotpSecret();
  const content = secrets.close(secret, person);
  const begun = await beginStep(store, { purpose: 'add-totp', person, content }, request.at);
  return { ...begun, ...totpWords(secret, email, `Throughline ${name}`) };
}

/** Adds an authenticator by the first code that it shows. */
export async function confirmTotp(
  { store, secrets }: FactorServices,
  session: SessionIdentity,
  input: { readonly step: string; readonly name: string; readonly code: string },
  request: Requested,
): Promise<Added> {
  const { person } = session.by;
  const step = await findStep(store, input.step, ['add-totp'], request.at);
  const secret = step.content && secrets.open(step.content, person);
  if (step.person !== person || !step.content || !secret) throw stepOver();
  const counter = totpStep(secret, input.code.replace(/\s/g, ''), request.at);
  if (counter === null)
    throw refusedAt('code', 'This code does not come of this secret, or the clock of the device is wrong.');
  const factor = { id: newId(), person, name: input.name, secret: step.content, counter } as const;
  return add(store, session, request, step.hash, { ...factor, kind: 'totp' }, secrets.name);
}

/** Asks the browser for a new passkey. */
export async function beginPasskey(
  { store, config }: FactorServices,
  session: SessionIdentity,
  request: Requested,
) {
  const { person, member } = session.by;
  const party = ensureParty(config.publicUrl);
  await ensureProved(store, session, request.at);
  const known = passkeysOf(await factorsOf(store, person));
  ensureRoom(known, 'passkey');
  const { email } = await ensureAccount(store, person);
  const named = await store.readWhole(session.organisation, (reader) => findMember(reader, member));
  const options = await creationOptions(party, { person, email, name: named?.name ?? email }, known);
  const content = Buffer.from(options.challenge, 'utf8');
  return { ...(await beginStep(store, { purpose: 'add-passkey', person, content }, request.at)), options };
}

export async function addPasskey(
  { store, config }: FactorServices,
  session: SessionIdentity,
  input: { readonly step: string; readonly name: string; readonly passkey: NewPasskey },
  request: Requested,
): Promise<Added> {
  const { person } = session.by;
  const step = await findStep(store, input.step, ['add-passkey'], request.at);
  if (step.person !== person || !step.content) throw stepOver();
  const party = ensureParty(config.publicUrl);
  const made = await madePasskey(party, step.content.toString('utf8'), input.passkey);
  if (!made) throw refusedAt('passkey', 'This passkey does not answer what was asked. Begin again.');
  const { credential, publicKey, counter, transports } = made;
  const factor = { id: newId(), person, name: input.name, credential, counter, transports } as const;
  return add(store, session, request, step.hash, { ...factor, kind: 'passkey', secret: publicKey });
}

/** Puts new recovery codes in the place of those that stood. */
export async function renewRecoveryCodes(
  store: Store,
  session: SessionIdentity,
  request: Requested,
): Promise<readonly string[]> {
  const { person } = session.by;
  await ensureProved(store, session, request.at);
  const factors = await factorsOf(store, person);
  if (!hasSecondFactor(factors.map(({ kind }) => kind)))
    throw new DomainError('conflict', 'Recovery codes stand in for a second factor. Add one first.');
  const { codes, kept } = newRecoveryCodes();
  const before = factors.find(({ kind }) => kind === 'recovery');
  await store.change(own(session, request), async (write) => {
    if (!before) await addRecovery(write, person, kept);
    else if (!(await changeFactor(write, before, kept)))
      throw new DomainError('changed', 'Other recovery codes were made in between. Begin again.');
    await tellFactors(write, session.by);
  });
  return codes;
}

/** Ends one of a person's factors; with the last one that protects by itself, recovery codes end too. */
export async function removeFactor(
  store: Store,
  session: SessionIdentity,
  id: string,
  request: Requested,
): Promise<void> {
  const { person } = session.by;
  const ending = (factors: readonly StoredFactor[]) =>
    factors.find((factor) => factor.id === id && factor.kind !== 'recovery');
  if (!ending(await factorsOf(store, person))) throw notFound();
  await ensureProved(store, session, request.at);
  await store.change(own(session, request), async (write) => {
    const factors = await factorsInTurn(write, person);
    const gone = ending(factors);
    if (!gone) throw notFound();
    const left = factors.filter((factor) => factor !== gone);
    const protects = hasSecondFactor(left.map(({ kind }) => kind));
    const counting = (ones: readonly StoredFactor[]) => countingFor(ones, session.by.member).length > 0;
    if (session.by.factorDue && counting(factors) && !counting(left))
      throw new DomainError('conflict', 'Your organisation demands a second factor. Add another one first.');
    for (const factor of protects ? [gone] : factors)
      if (!(await endFactor(write, person, factor.id))) throw notFound();
    await tellFactors(write, session.by);
  });
}

async function add(
  store: Store,
  session: SessionIdentity,
  request: Requested,
  step: Buffer,
  factor: NewFactor & { readonly kind: ProofMethod },
  sealedBy?: Uint8Array,
): Promise<Added> {
  const { person, session: id } = session.by;
  const hasCodes = (await factorsOf(store, person)).some(({ kind }) => kind === 'recovery');
  const recovery = hasCodes ? null : newRecoveryCodes();
  await store.change(own(session, request), async (write) => {
    if (!(await useStep(write, step))) throw stepOver();
    if (sealedBy) await ensureSealing(write, sealedBy);
    await addFactor(write, factor);
    await countFactor(write, session.by, factor.id);
    if (recovery) await addRecovery(write, person, recovery.kept);
    await tellFactors(write, session.by);
    await proveSession(write, id, [factor.kind]);
  });
  const added = (await factorsOf(store, person)).find((one) => one.id === factor.id);
  if (!added) throw new Error('A factor that was just added cannot be found');
  return { factor: added, recoveryCodes: recovery?.codes ?? null };
}

async function addRecovery(write: Write, person: string, kept: Buffer): Promise<void> {
  await addFactor(write, { id: newId(), person, kind: 'recovery', name: 'Recovery codes', secret: kept });
}

function ensureRoom(factors: readonly StoredFactor[], kind: 'totp' | 'passkey'): void {
  if (factors.filter((factor) => factor.kind === kind).length < most) return;
  throw new DomainError('conflict', `You have ${most} of these already. Take one away first.`);
}
