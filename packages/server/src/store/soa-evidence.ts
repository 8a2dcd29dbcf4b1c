import type { SoaRecord } from '@throughline/domain/soa/types.ts';
import type { Reader } from './reader.ts';
import { soaRecords, textPool } from './soa.ts';
import { kindsAsOf, soaRecordOf } from './soa-as-of.ts';

/** Reading goes on for some fifty milliseconds at a time; requests of the same process come in between. */
const readAtOnce = 5_000;

type Columns = {
  ids: string[] | null;
  numbers: number[];
  states: string[];
  systems: (string | null)[];
  owners: (string | null)[];
  types: (string | null)[];
  integrities: (string | null)[];
  froms: (string | null)[];
  tos: (string | null)[];
  controls: (string[] | null)[];
  implementations: (string[] | null)[];
};

/**
 * Evidence that names a control or an implementation, some at a time: nobody keeps a hundred thousand pieces in the
 * process. By columns: making a JSON object of each row took the database more than twice as long.
 */
export async function* evidenceNow(reader: Reader): AsyncGenerator<SoaRecord[]> {
  const last = await lastNumber(reader);
  const same = textPool();
  const ask = (after: number): Promise<Columns[]> =>
    after >= last
      ? Promise.resolve([])
      : reader.run<Columns>({
          name: 'soa-evidence-now',
          text: `select json_agg(r.id) as ids, json_agg(r.number) as numbers, json_agg(r.state) as states,
              json_agg(r.system) as systems, json_agg(r.owner) as owners,
              json_agg(r.fields->>'type') as types, json_agg(r.fields->>'integrity') as integrities,
              json_agg(r.fields->>'periodFrom') as froms, json_agg(r.fields->>'periodTo') as tos,
              json_agg(r.links->'controls') as controls, json_agg(r.links->'implementation') as implementations
            from record r where r.organisation = $1 and r.kind = 'evidence' and r.number > $2 and r.number <= $3
              and r.archived_at is null and r.links ?| array['controls', 'implementation']`,
          values: [reader.organisation, after, after + readAtOnce],
        });
  // The database reads the next rows while those before are taken in here.
  let next = ask(0);
  for (let after = 0; after < last; after += readAtOnce) {
    const [columns] = await next;
    next = ask(after + readAtOnce);
    yield columns ? pieces(reader, columns, same) : [];
  }
}

async function lastNumber(reader: Reader): Promise<number> {
  const [last] = await reader.run<{ number: number }>({
    name: 'soa-evidence-last',
    text: `select r.number from record r where r.organisation = $1 and r.kind = 'evidence' order by r.number desc limit 1`,
    values: [reader.organisation],
  });
  return last?.number ?? 0;
}

function pieces({ registry }: Reader, columns: Columns, same: (text: string) => string): SoaRecord[] {
  const { prefix } = registry.get('evidence');
  return (columns.ids ?? []).map((id, at) => ({
    id,
    ref: `${prefix}-${columns.numbers[at]}`,
    kind: 'evidence',
    state: columns.states[at] ?? '',
    system: columns.systems[at] ?? null,
    owner: columns.owners[at] ?? null,
    approved: false,
    fields: {
      type: columns.types[at] ?? null,
      integrity: columns.integrities[at] ?? null,
      periodFrom: columns.froms[at] ?? null,
      periodTo: columns.tos[at] ?? null,
    },
    links: {
      controls: (columns.controls[at] ?? []).map(same),
      implementation: (columns.implementations[at] ?? []).map(same),
    },
  }));
}

/** Whether one of the records is evidence, or was before it was archived. */
export async function anyEvidence(reader: Reader, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false;
  const rows = await reader.run<{ id: string }>({
    name: 'soa-any-evidence',
    text: `select r.id from record r where r.organisation = $1 and r.id = any($2::uuid[]) and r.kind = 'evidence' limit 1`,
    values: [reader.organisation, ids],
  });
  return rows.length > 0;
}

/** Evidence that named one when the log had the index given, some at a time. */
export async function* evidenceAsOf(reader: Reader, index: number): AsyncGenerator<SoaRecord[]> {
  for await (const records of kindsAsOf(reader, ['evidence'], index)) yield records.map(soaRecordOf);
}

/** Evidence of one system, and of the organisation as a whole where it names one of the records given. */
export async function evidenceOn(
  reader: Reader,
  system: string,
  named: readonly string[],
): Promise<SoaRecord[]> {
  const rows = await reader.run<{ id: string }>({
    name: 'soa-evidence-on',
    text: `select r.id from record r
      where r.organisation = $1 and r.kind = 'evidence' and r.archived_at is null and r.system = $2::uuid
      union select r.id from link l join record r on r.organisation = $1 and r.id = l.from_record
      where l.organisation = $1 and l.to_record = any($3::uuid[]) and r.kind = 'evidence' and r.system is null
        and r.archived_at is null`,
    values: [reader.organisation, system, named],
  });
  return soaRecords(
    reader,
    rows.map(({ id }) => id),
    ['evidence'],
  );
}
