import { lifeCycleStates } from '@throughline/domain/kinds/vocabulary.ts';
import type { Reader } from './reader.ts';

const stagesThat = (is: 'live' | 'ended' | 'neither'): string =>
  Object.entries(lifeCycleStates.states)
    .filter(([, state]) => (is === 'neither' ? !state.live && !state.ended : state[is] === true))
    .map(([name]) => `'${name}'`)
    .join(', ');

/**
 * Whether a row is a system that ran by a version of its own and was not retired since, though it stands in a stage
 * before that: it was taken back.
 * @param version the version up to which its history is read
 */
export const ranBefore = (
  row: string,
  { state = `${row}.state`, version = `${row}.version` } = {},
) => `case when ${row}.kind = 'system' and ${state} in (${stagesThat('neither')}) then exists (
    select from revision p where p.organisation = ${row}.organisation and p.record = ${row}.id and p.version <= ${version}
      and p.state in (${stagesThat('live')}) and not exists (
        select from revision e where e.organisation = p.organisation and e.record = p.record
          and e.version > p.version and e.version <= ${version} and e.state in (${stagesThat('ended')}))) else false end`;

/** The same of one record. */
export async function hasRun(reader: Reader, record: string): Promise<boolean> {
  const [row] = await reader.run<{ ran: boolean }>({
    name: 'has-run',
    text: `select ${ranBefore('r')} as ran from record r where r.organisation = $1 and r.id = $2`,
    values: [reader.organisation, record],
  });
  return row?.ran === true;
}

/** Whether a part of a system that runs was written since it came to run: never, where nothing was said anew. */
export async function saidWhileRunning(reader: Reader, record: string, part: string): Promise<boolean> {
  const [row] = await reader.run<{ said: boolean }>({
    name: 'said-while-running',
    text: `select exists (select from revision v where v.organisation = $1 and v.record = $2 and $3 = any(v.changed)
      and v.version > coalesce((select max(o.version) from revision o where o.organisation = $1 and o.record = $2
        and o.state not in (${stagesThat('live')})), 0)) as said`,
    values: [reader.organisation, record, part],
  });
  return row?.said === true;
}

/** Uses of a system that are recorded: those in use with their numbers, and whether there is any at all, archived ones among them. */
export async function usesOf(
  reader: Reader,
  system: string,
): Promise<{ readonly inUse: readonly number[]; readonly any: boolean }> {
  const rows = await reader.run<{ number: number; on: boolean }>({
    name: 'uses-of-system',
    text: `select number, state = 'in-use' and archived_at is null as "on" from record
      where organisation = $1 and system = $2 and kind = 'use-case' order by number`,
    values: [reader.organisation, system],
  });
  return { inUse: rows.filter(({ on }) => on).map(({ number }) => number), any: rows.length > 0 };
}
