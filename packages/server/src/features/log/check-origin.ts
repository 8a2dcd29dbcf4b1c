import { isObject } from '@throughline/domain/json.ts';
import type { Db } from '../../store/connection.ts';
import { publishedCheckpoint } from '../../store/log-checkpoint.ts';
import { logOrigins } from '../../store/verify/places.ts';
import { type FaultSink, oneEntry } from './fault-sink.ts';
import type { Said } from './told.ts';

type Names = {
  /** Entries that name the log anew, oldest first. */
  readonly restored: readonly Said[];
  /** What the key beside this node signed last was called. */
  readonly signedAs: string | undefined;
};

/**
 * Holds the names of the log against what was signed under them: each restore's against its entry, the first one's against
 * the checkpoint that the first restore names, the newest against the checkpoint and what was signed last.
 */
export async function checkOrigin(
  {
    db,
    organisation,
    faults,
  }: { readonly db: Db; readonly organisation: string; readonly faults: FaultSink },
  { restored, signedAs }: Names,
): Promise<void> {
  const names = await logOrigins(db, organisation);
  const published = await publishedCheckpoint(db, organisation);
  const about = { table: 'log_origin' };
  const before = names.length - restored.length;
  if (before < 0 || before > 1)
    faults.add('other-log', about, {
      expected: `${restored.length} or ${restored.length + 1} names`,
      found: `${names.length}`,
    });
  for (const [at, { index, body }] of restored.entries())
    faults.hold('other-log', { ...about, row: String(before + at + 1), entries: oneEntry(index) }, 'origin', {
      expected: body.origin,
      found: names[before + at],
    });
  const named = restored[0]?.body.checkpoint;
  if (before === 1 && isObject(named))
    faults.hold('other-log', { ...about, row: '1' }, 'origin', { expected: named.origin, found: names[0] });
  const now = names.at(-1);
  // What was signed before a restore keeps its name until something is signed under the new one.
  const newly = restored.at(-1)?.index ?? -1;
  const earlier = published && newly >= published.size && names.slice(0, -1).includes(published.origin);
  const signed = published && !earlier ? published.origin : signedAs;
  if (signed !== undefined)
    faults.hold('other-log', { ...about, row: String(names.length) }, 'origin', {
      expected: signed,
      found: now,
    });
  if (published && !earlier && signedAs !== undefined && signedAs !== signed)
    faults.hold('other-log', { table: 'log_checkpoint' }, 'origin', { expected: signedAs, found: signed });
}
