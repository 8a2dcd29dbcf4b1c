import { registry } from '@throughline/domain/kinds/all.ts';
import type { Reader } from './reader.ts';

const drawnKinds = registry.kinds.filter(({ drawn }) => drawn.length > 0);

/** A version of a record as a statement has it: its kind, organisation, id, number and fields, each as SQL. */
export type VersionSql = {
  readonly kind: string;
  readonly organisation: string;
  readonly record: string;
  readonly version: string;
  readonly fields: string;
};

/**
 * Digests of earlier versions that say the same as a version does in the parts that approvals of others draw on (`drawn` of
 * its kind), as a JSON array; null where its kind names none, and for a first version. An approval that stood on one of
 * them still stands on what the record says.
 */
export const alikeDigests = ({ kind, organisation, record, version, fields }: VersionSql): string => {
  const ofKind = drawnKinds.map(({ name, drawn }) => {
    const saidIn = (row: string) =>
      `jsonb_build_array(${drawn.map((part) => `${row} -> '${part}'`).join(', ')})`;
    return `when ${kind} = '${name}' then (select json_agg(encode(e.digest, 'hex')) from revision e
      where e.organisation = ${organisation} and e.record = ${record} and e.version < ${version} and ${saidIn('e.fields')} = ${saidIn(fields)})`;
  });
  return ofKind.length === 0 ? 'null::json' : `case when ${version} = 1 then null ${ofKind.join(' ')} end`;
};

/** The same of one version that is kept. */
export async function alikeTo(
  reader: Reader,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<readonly string[] | undefined> {
  const [row] = await reader.run<{ alike: string[] | null }>({
    name: 'alike-to',
    text: `select ${alikeDigests({ kind: 'v.kind', organisation: 'v.organisation', record: 'v.record', version: 'v.version', fields: 'v.fields' })} as alike
      from revision v where v.organisation = $1 and v.record = $2 and v.version = $3`,
    values: [reader.organisation, id, version],
  });
  return row?.alike ?? undefined;
}
