import type { SoaRecord } from '@throughline/domain/soa/types.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { linksOf } from '@throughline/domain/trace/read.ts';
import type { Reader } from '../../store/reader.ts';
import { soaIds, soaRecords, soaRisks, touchedSince } from '../../store/soa.ts';
import type { Store } from '../../store/store.ts';

/** What a statement is derived from, beside the organisation's facts. */
export type KeptFacts = {
  readonly records: ReadonlyMap<string, SoaRecord>;
  readonly risks: ReadonlyMap<string, TraceRecord>;
};
type Kept = KeptFacts & {
  /** The place in the log that they were read at. */
  readonly index: number;
};

/** Organisations whose records are kept at once: those of ten thousand systems are some fifty megabytes. */
const keptAtMost = 4;

/**
 * Records that statements are derived from, kept in the process by the place in the log that they were read at: what
 * changed since is read again by the entries behind it, so one change costs one record and not a hundred thousand.
 */
export class SoaCache {
  static readonly #byStore = new WeakMap<Store, SoaCache>();
  readonly #kept = new Map<string, Kept>();

  static of(store: Store): SoaCache {
    const known = SoaCache.#byStore.get(store) ?? new SoaCache();
    SoaCache.#byStore.set(store, known);
    return known;
  }

  /** Records as the reader's transaction sees them. What one narrow reader may see is kept for nobody. */
  async read(reader: Reader): Promise<KeptFacts> {
    if (reader.narrow) return readAll(reader);
    const { organisation } = reader;
    const kept = this.#kept.get(organisation);
    const { index, records: touched } = await touchedSince(reader, kept?.index ?? -1);
    const fresh =
      kept && touched
        ? { ...(touched.length === 0 ? kept : await refreshed(reader, kept, touched)), index }
        : { ...(await readAll(reader)), index };
    // An older snapshot that took longer must not take the place of a newer one.
    const now = this.#kept.get(organisation);
    if (!now || now.index <= index) this.#keep(organisation, fresh);
    return fresh;
  }

  #keep(organisation: string, fresh: Kept): void {
    this.#kept.delete(organisation);
    this.#kept.set(organisation, fresh);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= keptAtMost) return;
      this.#kept.delete(oldest);
    }
  }
}

async function readAll(reader: Reader): Promise<KeptFacts> {
  const all = await soaRecords(reader, await soaIds(reader));
  const records = new Map(all.map((record) => [record.id, record]));
  return { records, risks: byId(await soaRisks(reader, [...interim(records)])) };
}

async function refreshed(reader: Reader, kept: Kept, touched: readonly string[]): Promise<KeptFacts> {
  const found = byId(await soaRecords(reader, touched));
  const gone = touched.filter((id) => kept.records.has(id) && !found.has(id));
  const same = found.size === 0 && gone.length === 0;
  const records = same ? kept.records : new Map([...kept.records, ...found]);
  if (records instanceof Map && !same) for (const id of gone) records.delete(id);
  const named = same && !touched.some((id) => kept.risks.has(id)) ? null : interim(records);
  if (named === null) return { records, risks: kept.risks };
  const moved = new Set(touched);
  const asked = [...named].filter((id) => moved.has(id) || !kept.risks.has(id));
  const again = byId(await soaRisks(reader, asked));
  const still = [...kept.risks].filter(([id]) => named.has(id) && !moved.has(id));
  return { records, risks: new Map([...still, ...again]) };
}

/** Risks that implementations name as borne until they are in place. */
function interim(records: ReadonlyMap<string, SoaRecord>): Set<string> {
  const named = new Set<string>();
  for (const record of records.values()) for (const id of linksOf(record, 'interimRisk')) named.add(id);
  return named;
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]));
