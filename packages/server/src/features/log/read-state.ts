import type { UnsignedReason } from '@throughline/domain/wire-log.ts';
import { unsignedReasons } from '@throughline/domain/wire-log.ts';
import type { Services } from '../../services.ts';
import {
  lastVerification,
  logOrigin,
  type PublishedCheckpoint,
  publishedCheckpoint,
  readHead,
  signingRefusal,
  type Verification,
} from '../../store/log-checkpoint.ts';
import { logHead } from '../../store/log-entries.ts';
import { type LogKey, logKeys } from '../../store/log-keys.ts';
import { placedAt } from '../../store/log-proof.ts';
import { isLogPublic } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { faultsInWords, namesInFaults } from './known-faults.ts';

export type Unsigned = {
  readonly reason: UnsignedReason;
  readonly message: string;
  readonly since: Date | null;
};

/** How the log of an organisation stands: its head, what is signed of it, and why not more. */
export type LogState = {
  readonly origin: string | undefined;
  readonly size: number;
  readonly root: Buffer | undefined;
  readonly at: string | null;
  readonly checkpoint: PublishedCheckpoint | undefined;
  readonly unsigned: Unsigned | null;
  /** Oldest first. */
  readonly keys: readonly LogKey[];
  readonly public: boolean;
  readonly verification: Verification | undefined;
};

/** A checkpoint follows its entries within half a second; after this long somebody should look. */
const lateMs = 10_000;

export async function readLogState(services: Services, who: Asker): Promise<LogState> {
  const { organisation } = who;
  return services.store.read(who, async (reader) => {
    const { size, at } = await logHead(reader);
    const checkpoint = await publishedCheckpoint(reader.db, organisation);
    return {
      origin: await logOrigin(reader.db, organisation),
      size,
      root: (await readHead(reader.db, organisation))?.root,
      at,
      checkpoint,
      unsigned: await whyUnsigned(reader, size, checkpoint, services.clock()),
      keys: await logKeys(reader.db),
      public: await isLogPublic(reader),
      verification: await verificationWithNames(reader),
    };
  });
}

/** What was found last, with the names of today of those who made what is gone. */
async function verificationWithNames(reader: Reader): Promise<Verification | undefined> {
  const kept = await lastVerification(reader);
  if (!kept || kept.holds) return kept;
  const { faults } = kept.report;
  const worded = faultsInWords(faults, await namesInFaults(reader, faults));
  return { ...kept, report: { ...kept.report, faults: worded } };
}

async function whyUnsigned(
  reader: Reader,
  size: number,
  checkpoint: PublishedCheckpoint | undefined,
  now: Date,
): Promise<Unsigned | null> {
  const refusal = await signingRefusal(reader.db, reader.organisation);
  if (refusal) {
    const reason = unsignedReasons.find((known) => known === refusal.reason) ?? 'broken';
    return { reason, message: refusal.message, since: refusal.at };
  }
  const signed = checkpoint?.size ?? 0;
  if (signed >= size) return null;
  const since = await placedAt(reader, signed);
  const entries = size - signed === 1 ? '1 entry waits' : `${size - signed} entries wait`;
  const waiting = { since, message: `${entries} for a signature.` };
  if (since === null || now.getTime() - since.getTime() < lateMs) return { reason: 'pending', ...waiting };
  return {
    reason: 'no-key',
    since,
    message: `${waiting.message} No running node has the log's private key.`,
  };
}
