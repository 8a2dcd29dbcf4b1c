import type { OrganisationInputs, TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { personPairs } from './identities.ts';
import { factsMarksOf } from './marks.ts';
import {
  type Packed,
  type PackedAside,
  packedAside,
  packedColumns,
  pairsStand,
  unpackRecords,
} from './packed-records.ts';
import { groupRolesOf } from './powers.ts';
import type { Reader } from './reader.ts';
import type { FieldsColumn } from './tables.ts';

/** An item that is read again only when its head (what its version and its approvals add up to) is another one. */
export type Kept<T> = ReadonlyMap<string, { readonly head: string; readonly item: T }>;

type Head = { id: string; head: string };

/**
 * Records of the whole organisation, of some kinds or of all, not archived. Those of `before` with the same head are
 * taken over, not read again.
 */
export async function sharedRecords(
  reader: Reader,
  before: Kept<TraceRecord>,
  kinds: readonly string[] | null = null,
): Promise<Kept<TraceRecord>> {
  const heads = await reader.run<Head>({
    name: 'shared-heads',
    text: `with acts as (select a.record, count(*) as n from approval a where a.organisation = $1 group by a.record)
      select r.id, concat_ws(' ', r.version, r.in_force, 'acts', a.n, case when ${pairsStand} then 'hands' end) as head
      from record r left join acts a on a.record = r.id
      where r.organisation = $1 and r.system is null and r.archived_at is null and r.kind <> all($2)
        and ($3::text[] is null or r.kind = any($3))
      order by r.id`,
    // Facts are the same for everybody, so nothing sealed is among them.
    values: [reader.organisation, reader.registry.sealed, kinds],
  });
  return refresh(heads, before, async (ids) => {
    const [row] = await reader.run<{ records: Packed[] | null } & PackedAside>({
      name: 'shared-records',
      text: `with rows as materialized (
          select ${packedColumns('r')} from record r where r.organisation = $1 and r.id = any($2::uuid[])
        ) select (select json_agg(x) from rows x) as records, ${packedAside('rows')}`,
      values: [reader.organisation, ids],
    });
    if (!row) throw new Error('A statement of aggregates always answers one row');
    return unpackRecords(reader.registry, row.records, row);
  });
}

export type RegisteredSystem = OrganisationInputs['systems'][number];

/** Every system of the register, not archived. Those of `before` in the same version are taken over, not read again. */
export async function registeredSystems(
  reader: Reader,
  before: Kept<RegisteredSystem>,
): Promise<Kept<RegisteredSystem>> {
  const { prefix } = reader.registry.get('system');
  const heads = await reader.run<Head>({
    name: 'system-heads',
    text: `select r.id, r.version::text as head from record r
      where r.organisation = $1 and r.kind = 'system' and r.archived_at is null order by r.id`,
    values: [reader.organisation],
  });
  return refresh(heads, before, async (ids) => {
    const rows = await reader.run<{
      id: string;
      number: number;
      title: string;
      state: string;
      fields: FieldsColumn;
    }>({
      name: 'registered-systems',
      text: `select r.id, r.number, r.title, r.state, r.fields from record r
        where r.organisation = $1 and r.id = any($2::uuid[])`,
      values: [reader.organisation, ids],
    });
    return rows.map(({ number, ...system }) => ({ ...system, ref: `${prefix}-${number}` }));
  });
}

/** The gaps of ten thousand systems are hundreds of thousands of rows: all at once they grew the process by 200 MB for good. */
const readAtOnce = 500;

/** Items by their heads: those of `before` whose head is the same, and the others as `read` has them. `before` itself where nothing differs. */
export async function refresh<T extends { readonly id: string }>(
  heads: readonly Head[],
  before: Kept<T>,
  read: (ids: readonly string[]) => Promise<T[]>,
): Promise<Kept<T>> {
  const fresh = heads.filter(({ id, head }) => before.get(id)?.head !== head).map(({ id }) => id);
  if (fresh.length === 0 && heads.length === before.size) return before;
  const found = new Map<string, T>();
  for (let from = 0; from < fresh.length; from += readAtOnce)
    for (const item of await read(fresh.slice(from, from + readAtOnce))) found.set(item.id, item);
  const kept = new Map<string, { head: string; item: T }>();
  for (const { id, head } of heads) {
    const item = found.get(id) ?? before.get(id)?.item;
    if (item) kept.set(id, { head, item });
  }
  return kept;
}

const settingsText = `
select (select json_agg(json_build_object('id', m.id, 'name', m.name, 'active', m.active, 'leftOn', m.left_on,
      'roles', to_jsonb(m.roles || ${groupRolesOf('m')})))
    from member m where m.organisation = $1 and m.type = 'person') as members,
  (select json_agg(json_build_object('id', a.id, 'dimension', a.dimension, 'level', a.level, 'member', a.member, 'role', a.role, 'delegate', a.delegate,
    'validFrom', a.valid_from, 'validTo', a.valid_to)) from authority a where a.organisation = $1) as authority,
  (select json_agg(j) from (select distinct on (item) item, answer, by_member as by, at, version from judgement
    where organisation = $1 order by item, at desc) j) as judgements,
  (select json_agg(json_build_object('id', w.id, 'at', to_char(w.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lastDay', w.last_day,
    'endedAt', to_char(w.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by w.at, w.id)
    from duty_waiver w where w.organisation = $1) as waivers,
  (select json_agg(json_build_array(p.member, p.other)) from (${personPairs}) p) as "samePersons"`;

export type OrganisationPeople = Pick<
  OrganisationInputs,
  'members' | 'authority' | 'judgements' | 'waivers' | 'samePersons'
>;

/** Members and who of them is one person, the authority table, waivers and the newest answers to judgements. */
export async function organisationPeople(reader: Reader): Promise<OrganisationPeople> {
  const [row] = await reader.run<{ [part in keyof OrganisationPeople]: OrganisationPeople[part] | null }>({
    name: 'organisation-people',
    text: settingsText,
    values: [reader.organisation],
  });
  return {
    members: row?.members ?? [],
    authority: row?.authority ?? [],
    judgements: row?.judgements ?? [],
    waivers: row?.waivers ?? [],
    samePersons: row?.samePersons ?? [],
  };
}

/** Marks of the organisation's facts as this transaction sees them. */
export async function factsMarks(reader: Reader): Promise<string> {
  const rows = await reader.run<{ marks: string }>({
    name: 'facts-marks',
    text: `select ${factsMarksOf('$1')}::text as marks`,
    values: [reader.organisation],
  });
  return rows[0]?.marks ?? '0';
}
