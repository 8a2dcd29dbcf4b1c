import { lifeCycleStates } from '@throughline/domain/kinds/vocabulary.ts';
import type { Reader } from './reader.ts';

/** When a row that is a gate was passed last, up to a version: asking again leaves what it let through as it is. */
export const passedLast = (row: string, upTo = `${row}.version`): string =>
  `case when ${row}.kind = 'gate' then (select max(p.at) from revision p where p.organisation = ${row}.organisation
      and p.record = ${row}.id and p.version <= ${upTo} and p.act = 'moved' and p.state = 'passed') end`;

const ended = Object.entries(lifeCycleStates.states).flatMap(([name, state]) => (state.ended ? [name] : []));

/** Whether a gate was passed here at some time, and its system is in the register and not retired. */
export async function letThrough(reader: Reader, gate: string): Promise<boolean> {
  const [row] = await reader.run<{ passed: boolean }>({
    name: 'gate-let-through',
    text: `select ${passedLast('g')} is not null as passed from record g
      join record s on s.organisation = $1 and s.id = g.system and s.archived_at is null and s.state <> all($3)
      where g.organisation = $1 and g.id = $2`,
    values: [reader.organisation, gate, ended],
  });
  return row?.passed === true;
}
