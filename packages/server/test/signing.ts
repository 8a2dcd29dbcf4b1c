import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpoint, type SignedCheckpoint } from '@throughline/tlog/checkpoint.ts';
import { verifierKey } from '@throughline/tlog/key.ts';
import { ensureKey, type Keyed } from '../src/log/ensure-key.ts';
import { ed25519Verify, type Signing } from '../src/log/signer.ts';
import { logOrigin, type PublishedCheckpoint, publishedCheckpoint } from '../src/store/log-checkpoint.ts';
import { logKeys } from '../src/store/log-keys.ts';
import { sha256 } from '../src/store/sha256.ts';
import type { Store } from '../src/store/store.ts';

/** A directory for keys that is there until the test file ends, and what a signer is told to tell. */
export type TestSigning = Signing & Keyed & { readonly told: string[]; close(): void };

/** A node with a directory of its own; `ensureKey` gives it the installation's key where none is registered. */
export function testSigning(store: Store, address?: string): TestSigning {
  const directory = mkdtempSync(join(tmpdir(), 'throughline-log-key-'));
  const told: string[] = [];
  return {
    store,
    directory,
    address,
    clock: () => new Date(),
    refused: (message) => told.push(message),
    told,
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export async function keyedSigning(store: Store, address?: string): Promise<TestSigning> {
  const signing = testSigning(store, address);
  await ensureKey(signing);
  return signing;
}

/** What is published for an organisation, opened with the key that is said to have signed it, as an outsider would. */
export async function openPublished(
  store: Store,
  organisation: string,
): Promise<SignedCheckpoint & { readonly published: PublishedCheckpoint }> {
  const { published, origin, keys } = await store.asOwner(async (db) => ({
    published: await publishedCheckpoint(db, organisation),
    origin: await logOrigin(db, organisation),
    keys: await logKeys(db),
  }));
  const key = keys.find(({ number }) => number === published?.key);
  if (!published || !key || origin === undefined) throw new Error('Nothing is published');
  const opened = await openCheckpoint(published.note, verifierKey(sha256, origin, key.public), ed25519Verify);
  return { ...opened, published };
}
