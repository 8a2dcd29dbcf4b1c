import { dayIn, lastDay } from '@throughline/domain/day.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { type ExceptionRow, exceptionRows } from '../../store/gate-exceptions.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';

export type Exceptions = {
  /** Overdue first, then by the day of their end. */
  readonly rows: readonly (ExceptionRow & { readonly until: string; readonly over: boolean })[];
  readonly systems: ReadonlyMap<string, RefRow>;
  readonly names: ReadonlyMap<string, string>;
};

/** Every release that runs by exception, or ran on past the end of one: with its reason, who let it through, and until when. */
export async function readExceptions(services: Services, asked: Asker): Promise<Exceptions> {
  const { registry, store, clock } = services;
  for (const kind of ['gate', 'system']) ensureMay(asked.actor, registry.get(kind), 'read');
  return store.read(asked, async (reader) => {
    const { timeZone } = await organisationSettings(reader);
    const today = dayIn(clock(), timeZone);
    const rows = (await exceptionRows(reader)).map((row) => {
      // One without an end ended when it was decided.
      const until = lastDay(row.missingBy ?? row.decidedOn ?? today);
      return { ...row, until, over: row.missingBy === null || until < today };
    });
    return {
      rows: rows.sort((a, b) => Number(b.over) - Number(a.over) || a.until.localeCompare(b.until)),
      systems: await refsById(reader, [...new Set(rows.map(({ system }) => system))]),
      names: await memberNames(
        reader,
        rows.flatMap(({ decidedBy }) => decidedBy ?? []),
      ),
    };
  });
}
