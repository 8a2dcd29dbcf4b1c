import type { Store } from './store.ts';
import type { Write } from './write.ts';

/** What a step waits for. A token of one purpose is worth nothing for another. */
export type StepPurpose =
  | 'second-step'
  | 'provider-step'
  | 'join-step'
  | 'passkey'
  | 'add-totp'
  | 'add-passkey'
  | 'prove'
  | 'reset'
  | 'provider'
  | 'provider-proof'
  | 'provider-link';

export type StoredStep = {
  readonly purpose: StepPurpose;
  readonly person: string | null;
  readonly organisation: string | null;
  readonly member: string | null;
  /** A challenge, or an encrypted secret that no code was shown of yet. */
  readonly content: Buffer | null;
  readonly expires_at: Date;
};

export type NewStep = Omit<StoredStep, 'expires_at'> & {
  readonly hash: Buffer;
  readonly at: Date;
  readonly expiresAt: Date;
};

/** Keeps a step until its second half comes. Nothing of it is in force, so it has no entry. */
export async function openStep(store: Store, step: NewStep): Promise<void> {
  const { hash, purpose, person, organisation, member, content, at, expiresAt } = step;
  await store.app.query({
    name: 'open-step',
    text: 'select open_step($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [hash, purpose, person, organisation, member, content, at, expiresAt],
  });
}

/** A step that was not taken yet, whether or not it ran out. */
export async function stepOf(store: Store, hash: Buffer): Promise<StoredStep | undefined> {
  const { rows } = await store.app.query<StoredStep>({
    name: 'step-of',
    text: 'select * from step_of($1)',
    values: [hash],
  });
  return rows[0];
}

/** Uses a step up inside the change that it allows; false when it was taken or ran out meanwhile. */
export async function useStep(write: Write, hash: Buffer): Promise<boolean> {
  const rows = await write.run<{ use_step: boolean }>({
    name: 'use-step',
    text: 'select use_step($1, $2)',
    values: [hash, write.ctx.at],
  });
  return rows[0]?.use_step === true;
}

/** Uses a step up before what it allows is known: what is asked of others meanwhile is asked once. False when it was taken. */
export async function spendStep(store: Store, hash: Buffer, at: Date): Promise<boolean> {
  const { rows } = await store.app.query<{ use_step: boolean }>({
    name: 'use-step',
    text: 'select use_step($1, $2)',
    values: [hash, at],
  });
  return rows[0]?.use_step === true;
}
