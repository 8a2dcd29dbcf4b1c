import { dayIn } from '@throughline/domain/day.ts';
import { may } from '@throughline/domain/permissions.ts';
import { holdOn, keptUntil } from '@throughline/domain/removal.ts';
import { type OwnErasing, ownErasing } from '../../records/own-erasing.ts';
import type { Services } from '../../services.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Asker } from '../../store/reading.ts';
import { findRecord, type RefRow } from '../../store/records.ts';
import { keptBefore } from '../../store/removals.ts';

export type DueRemoval = RefRow & {
  readonly version: number;
  /** Last day of the time that it was kept for, YYYY-MM-DD. */
  readonly until: string;
  /** Why it is held back; `null` where it is not. */
  readonly hold: string | null;
  /** Why whoever asks does not erase it, as they wrote it; absent where they may. */
  readonly own?: OwnErasing;
};

const atMost = 500;

/**
 * What is due for removal because the time that it is kept for is over (7.5.3), earliest first, as far as it may be read.
 * It only proposes: whoever may erase looks at each and erases it, and what is held back says why it stays.
 */
export async function readDueRemovals(
  { store, registry, clock }: Services,
  asked: Asker,
): Promise<{ readonly items: readonly DueRemoval[]; readonly more: boolean }> {
  const kinds = registry.kinds.filter(({ name, kept }) => kept && may(asked.actor, name, 'read'));
  return store.read(asked, async (reader) => {
    const { timeZone } = await organisationSettings(reader);
    const today = dayIn(clock(), timeZone);
    const rows = await keptBefore(reader, kinds, today, atMost + 1);
    const items = rows.slice(0, atMost).flatMap(({ fields, ...row }) => {
      const { kept } = registry.get(row.kind);
      const until = kept ? keptUntil(kept, { fields }) : null;
      return kept && until !== null && until < today
        ? [{ ...row, until, hold: holdOn(kept, { fields }) }]
        : [];
    });
    const erasable = items.filter(({ kind, archived }) => archived && may(asked.actor, kind, 'erase'));
    const own = new Map<string, OwnErasing>();
    for (const { id, kind } of erasable) {
      const record = await findRecord(reader, registry.get(kind), id);
      const found = record && (await ownErasing(reader, asked.actor, record, clock()));
      if (found) own.set(id, found);
    }
    const said = items.map((item): DueRemoval => {
      const found = own.get(item.id);
      return found ? { ...item, own: found } : item;
    });
    return { items: said, more: rows.length > atMost };
  });
}
