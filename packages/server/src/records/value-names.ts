import { catalogueItems } from '@throughline/catalogue/items.ts';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { peopleIn } from '@throughline/domain/kinds/people-in.ts';
import type { StoredRevision } from '../store/history.ts';
import type { Reader } from '../store/reader.ts';
import { actorNames, type RefRow, refsById } from '../store/records.ts';

/** What ids in the values of versions are called. */
export type Valued = {
  readonly people: ReadonlyMap<string, string>;
  /** Ids of the catalogue with their titles. */
  readonly catalogue: ReadonlyMap<string, string>;
  readonly refs: ReadonlyMap<string, RefRow>;
};

export async function readValueNames(
  reader: Reader,
  catalogue: Catalogue,
  kind: Kind,
  revisions: readonly StoredRevision[],
): Promise<Valued> {
  const authors = revisions.flatMap((row) => [row.actor_id, row.on_behalf_of ?? []].flat());
  const contents = revisions.flatMap((row) => (row.fields ? [row.fields] : []));
  const linked = revisions.flatMap((row) => Object.values(row.links ?? {}).flat());
  const people = contents.flatMap((fields) => peopleIn(kind, fields));
  return {
    people: await actorNames(reader, [...authors, ...people]),
    catalogue: titlesOf(catalogue, kind, contents),
    refs: await refsById(reader, [...new Set(linked)]),
  };
}

function titlesOf(
  catalogue: Catalogue,
  kind: Kind,
  contents: readonly Readonly<Record<string, Json>>[],
): Map<string, string> {
  const titles = new Map<string, string>();
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.type !== 'catalogue') continue;
    const used = new Set(contents.flatMap((fields) => fields[name] ?? []));
    for (const { id, title } of catalogueItems(catalogue, field.of)) if (used.has(id)) titles.set(id, title);
  }
  return titles;
}
