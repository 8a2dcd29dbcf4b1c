import { registry } from '@throughline/domain/kinds/all.ts';
import { changingKinds } from '@throughline/domain/trace/system-change.ts';
import type { Reader } from './reader.ts';

type Kind = (typeof registry.kinds)[number];

/**
 * Whether a version `e` says what a row does in some parts of its kind: the others are taken away from both, once from the
 * row, for each part that is picked would unpack a long row anew.
 */
const saysSame = (row: string, { fields, relations }: Kind, parts: readonly string[]): string => {
  const others = (of: object) => `'{${Object.keys(of).filter((name) => !parts.includes(name))}}'::text[]`;
  const same = (column: string, of: object) =>
    `e.${column} - ${others(of)} = (select ${row}.${column} - ${others(of)})`;
  return `${same('fields', fields)} and ${same('links', relations)}`;
};

const drawnKinds = registry.kinds.filter(({ drawn }) => drawn.length > 0);

/**
 * Digests of earlier versions that say the same as a version does in the parts that approvals of others draw on (`drawn` of
 * its kind), as a JSON array; null where its kind names none, and for a first version; empty where no other says the same. An approval that stood on one of
 * them still stands on what the record says. `row` names a row of `revision`, or with `id` in place of `record` one of `record`.
 */
export const alikeDigests = (row: string, record: 'record' | 'id' = 'record'): string => {
  const ofKind = drawnKinds.map(
    (
      kind,
    ) => `when ${row}.kind = '${kind.name}' then (select coalesce(json_agg(encode(e.digest, 'hex')), '[]') from revision e
      where e.organisation = ${row}.organisation and e.record = ${row}.${record} and e.version < ${row}.version and ${saysSame(row, kind, kind.drawn)})`,
  );
  return ofKind.length === 0
    ? 'null::json'
    : `case when ${row}.version = 1 then null ${ofKind.join(' ')} end`;
};

/**
 * Stretches of time, from and until, in which a record of a system that counts for its changes said before in all that is
 * material what it says now, as a JSON array; null where it never did. `row` as above.
 */
export const saidSo = (row: string, record: 'record' | 'id' = 'record'): string => {
  const ofKind = registry.kinds
    .filter(({ name }) => changingKinds.includes(name))
    .map(
      (
        kind,
      ) => `when ${row}.kind = '${kind.name}' then (select json_agg(json_build_array(s.at, s.until) order by s.at) from (
        select e.at, lead(e.at) over (order by e.version) as until, ${saysSame(row, kind, kind.material)} as so from revision e
        where e.organisation = ${row}.organisation and e.record = ${row}.${record} and e.version <= ${row}.version and e.material
      ) s where s.so and s.until is not null)`,
    );
  const changed = record === 'id' ? `${row}.material_at > ${row}.created_at` : `${row}.version > 1`;
  return `case when ${changed} then case ${ofKind.join(' ')} end end`;
};

/** Digests of versions alike (`alikeDigests`) to one that is kept. */
export async function alikeTo(
  reader: Reader,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<readonly string[] | undefined> {
  const [row] = await reader.run<{ alike: string[] | null }>({
    name: 'alike-to',
    text: `select ${alikeDigests('v')} as alike
      from revision v where v.organisation = $1 and v.record = $2 and v.version = $3`,
    values: [reader.organisation, id, version],
  });
  return row?.alike ?? undefined;
}
