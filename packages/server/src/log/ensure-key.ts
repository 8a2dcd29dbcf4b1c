import type { Db } from '../store/connection.ts';
import { type LogKey, lockLogKeys, logKeys, registerLogKey } from '../store/log-keys.ts';
import type { Store } from '../store/store.ts';
import { findKey, keysIn, makeKeyFile } from './key-files.ts';
import { directoryRefused, SigningRefused } from './refused.ts';

/** Named so that tests can end a process between any two of them. */
export type KeyStep = 'made' | 'registered' | 'committed';

export type Keyed = {
  readonly store: Store;
  readonly directory: string;
  readonly clock: () => Date;
  readonly keyReached?: (step: KeyStep) => void;
};

/**
 * Makes the installation's key where none is registered yet: one for all nodes, however many start at once. A key that
 * was made and not registered, because the process ended there, is used now. Answers whether this node has the
 * registered key. Throws `SigningRefused` where the directory or the key in it must not or cannot be used.
 */
export async function ensureKey(keyed: Keyed): Promise<boolean> {
  const { store, directory, keyReached } = keyed;
  try {
    const current = await store.asOwner(async (db) => {
      await lockLogKeys(db);
      return (await logKeys(db)).at(-1) ?? firstKey(db, keyed);
    });
    keyReached?.('committed');
    return (await findKey(directory, current.public)) !== undefined;
  } catch (error) {
    throw directoryRefused(directory, error);
  }
}

async function firstKey(db: Db, { directory, clock, keyReached }: Keyed): Promise<LogKey> {
  const [left] = await keysIn(directory);
  const key = left ?? (await makeKeyFile(directory));
  keyReached?.('made');
  const registered = await registerLogKey(db, key.public, clock());
  keyReached?.('registered');
  return registered;
}

/** What an operator is told at the start when this node will sign nothing. */
export async function whyNotSigning(keyed: Keyed): Promise<string | undefined> {
  try {
    if (await ensureKey(keyed)) return undefined;
  } catch (error) {
    if (!(error instanceof SigningRefused)) throw error;
    return `This node serves the log and does not sign it. ${error.message}`;
  }
  return (
    `This node serves the log and does not sign it: the private key that is registered is not in ${keyed.directory}. ` +
    'Another node signs, or LOG_KEY_DIR names another directory; a key that is lost is replaced by "throughline log rotate-key --lost".'
  );
}
