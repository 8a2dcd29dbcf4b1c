import type { InputsNow } from '@throughline/domain/approvals.ts';
import { type Groups, groupsOf, regroup } from '@throughline/domain/soa/groups.ts';
import { deriveStatement, type Memo, statementOf } from '@throughline/domain/soa/statement.ts';
import type { SoaRecord, Statement } from '@throughline/domain/soa/types.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import type { OrganisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { linksOf } from '@throughline/domain/trace/read.ts';
import type { Reader } from '../../store/reader.ts';
import { allSoaRecords, interimRecords, soaRecords, touchedSince } from '../../store/soa.ts';
import type { Store } from '../../store/store.ts';
import { KeptFew } from './kept-few.ts';

type Records = ReadonlyMap<string, SoaRecord>;
/** Records by the end of their ids: a change copies one part of some hundreds, not a map of a hundred thousand. */
type Shards = ReadonlyMap<string, Records>;
type Interim = ReadonlyMap<string, TraceRecord>;
type Read = { readonly shards: Shards; readonly groups: Groups; readonly interim: Interim };
type Kept = Read & {
  /** The place in the log that they were read at. */
  readonly index: number;
  readonly memo: Memo;
};

export type DerivedStatement = {
  readonly statement: Statement;
  readonly groups: Groups;
  readonly interim: Interim;
};

/**
 * Records that statements are derived from, kept in the process by the place in the log that they were read at: what
 * changed since is read again by the entries behind it, and only rows whose records changed are derived again.
 */
export class SoaCache {
  static readonly #byStore = new WeakMap<Store, SoaCache>();
  readonly #kept = new KeptFew<Kept>();

  static of(store: Store): SoaCache {
    const known = SoaCache.#byStore.get(store) ?? new SoaCache();
    SoaCache.#byStore.set(store, known);
    return known;
  }

  /** The statement as the reader's transaction sees it, with what it was derived from. What one narrow reader may see is kept for nobody. */
  async derived(reader: Reader, facts: OrganisationFacts, inputs: InputsNow): Promise<DerivedStatement> {
    if (reader.narrow) {
      const { groups, interim } = await readAll(reader);
      return { statement: statementOf({ organisation: facts, groups, interim, inputs }), groups, interim };
    }
    const { organisation } = reader;
    const kept = this.#kept.get(organisation);
    const { index, records: touched } = await touchedSince(reader, kept?.index ?? -1);
    const read = kept && touched ? await refreshed(reader, kept, touched) : await readAll(reader);
    const { groups, interim } = read;
    const { statement, memo } = deriveStatement({ organisation: facts, groups, interim, inputs }, kept?.memo);
    this.#kept.keep(organisation, { ...read, index, memo });
    return { statement, groups, interim };
  }
}

const shardOf = (id: string): string => id.slice(-2);
const find = (shards: Shards, id: string): SoaRecord | undefined => shards.get(shardOf(id))?.get(id);

async function readAll(reader: Reader): Promise<Read> {
  const all = await allSoaRecords(reader);
  const byShard = Map.groupBy(all, ({ id }) => shardOf(id));
  const shards = new Map([...byShard].map(([shard, records]) => [shard, byId(records)]));
  const interim = byId(await interimRecords(reader, [...new Set(all.flatMap(interimRisks))]));
  return { shards, groups: groupsOf(all), interim };
}

async function refreshed(reader: Reader, kept: Kept, touched: readonly string[]): Promise<Read> {
  if (touched.length === 0) return kept;
  const found = byId(await soaRecords(reader, touched));
  const changes = touched
    .map((id) => ({ id, before: find(kept.shards, id), after: found.get(id) }))
    // An entry without a place yet is looked at each time: what it told before is no change.
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  if (changes.length === 0 && !touched.some((id) => kept.interim.has(id))) return kept;
  const groups = regroup(kept.groups, changes);
  const shards = new Map(kept.shards);
  for (const [shard, some] of Map.groupBy(changes, ({ id }) => shardOf(id))) {
    const records = new Map(shards.get(shard));
    for (const { id, after } of some) {
      if (after) records.set(id, after);
      else records.delete(id);
    }
    shards.set(shard, records);
  }
  const named = changes.flatMap(({ after }) => (after ? interimRisks(after) : []));
  const moved = touched.filter((id) => kept.interim.has(id));
  const asked = [...new Set([...moved, ...named.filter((id) => !kept.interim.has(id))])];
  if (asked.length === 0) return { shards, groups, interim: kept.interim };
  // What nothing names any more stays until the next whole reading: it is looked up by name alone.
  const again = byId(await interimRecords(reader, asked));
  const interim = new Map([...kept.interim, ...again]);
  for (const id of asked) if (!again.has(id)) interim.delete(id);
  return { shards, groups, interim };
}

/** Risks that an implementation names as borne until it is in place. */
const interimRisks = (record: SoaRecord): readonly string[] => linksOf(record, 'interimRisk');

const byId = <T extends { readonly id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]));
