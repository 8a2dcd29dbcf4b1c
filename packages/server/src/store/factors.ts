import type { FactorKind } from '@throughline/domain/factors.ts';
import { factorContent } from './bound.ts';
import { newSalt } from './digest.ts';
import type { Store } from './store.ts';
import type { Write } from './write.ts';

/** A factor that counts: what a person can show beside, or instead of, their password. */
export type StoredFactor = {
  readonly id: string;
  readonly person: string;
  readonly kind: FactorKind;
  /** What its owner calls it. */
  readonly name: string;
  /** Of an authenticator its encrypted secret, of a passkey its public key (COSE), of recovery codes their SHA-256, 32 bytes each. */
  readonly secret: Buffer;
  readonly credential: Buffer | null;
  readonly transports: readonly string[];
  readonly counter: number;
  readonly addedAt: Date;
  readonly usedAt: Date | null;
};

type Row = {
  id: string;
  person: string;
  kind: FactorKind;
  name: string;
  secret: Buffer | null;
  credential: Buffer | null;
  transports: string[];
  counter: string;
  added_at: Date;
  used_at: Date | null;
};

/** A person's factors, in the order in which they were added. */
export async function factorsOf(store: Store, person: string): Promise<StoredFactor[]> {
  const { rows } = await store.app.query<Row>({
    name: 'factors-of',
    text: 'select * from factors_of($1)',
    values: [person],
  });
  return rows.map(stored);
}

/** The same inside a change, which waits for every other change of this person's factors. */
export async function factorsInTurn(write: Write, person: string): Promise<StoredFactor[]> {
  await write.run({
    name: 'factors-in-turn',
    text: 'select pg_advisory_xact_lock(hashtextextended($1, 45))',
    values: [person],
  });
  const rows = await write.run<Row>({
    name: 'factors-of',
    text: 'select * from factors_of($1)',
    values: [person],
  });
  return rows.map(stored);
}

/** The passkey with a credential id; its owner is whoever can sign with it. */
export async function passkeyOf(store: Store, credential: Buffer): Promise<StoredFactor | undefined> {
  const { rows } = await store.app.query<Row>({
    name: 'factor-of-credential',
    text: 'select * from factor_of_credential($1)',
    values: [credential],
  });
  return rows[0] && stored(rows[0]);
}

export type NewFactor = Pick<StoredFactor, 'id' | 'person' | 'kind' | 'name' | 'secret'> &
  Partial<Pick<StoredFactor, 'credential' | 'transports' | 'counter'>>;

/** Adds a factor, with its entry. One whose credential is known already breaks the unique key (SQLSTATE 23505). */
export async function addFactor(write: Write, factor: NewFactor): Promise<void> {
  const { id, person, kind, name, secret, credential = null, transports = [], counter = 0 } = factor;
  const salt = newSalt();
  await write.run({
    name: 'add-factor',
    text: 'select add_factor($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    values: [id, person, kind, name, secret, credential, transports, counter, salt, write.ctx.at],
  });
  const digest = factorContent(salt, { factor: id, person, kind, secret, credential });
  write.log({ act: 'factor.added', factor: id, person, kind, digest });
}

/**
 * Notes that a factor was shown. `rising`: only with a counter above the last one, so that nothing is shown twice; false
 * when it was. When it was used is bookkeeping; the session that begins has the entry.
 */
export async function useFactor(
  write: Write,
  factor: string,
  shown: { counter: number; rising: boolean },
): Promise<boolean> {
  const rows = await write.run<{ use_factor: boolean }>({
    name: 'use-factor',
    text: 'select use_factor($1, $2, $3, $4)',
    values: [factor, shown.counter, shown.rising, write.ctx.at],
  });
  return rows[0]?.use_factor === true;
}

/** Puts other content in the place of what stood, with its entry; false when somebody else did meanwhile. */
export async function changeFactor(write: Write, before: StoredFactor, secret: Buffer): Promise<boolean> {
  const { id, person, kind, credential } = before;
  const salt = newSalt();
  const rows = await write.run<{ change_factor: boolean }>({
    name: 'change-factor',
    text: 'select change_factor($1, $2, $3, $4, $5)',
    values: [id, before.secret, secret, salt, write.ctx.at],
  });
  if (rows[0]?.change_factor !== true) return false;
  const digest = factorContent(salt, { factor: id, person, kind, secret, credential });
  write.log({ act: 'factor.changed', factor: id, person, kind, digest });
  return true;
}

/** Ends a person's factor, with its entry; false where it is not theirs or ended before. */
export async function endFactor(write: Write, person: string, factor: string): Promise<boolean> {
  const rows = await write.run<{ end_factor: FactorKind | null }>({
    name: 'end-factor',
    text: 'select end_factor($1, $2, $3)',
    values: [factor, person, write.ctx.at],
  });
  const kind = rows[0]?.end_factor;
  if (!kind) return false;
  write.log({ act: 'factor.ended', factor, person, kind });
  return true;
}

function stored(row: Row): StoredFactor {
  const { secret, added_at: addedAt, used_at: usedAt, ...rest } = row;
  if (!secret) throw new Error(`Factor ${row.id} stands and has no content`);
  return { ...rest, secret, counter: Number(row.counter), addedAt, usedAt };
}
