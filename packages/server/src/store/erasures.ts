import type { ActorRef } from '@throughline/domain/actor.ts';
import type { Entry, RecordEntry } from '@throughline/domain/entry.ts';
import { type ErasureReason, erasureReason } from '@throughline/domain/erasure.ts';
import type { Reader } from './reader.ts';

export type Erasure = {
  readonly by: ActorRef;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly reason: ErasureReason | undefined;
  /** Its place in the log; `null` until it has one. */
  readonly index: number | null;
};

/** The erasure of what a record said, told by its entry alone: an erasure makes no version. */
export async function erasureOf(reader: Reader, record: string): Promise<Erasure | undefined> {
  const [row] = await reader.run<{ body: Entry & RecordEntry; index: string | null }>({
    name: 'erasure-of',
    text: `select convert_from(e.body, 'UTF8')::jsonb as body, f.index from entry e
      left join log_leaf f on f.organisation = e.organisation and f.entry = e.id
      where e.organisation = $1 and e.record = $2 and e.act = 'record.erased' order by e.id limit 1`,
    values: [reader.organisation, record],
  });
  if (!row) return undefined;
  const { actor, at, reason } = row.body;
  const index = row.index === null ? null : Number(row.index);
  return { by: actor, at, reason: erasureReason(reason), index };
}
