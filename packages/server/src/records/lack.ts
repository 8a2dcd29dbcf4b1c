import type { Catalogue } from '@throughline/catalogue/types.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { approvalLack } from '@throughline/domain/kinds/approval-lack.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import { recordsById } from '../store/records.ts';
import type { StoredRecord } from '../store/stored-record.ts';

/** Why a record is not whole enough to be approved, over what its links lead to now; nothing when it is. */
export async function lackOf(
  reader: Reader,
  catalogue: Catalogue,
  kind: Kind,
  { content, state }: Pick<StoredRecord, 'content' | 'state'>,
  now: Date,
): Promise<string | undefined> {
  const targets = kind.approvable?.lacks
    ? await recordsById(
        reader,
        Object.keys(kind.relations).flatMap((relation) => content.links[relation] ?? []),
      )
    : undefined;
  const linked = (relation: string) =>
    (content.links[relation] ?? []).flatMap((id) => {
      const target = targets?.get(id);
      return target ? [{ ...target.content, state: target.state, archived: target.archivedAt !== null }] : [];
    });
  const annexA = catalogue.iso42001.annex_a.controls.map(({ id }) => id);
  const today = dayIn(now, (await organisationSettings(reader)).timeZone);
  return approvalLack(kind, state, content, { today, annexA, linked }, now.toISOString());
}
