import { type VerifierKey, verifierKey } from '@throughline/tlog/key.ts';
import type { LogKey } from '../../store/log-keys.ts';
import { sha256 } from '../../store/sha256.ts';

/** A public key under the name of a log, with the span in which it signed. */
export type KnownKey = {
  readonly number: number;
  readonly key: VerifierKey;
  readonly from: Date;
  /** Nothing for the one that signs now. */
  readonly until: Date | undefined;
  readonly lost: boolean;
};

/** Every key as verifiers of this log know it, oldest first; none while the log has no name. */
export function verifierKeys(origin: string | undefined, keys: readonly LogKey[]): KnownKey[] {
  if (origin === undefined) return [];
  return keys.map((key, at) => ({
    number: key.number,
    key: verifierKey(sha256, origin, key.public),
    from: key.at,
    until: keys[at + 1]?.at,
    lost: key.lost,
  }));
}
