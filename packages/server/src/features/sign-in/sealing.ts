import {
  lockSealingKey,
  type SealedSecrets,
  sealedSecrets,
  sealingKey,
  setSealingKey,
} from '../../store/sealing-key.ts';
import type { Store } from '../../store/store.ts';
import { FactorKeyRefused, makeFactorKey, readFactorKey } from './factor-key.ts';
import { type SecretBox, secretBox } from './secret-box.ts';

/**
 * The box for secrets that have to be read again, with the key of a file. Nodes of one database use one key: the database
 * knows its name, and a node with another one is refused while anything is kept that it could not open. The key is made
 * where there is none and nothing needs one. Throws `FactorKeyRefused`.
 */
export async function openSecretBox(store: Store, path: string, now: Date): Promise<SecretBox> {
  const known = await readFactorKey(path);
  if (!known) await ensureNothingSealed(store, path);
  const box = secretBox(known ?? (await makeFactorKey(path)));
  await store.asOwner(async (db) => {
    await lockSealingKey(db);
    const standing = await sealingKey(db);
    if (standing?.equals(box.name)) return;
    const { own, other } = await sealedSecrets(db, box.name);
    // Releases before this one wrote no name down: of several keys in use then, whichever comes first goes on.
    const goesOn = standing ? other === 0 : other === 0 || own > 0;
    if (!goesOn) throw new FactorKeyRefused(another(path, other));
    await setSealingKey(db, box.name, now);
  });
  return box;
}

async function ensureNothingSealed(store: Store, path: string): Promise<void> {
  const { other } = await store.asOwner((db) => sealedSecrets(db, new Uint8Array()));
  if (other > 0)
    throw new FactorKeyRefused(
      `There is no key in ${path}, and ${counted(other)} kept in this database that need one. ${remedy}`,
    );
}

const counted = (many: number): string => (many === 1 ? '1 secret is' : `${many} secrets are`);

const remedy =
  'Every node of one database uses one key: copy the file of a node that runs, or name it in FACTORS_KEY_FILE. Where nobody has it any more, "throughline factors-key --accept" lets this one take its place.';

const another = (path: string, many: number): string =>
  `The key in ${path} is not the one of this database: ${counted(many)} sealed with another. ${remedy}`;

/** How the key of this node stands to the database. Names are those of keys, which tell nothing of them. */
export type SealingState = SealedSecrets & {
  readonly here: string | null;
  readonly standing: string | null;
};

/** Whether this node has the key that stands, and how many secrets it could open. */
export async function sealingState(store: Store, path: string): Promise<SealingState> {
  const key = await readFactorKey(path);
  const name = key ? secretBox(key).name : null;
  return store.asOwner(async (db) => ({
    here: name?.toString('hex') ?? null,
    standing: (await sealingKey(db))?.toString('hex') ?? null,
    ...(await sealedSecrets(db, name ?? new Uint8Array())),
  }));
}

/**
 * Puts the key of this node, made where there is none, in the place of one that is lost. What the lost one sealed is never
 * read again: authenticators are refused until their owners set them up anew, and clients' secrets are entered again.
 */
export async function acceptKey(store: Store, path: string, now: Date): Promise<SealingState> {
  const box = secretBox((await readFactorKey(path)) ?? (await makeFactorKey(path)));
  await store.asOwner(async (db) => {
    await lockSealingKey(db);
    await setSealingKey(db, box.name, now);
  });
  return sealingState(store, path);
}
