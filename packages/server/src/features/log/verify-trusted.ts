import { setTimeout as pause } from 'node:timers/promises';
import type { Services } from '../../services.ts';
import { publishedCheckpoint } from '../../store/log-checkpoint.ts';
import { logKeys } from '../../store/log-keys.ts';
import { type Given, trustedFor } from './trusted.ts';
import { type LogVerdict, type Tell, verifyOrganisation } from './verify-organisation.ts';

/** A rotated key signs within a quarter of a second where a server runs and has the time. */
const [lookEveryMs, signedByThenMs] = [100, 10_000];

/**
 * Verifies the log of an organisation held against what is beside this node, given or kept. Directory and database are no
 * one thing to read at one moment: where a key was rotated meanwhile, or has signed nothing yet, and something does not
 * verify, it is looked at once more, and that counts.
 */
export async function verifyTrusted(
  services: Services,
  organisation: string,
  given: Given,
  tell?: Tell,
): Promise<LogVerdict> {
  const verify = async () =>
    verifyOrganisation(services, organisation, await trustedFor(services, organisation, given), tell);
  const before = await keysOf(services, organisation);
  const verdict = await verify();
  if (verdict.faultCount === 0) return verdict;
  const after = await keysOf(services, organisation);
  if (after.newest === before.newest && after.newest === after.signer) return verdict;
  for (let waited = 0; waited < signedByThenMs; waited += lookEveryMs) {
    const { newest, signer } = await keysOf(services, organisation);
    if (newest === signer) break;
    await pause(lookEveryMs);
  }
  return verify();
}

async function keysOf({ store }: Services, organisation: string) {
  return store.asOwner(async (db) => {
    const signer = (await publishedCheckpoint(db, organisation))?.key;
    const newest = (await logKeys(db)).at(-1)?.number;
    return { newest, signer: signer ?? newest };
  });
}
