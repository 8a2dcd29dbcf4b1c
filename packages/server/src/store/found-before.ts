import { registry } from '@throughline/domain/kinds/all.ts';
import type { FoundVersion } from '@throughline/domain/kinds/found.ts';
import type { Reader } from './reader.ts';

const kindsThatFind = registry.kinds.flatMap(({ name, found }) => (found ? [{ name, at: found.in }] : []));

/**
 * The version in which a row was found last, as JSON, where it stands in another state by now; null for all others, which
 * are not looked up.
 * @param version the version up to which its history is read
 */
export const foundBefore = (row: string, { state = `${row}.state`, version = `${row}.version` } = {}) =>
  `case ${kindsThatFind
    .map(
      ({ name, at }) =>
        `when ${row}.kind = '${name}' and ${state} <> '${at}' then (${newestIn(row, at, version)})`,
    )
    .join(' ')} end`;

const newestIn = (
  row: string,
  at: string,
  version: string,
) => `select jsonb_build_object('version', w.version,
      'digest', encode(w.digest, 'hex'), 'fields', w.fields, 'links', w.links,
      'material', (select m.at from revision m where m.organisation = w.organisation and m.record = w.record
        and m.version <= w.version and (m.material or m.act = 'created') order by m.version desc limit 1),
      'until', (select u.at from revision u where u.organisation = w.organisation and u.record = w.record
        and u.version = w.version + 1))
    from revision w where w.organisation = ${row}.organisation and w.record = ${row}.id and w.version <= ${version}
      and w.state = '${at}' and w.fields is not null order by w.version desc limit 1`;

/** The same of one record; nothing where it stands as it was found, or was never found. */
export async function foundBeforeOf(reader: Reader, record: string): Promise<FoundVersion | null> {
  const [row] = await reader.run<{ found: FoundVersion | null }>({
    name: 'found-before',
    text: `select ${foundBefore('r')} as found from record r where r.organisation = $1 and r.id = $2`,
    values: [reader.organisation, record],
  });
  return row?.found ?? null;
}
