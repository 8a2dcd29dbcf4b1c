import type { FactorKind } from '@throughline/domain/factors.ts';
import { factorsContent } from './bound.ts';
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
  /** Members as whom its owner added it, or showed it while signed in: it counts in their organisations. */
  readonly countsFor: readonly string[];
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
  counts_for: string[];
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

/** Adds a factor; `countFactor` and `tellFactors` follow. One whose credential is known already breaks the unique key (SQLSTATE 23505). */
export async function addFactor(write: Write, factor: NewFactor): Promise<void> {
  const { id, person, kind, name, secret, credential = null, transports = [], counter = 0 } = factor;
  await write.run({
    name: 'add-factor',
    text: 'select add_factor($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
    values: [id, person, kind, name, secret, credential, transports, counter, newSalt(), write.ctx.at],
  });
}

/**
 * Has a factor count for the member as whom its owner adds or shows it; `tellFactors` follows. False where it did before,
 * and for recovery codes, which stand in for another one.
 */
export async function countFactor(
  write: Write,
  { person, member }: { readonly person: string; readonly member: string },
  factor: string,
): Promise<boolean> {
  const rows = await write.run<{ count_factor: boolean }>({
    name: 'count-factor',
    text: 'select count_factor($1, $2, $3)',
    values: [factor, person, member],
  });
  return rows[0]?.count_factor === true;
}

/** What a member's organisation knows of: the factors that count for them, and with one of these the recovery codes. */
export function countingFor(factors: readonly StoredFactor[], member: string): StoredFactor[] {
  const counting = factors.filter(({ countsFor }) => countsFor.includes(member));
  return counting.length === 0
    ? []
    : factors.filter((one) => counting.includes(one) || one.kind === 'recovery');
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

/** Notes that the recovery code in a place was used, which is bookkeeping too; false when it was before. */
export async function useCode(write: Write, factor: string, place: number): Promise<boolean> {
  const rows = await write.run<{ use_code: boolean }>({
    name: 'use-code',
    text: 'select use_code($1, $2, $3)',
    values: [factor, 2 ** place, write.ctx.at],
  });
  return rows[0]?.use_code === true;
}

/** Puts new content in the place of what stood; `tellFactors` follows. False when somebody else did meanwhile. */
export async function changeFactor(write: Write, before: StoredFactor, secret: Buffer): Promise<boolean> {
  const rows = await write.run<{ change_factor: boolean }>({
    name: 'change-factor',
    text: 'select change_factor($1, $2, $3, $4, $5)',
    values: [before.id, before.secret, secret, newSalt(), write.ctx.at],
  });
  return rows[0]?.change_factor === true;
}

/** Ends a person's factor; `tellFactors` follows. False where it is not theirs or ended before. */
export async function endFactor(write: Write, person: string, factor: string): Promise<boolean> {
  const rows = await write.run<{ end_factor: FactorKind | null }>({
    name: 'end-factor',
    text: 'select end_factor($1, $2, $3)',
    values: [factor, person, write.ctx.at],
  });
  return (rows[0]?.end_factor ?? null) !== null;
}

/**
 * The entry of every change to a person's factors, once it is made: it binds all that stand, wherever they were added, and
 * says of none. Asking for them waits for every other change that tells of them.
 */
export async function tellFactors(
  write: Write,
  { person, member }: { readonly person: string; readonly member: string },
): Promise<void> {
  const salt = newSalt();
  const factors = await write.run<Row>({
    name: 'tell-factors',
    text: 'select * from tell_factors($1, $2, $3)',
    values: [person, member, salt],
  });
  write.log({ act: 'factor.set', member, digest: factorsContent(salt, person, factors) });
}

function stored(row: Row): StoredFactor {
  const { secret, added_at: addedAt, used_at: usedAt, counts_for: countsFor, ...rest } = row;
  if (!secret) throw new Error(`Factor ${row.id} stands and has no content`);
  return { ...rest, secret, counter: Number(row.counter), addedAt, usedAt, countsFor };
}
