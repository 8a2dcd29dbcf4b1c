import { unprocessable } from '@throughline/domain/errors.ts';
import { type Coded, codeTaken, sharesCode } from '@throughline/domain/soa/control-codes.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

export type CodedControl = Coded & { readonly id: string; readonly number: number };

/** Adopted controls that are not archived, with what they are cited by. */
export async function codedControls(reader: Reader): Promise<CodedControl[]> {
  return reader.run<CodedControl>({
    name: 'coded-controls',
    text: `select r.id, r.number, coalesce(r.fields->>'code', '') as code, r.fields->>'framework' as framework,
        r.fields->>'item' as item
      from record r
      where r.organisation = $1 and r.kind = 'control' and r.system is null and r.state = 'adopted' and r.archived_at is null
      order by r.number`,
    values: [reader.organisation],
  });
}

/**
 * Refuses that a change ends with one code on two adopted controls, by whatever door it came. Asked last of all, of
 * controls that the change wrote: two changes wait for each other, and what stood twice before is left to be put right.
 * @throws {DomainError} `unprocessable`
 */
export async function refuseSharedCodes(write: Write, written: ReadonlySet<string>): Promise<void> {
  await oneAtATime(write, 'adopted-controls');
  const standing = await codedControls(write);
  const before = await codesBefore(write, [...written]);
  for (const one of standing.filter(({ id }) => written.has(id))) {
    const was = before.get(one.id);
    const other = standing.find((each) => each.id !== one.id && sharesCode(one, each));
    if (!other || (was && sharesCode(was, other))) continue;
    const { prefix } = write.registry.get('control');
    throw unprocessable([{ at: 'fields.code', message: codeTaken(one.code, `${prefix}-${other.number}`) }]);
  }
}

/** What controls were cited by before this change, those that stood then. */
async function codesBefore(write: Write, ids: readonly string[]): Promise<Map<string, Coded>> {
  const rows = await write.run<Coded & { record: string; stood: boolean }>({
    name: 'codes-before',
    text: `select distinct on (v.record) v.record, coalesce(v.fields->>'code', '') as code,
        v.fields->>'framework' as framework, v.fields->>'item' as item,
        v.state = 'adopted' and v.archived_at is null as stood
      from revision v where v.organisation = $1 and v.record = any($2::uuid[]) and v.at < $3
      order by v.record, v.version desc`,
    values: [write.organisation, [...ids], write.ctx.at],
  });
  return new Map(rows.filter(({ stood }) => stood).map(({ record, ...coded }) => [record, coded]));
}
