import { DomainError } from '@throughline/domain/errors.ts';
import { toHex } from '@throughline/tlog/bytes.ts';
import { type Checkpoint, openCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { TlogError } from '@throughline/tlog/errors.ts';
import { type VerifierKey, verifierKey } from '@throughline/tlog/key.ts';
import { keysIn } from '../../log/key-files.ts';
import { announcedOrigins, lastSigned } from '../../log/last-signed.ts';
import { SigningRefused } from '../../log/refused.ts';
import { ed25519Verify } from '../../log/signer.ts';
import type { Services } from '../../services.ts';
import { logKeys } from '../../store/log-keys.ts';
import { sha256 } from '../../store/sha256.ts';
import { logOrigins } from '../../store/verify/places.ts';
import type { Trusted } from './verify-organisation.ts';

export type Given = {
  /** Holds the private key and what was signed last; another database knows nothing of it. */
  readonly directory: string;
  readonly key: VerifierKey | undefined;
  /** Files with checkpoints that somebody kept, by their names. */
  readonly checkpoints: readonly { readonly name: string; readonly text: string }[];
  readonly note: (line: string) => void;
};

/**
 * What a verification holds the log against: the key that was handed over, or else the one beside this node, which no
 * database administrator can put another in the place of; what that key signed last; and checkpoints that were kept.
 * Throws `DomainError` `conflict` for a checkpoint that no key of this log has signed.
 */
export async function trustedFor(services: Services, organisation: string, given: Given): Promise<Trusted> {
  const { keys, origins } = await services.store.asOwner(async (db) => ({
    keys: await logKeys(db),
    origins: await logOrigins(db, organisation),
  }));
  const beside = await besideNode(organisation, given);
  // For a moment of a rotation there are two: the newer one signs.
  const registered = keys.toReversed().find((known) => beside.keys.some((key) => known.public.equals(key)));
  const own = registered?.public ?? beside.keys.at(0);
  const ours = own && (beside.signed !== undefined || keys.some((known) => known.public.equals(own)));
  const publics = [...keys.map((known) => known.public), ...(ours && own ? [own] : [])];
  // A log that a restore named anew is not held against what was signed before; see `setAsideLastSigned`.
  const newest = origins.at(-1);
  const ended = newest !== undefined && beside.announced.includes(newest);
  const last = beside.signed && ended && beside.signed.origin !== newest ? undefined : beside.signed;
  const signedAs = last?.origin;
  if (ours && !beside.signed && origins.length > 0 && !ended)
    given.note(
      `What was signed last is not in ${given.directory}: whether the log was set back since is not known from there.`,
    );
  const awaited = ended && !last ? newest : undefined;
  const held: Checkpoint[] = last ? [last] : [];
  for (const { name, text } of given.checkpoints)
    held.push(await opened(name, text, { origins, publics, key: given.key }));
  const each = { held: withoutRepeats(held), signedAs, awaited };
  if (given.key) return { key: { trust: 'given', key: given.key }, ...each };
  return { key: ours && own ? { trust: 'key-directory', key: own } : undefined, ...each };
}

/** One tree that two hands kept is held once: what is wrong with it is then said once. */
function withoutRepeats(held: readonly Checkpoint[]): Checkpoint[] {
  return [...new Map(held.map((one) => [`${one.size} ${toHex(one.root)}`, one])).values()];
}

type Beside = {
  readonly keys: readonly Buffer[];
  readonly signed: Checkpoint | undefined;
  /** The names that restores announced. */
  readonly announced: readonly string[];
};

async function besideNode(organisation: string, { directory, note }: Given): Promise<Beside> {
  try {
    const keys = await keysIn(directory);
    return {
      keys: keys.map((key) => key.public),
      signed: await lastSigned(directory, organisation),
      announced: await announcedOrigins(directory, organisation),
    };
  } catch (error) {
    if (!(error instanceof SigningRefused)) throw error;
    note(error.message);
    return { keys: [], signed: undefined, announced: [] };
  }
}

type Signers = {
  readonly origins: readonly string[];
  readonly publics: readonly Buffer[];
  readonly key: VerifierKey | undefined;
};

/** A checkpoint binds whoever signed it, so only one that a key of this log has signed says anything. */
async function opened(name: string, text: string, { origins, publics, key }: Signers): Promise<Checkpoint> {
  const named = origins.flatMap((origin) => publics.map((one) => verifierKey(sha256, origin, one)));
  for (const one of [...(key ? [key] : []), ...named]) {
    try {
      return await openCheckpoint(text, one, ed25519Verify);
    } catch (error) {
      // Another key may have signed it: each is tried.
      if (!(error instanceof TlogError)) throw error;
    }
  }
  throw new DomainError('conflict', `${name} is no checkpoint that a key of this log has signed.`);
}
