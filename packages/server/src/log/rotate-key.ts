import type { Actor } from '@throughline/domain/actor.ts';
import type { Db } from '../store/connection.ts';
import {
  type LogKey,
  lockLogKeys,
  logFirstKey,
  logKeys,
  logRotation,
  organisationsWithoutKey,
  registerLogKey,
  untoldRotations,
} from '../store/log-keys.ts';
import type { Store } from '../store/store.ts';
import { ensureKey, type Keyed } from './ensure-key.ts';
import { findKey, keepOnly, makeKeyFile } from './key-files.ts';
import { directoryRefused, SigningRefused } from './refused.ts';

/**
 * Puts a new key in the place of the one that signs, tells every organisation's log of it, and removes the old private
 * key. Public keys stay known. A process that ends in between leaves one of the two keys signing. Throws `SigningRefused` where the key that signs is not here, unless it is said to be lost.
 */
export async function rotateKey(
  keyed: Keyed,
  asked: { readonly actor: Actor; readonly lost: boolean },
): Promise<{ now: LogKey; before: LogKey }> {
  const { store, directory, clock, keyReached } = keyed;
  await ensureKey({ store, directory, clock });
  try {
    // Key and entries are there at once: nobody who verifies sees a key that no log tells of.
    const keys = await store.changeAll(async (db, tell) => {
      await lockLogKeys(db);
      const before = await keyToReplace(db, directory, asked.lost);
      const key = await makeKeyFile(directory);
      keyReached?.('made');
      const now = await registerLogKey(db, key.public, clock(), before.missing);
      keyReached?.('registered');
      await tellUntold(db, tell, { clock, actor: asked.actor });
      return { now, before: before.key };
    });
    keyReached?.('committed');
    await keepOnly(directory, keys.now.public);
    return keys;
  } catch (error) {
    throw directoryRefused(directory, error);
  }
}

async function keyToReplace(
  db: Db,
  directory: string,
  lost: boolean,
): Promise<{ key: LogKey; missing: boolean }> {
  const key = (await logKeys(db)).at(-1);
  if (!key) throw new Error('No key is registered after one was ensured');
  const missing = (await findKey(directory, key.public)) === undefined;
  if (missing && !lost)
    throw new SigningRefused(
      'no-key',
      `The private key that signs the log is not in ${directory}. Rotate it on the node that has it, or say --lost if nobody has.`,
    );
  return { key, missing };
}

/**
 * Names the key that signs in every log that names none yet, where this node has the private one: a key that somebody put
 * in its place must not be vouched for. Answers how many.
 */
export async function tellFirstKeys({ store, directory, clock }: Keyed, actor: Actor): Promise<number> {
  const current = (await store.asOwner(logKeys)).at(-1);
  if (!current || !(await findKey(directory, current.public))) return 0;
  const untold = await store.asOwner(organisationsWithoutKey);
  for (const organisation of untold) {
    const ctx = { organisation, actor, at: clock(), because: null, request: null };
    await store.change(ctx, (write) => logFirstKey(write, current));
  }
  return untold.length;
}

/** Writes the entries of rotations that a log does not tell of yet, as after a restore; answers how many. */
export async function tellRotations(store: Store, clock: () => Date, actor: Actor): Promise<number> {
  return store.changeAll((db, tell) => tellUntold(db, tell, { clock, actor }));
}

type Teller = Parameters<Parameters<Store['changeAll']>[0]>[1];

async function tellUntold(
  db: Db,
  tell: Teller,
  { clock, actor }: { readonly clock: () => Date; readonly actor: Actor },
): Promise<number> {
  const untold = await untoldRotations(db);
  const keys = await logKeys(db);
  for (const { organisation, key } of untold) {
    const [before, now] = [key - 1, key].map((number) => keys.find((one) => one.number === number));
    if (!before || !now) throw new Error(`Key ${key} is not registered with the one before it`);
    const ctx = { organisation, actor, at: clock(), because: null, request: null };
    await tell(ctx, (write) => logRotation(write, now, before));
  }
  return untold.length;
}
