import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { knownWords } from '@throughline/domain/log-known.ts';
import { parseKey, type VerifierKey } from '@throughline/tlog/key.ts';
import type { ProofFile } from '@throughline/tlog/proof-file.ts';
import { type ProvenEntry, verifyProofFile } from '@throughline/tlog/verify-proof.ts';
import { ed25519Verify } from '../../log/signer.ts';
import type { Services } from '../../services.ts';
import { digestOf } from '../../store/digest.ts';
import { actorNames, findAnyRecord } from '../../store/records.ts';
import { sha256 } from '../../store/sha256.ts';
import { placesOfRecord } from '../../store/verify/places.ts';
import { goneRecord, toldOf } from './gone-record.ts';
import { proveVersion, type VersionProof } from './read-proof.ts';

/** The proof of a version by the record's ref; of the newest where none is named. Throws `not-found`, `conflict`. */
export async function proveRef(
  services: Services,
  asked: {
    readonly organisation: string;
    readonly actor: Actor;
    readonly ref: string;
    readonly version?: number | undefined;
  },
): Promise<VersionProof> {
  const { organisation, actor, ref } = asked;
  const kind = services.registry.readRef(ref)?.kind;
  const record = await services.store.read(asked, (reader) => findAnyRecord(reader, ref));
  if (!kind) throw notFound();
  if (!record) throw await whyAbsent(services, { ...asked, kind });
  const version = asked.version ?? record.version;
  return proveVersion(services, { organisation, actor, kind, ref, version });
}

/** Nothing is there to prove; whoever may know it is told that there was. */
async function whyAbsent(
  services: Services,
  asked: { readonly organisation: string; readonly actor: Actor; readonly kind: Kind; readonly ref: string },
): Promise<DomainError> {
  return services.store.readWhole(asked.organisation, async (reader) => {
    const id = await goneRecord(reader, asked);
    if (id === undefined) return notFound();
    const [newest] = toldOf(await placesOfRecord(reader.db, asked.organisation, id), asked.kind);
    const names = await actorNames(reader, newest ? [newest.by.id] : []);
    const known = newest && knownWords({ ...newest, byName: names.get(newest.by.id) ?? null });
    return new DomainError(
      'not-found',
      `The row of ${asked.ref} is not there${known ? `, and the log knows it: ${known}` : ''}. It was removed past Throughline: run "throughline log verify".`,
    );
  });
}

/** Reads a public key as it is published. @throws TlogError */
export const readVerifierKey = (text: string): VerifierKey => parseKey(sha256, text);

/** Checks a proof with the public key alone. @throws TlogError */
export const checkProof = (file: ProofFile, entry: Uint8Array, key: VerifierKey): Promise<ProvenEntry> =>
  verifyProofFile(file, entry, { sha256, verify: ed25519Verify, key });

/** The digest that an entry names for this content, in hexadecimal: over its canonical JSON (RFC 8785). */
export const contentDigest = (content: unknown): string => digestOf(content).toString('hex');
