import { registry } from '@throughline/domain/kinds/all.ts';
import type { Reader } from './reader.ts';

const drawnKinds = registry.kinds.filter(({ drawn }) => drawn.length > 0);

/**
 * Digests of earlier versions that say the same as a version does in the parts that approvals of others draw on (`drawn` of
 * its kind), as a JSON array; null where its kind names none, and for a first version; empty where no other says the same. An approval that stood on one of
 * them still stands on what the record says. `row` names a row of `revision`, or with `id` in place of `record` one of `record`.
 */
export const alikeDigests = (row: string, record: 'record' | 'id' = 'record'): string => {
  const ofKind = drawnKinds.map(({ name, drawn, relations }) => {
    const column = (part: string) => (part in relations ? 'links' : 'fields');
    const saidIn = (one: string) =>
      `jsonb_build_array(${drawn.map((part) => `${one}.${column(part)} -> '${part}'`).join(', ')})`;
    return `when ${row}.kind = '${name}' then (select coalesce(json_agg(encode(e.digest, 'hex')), '[]') from revision e
      where e.organisation = ${row}.organisation and e.record = ${row}.${record} and e.version < ${row}.version and ${saidIn('e')} = ${saidIn(row)})`;
  });
  return ofKind.length === 0
    ? 'null::json'
    : `case when ${row}.version = 1 then null ${ofKind.join(' ')} end`;
};

/** The same of one version that is kept. */
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
