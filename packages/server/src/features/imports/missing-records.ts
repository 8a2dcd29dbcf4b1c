import type { Actor } from '@throughline/domain/actor.ts';
import type { ImportMissingWire } from '@throughline/domain/wire-import.ts';
import { archivingRefusal } from '../../records/archiving.ts';
import type { Services } from '../../services.ts';
import type { KnownRecord } from '../../store/imports.ts';
import type { Reader } from '../../store/reader.ts';
import { recordsById } from '../../store/records.ts';
import type { Write } from '../../store/write.ts';
import { lockMany } from './lock-many.ts';

/** A record that archiving leaves as it is, and why, in words. */
export type Staying = { readonly record: string; readonly why: string };
export type By = { readonly actor: Actor; readonly at: Date };

const atOnce = 1_000;

/** Which of the records that a file no longer has archiving would leave, by id, with the words that archiving one refuses in. */
export async function whyStaying(
  services: Services,
  reader: Reader,
  by: By,
  missing: readonly KnownRecord[],
): Promise<ReadonlyMap<string, string>> {
  const why = new Map<string, string>();
  for (let from = 0; from < missing.length; from += atOnce) {
    const ids = missing.slice(from, from + atOnce).map(({ id }) => id);
    for (const [id, record] of await recordsById(reader, ids)) {
      const refusal = await archivingRefusal(services, reader, by, record);
      if (refusal) why.set(id, refusal.message);
    }
  }
  return why;
}

/** Archives records that a file no longer has, but for those that archiving one refuses: answers these with why. */
export async function archiveMissing(
  services: Services,
  write: Write,
  missing: readonly KnownRecord[],
): Promise<Staying[]> {
  const stay: Staying[] = [];
  const locked = await lockMany(
    write,
    missing.map((record) => record.id),
  );
  for (const record of locked.values()) {
    if (record.archivedAt) continue;
    const refusal = await archivingRefusal(services, write, write.ctx, record);
    if (refusal) stay.push({ record: record.id, why: refusal.message });
    else write.archive(record);
  }
  return stay;
}

/** Missing records as the API shows them, those first that archiving leaves: they are what there is to look at. */
export function missingWires(
  { registry }: Pick<Reader, 'registry'>,
  missing: readonly Pick<KnownRecord, 'id' | 'kind' | 'number' | 'title' | 'state'>[],
  why: ReadonlyMap<string, string>,
  most: number,
): ImportMissingWire[] {
  const ordered = [...missing.filter(({ id }) => why.has(id)), ...missing.filter(({ id }) => !why.has(id))];
  return ordered.slice(0, most).map(({ id, kind, number, title, state }) => {
    const whyItStays = why.get(id);
    const ref = `${registry.get(kind).prefix}-${number}`;
    return { id, ref, kind, title, state, ...(whyItStays === undefined ? {} : { whyItStays }) };
  });
}
