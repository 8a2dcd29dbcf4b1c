import type { PoolClient } from 'pg';
import { findKey, keysIn, makeKeyFile } from '../../log/key-files.ts';
import { announceOrigin } from '../../log/last-signed.ts';
import type { Begun } from '../../store/backup/begin-log.ts';
import { connectionOn } from '../../store/connection.ts';
import { lockLogKeys, logKeys, registerLogKey } from '../../store/log-keys.ts';

/**
 * Before a restore is kept: lets the signer know under which names the logs begin anew, and where the key that is
 * registered last is not in this directory, registers one that is, or a new one. An installation that has no key yet gets
 * its first one at its start.
 */
export async function beginSigning(
  client: PoolClient,
  logs: readonly Begun[],
  { directory, at }: { readonly directory: string; readonly at: Date },
): Promise<void> {
  for (const { organisation, origin } of logs) await announceOrigin(directory, organisation, origin);
  const { db } = connectionOn(client);
  await lockLogKeys(db);
  const known = await logKeys(db);
  const current = known.at(-1);
  if (!current || (await findKey(directory, current.public))) return;
  const left = (await keysIn(directory)).find((key) => !known.some((one) => one.public.equals(key.public)));
  const key = left ?? (await makeKeyFile(directory));
  await registerLogKey(db, key.public, at, true);
}
