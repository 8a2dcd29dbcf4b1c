import type {
  LogKeyWire,
  LogProofWire,
  LogStateWire,
  VersionProofWire,
} from '@throughline/domain/wire-log.ts';
import { formatKey } from '@throughline/tlog/key.ts';
import { formatProofFile } from '@throughline/tlog/proof-file.ts';
import { verifierKeys } from '../../features/log/keys.ts';
import type { EntryProof, VersionProof } from '../../features/log/read-proof.ts';
import type { LogState } from '../../features/log/read-state.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** `GET /log/state`. */
export function logStateWire(state: LogState): LogStateWire {
  const { checkpoint, unsigned, verification } = state;
  const keys = verifierKeys(state.origin, state.keys);
  return {
    origin: state.origin ?? null,
    size: state.size,
    root: state.root ? base64(state.root) : null,
    at: state.at,
    checkpoint: checkpoint
      ? {
          size: checkpoint.size,
          root: base64(checkpoint.root),
          note: checkpoint.note,
          key: keys.find((key) => key.number === checkpoint.key)?.key.id ?? null,
          at: checkpoint.at.toISOString(),
        }
      : null,
    unsigned: unsigned && { ...unsigned, since: unsigned.since?.toISOString() ?? null },
    keys: keys.map(keyWire).reverse(),
    public: state.public,
    verification: verification ? { ...verification, at: verification.at.toISOString() } : null,
  };
}

function keyWire({ key, from, until, lost }: ReturnType<typeof verifierKeys>[number]): LogKeyWire {
  return {
    vkey: formatKey(key),
    id: key.id,
    from: from.toISOString(),
    until: until?.toISOString() ?? null,
    replacedLost: lost,
  };
}

export function logProofWire(proof: EntryProof): LogProofWire {
  return {
    origin: proof.checkpoint.origin,
    index: proof.index,
    size: proof.checkpoint.size,
    entry: proof.entry.toString('utf8'),
    leaf: base64(proof.leaf),
    proof: proof.proof.map(base64),
    checkpoint: proof.checkpoint.note,
    vkey: proof.vkey,
  };
}

export function versionProofWire(proof: VersionProof): VersionProofWire {
  const { version, digest, content } = proof.evidence;
  return {
    ...logProofWire(proof),
    record: proof.record,
    version,
    digest: digest.toString('hex'),
    content: content && { ...content, salt: content.salt.toString('hex') },
  };
}

/** The same as a file (c2sp.org/tlog-proof@v1), with the entry in it: it checks with the public key alone. */
export function proofFile(proof: EntryProof): string {
  return formatProofFile({
    extra: proof.entry,
    index: proof.index,
    proof: proof.proof,
    checkpoint: proof.checkpoint.note,
  });
}
