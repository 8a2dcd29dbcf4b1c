import { dayIn, lastDay } from '@throughline/domain/day.ts';
import { type GateStanding, gateStanding } from '@throughline/domain/gates/standing.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { type ExceptionRow, exceptionRows } from '../../store/gate-exceptions.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { contextOf, type LineSource } from './read-gate.ts';

type Row = ExceptionRow & {
  readonly until: string;
  readonly over: boolean;
  readonly standing: GateStanding;
};
export type Exceptions = {
  /** Fallen and overdue first, then by the day of their end. */
  readonly rows: readonly Row[];
  /** Systems, and what exceptions fell with. */
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly names: ReadonlyMap<string, string>;
};

/** As many lines are read at once as others hardly wait for. */
const readAtOnce = 5;

/**
 * Every release that runs by exception, or ran on past the end of one: with its reason, who let it through, until when, and
 * whether it stands, by the same rule as the line. Judged from everything, named as whoever asks may know it.
 */
export async function readExceptions(
  services: Services,
  source: LineSource,
  asked: Asker,
): Promise<Exceptions> {
  const { registry, store, clock } = services;
  for (const kind of ['gate', 'system']) ensureMay(asked.actor, registry.get(kind), 'read');
  const { found, today } = await store.read(asked, async (reader) => {
    const { timeZone } = await organisationSettings(reader);
    return { found: await exceptionRows(reader), today: dayIn(clock(), timeZone) };
  });
  const standings = await standingsOf(services, source, asked.organisation, found);
  const rows = found.flatMap((row): Row[] => {
    const standing = standings.get(row.id);
    // One without an end ended when it was decided.
    const until = lastDay(row.missingBy ?? row.decidedOn ?? today);
    return standing ? [{ ...row, until, over: row.missingBy === null || until < today, standing }] : [];
  });
  const open = ({ over, standing }: Row) => Number(over || !standing.stands);
  return store.read(asked, async (reader) => ({
    rows: rows.sort((a, b) => open(b) - open(a) || a.until.localeCompare(b.until)),
    refs: await refsById(reader, [
      ...new Set(rows.flatMap(({ system, standing }) => [system, ...standing.fallen])),
    ]),
    names: await memberNames(
      reader,
      rows.flatMap(({ decidedBy }) => decidedBy ?? []),
    ),
  }));
}

/** By gate; one whose system or self is gone by now stands for nothing. */
async function standingsOf(
  { store }: Services,
  source: LineSource,
  organisation: string,
  gates: readonly ExceptionRow[],
): Promise<ReadonlyMap<string, GateStanding>> {
  const standings = new Map<string, GateStanding>();
  const systems = [...new Set(gates.map(({ system }) => system))];
  for (let from = 0; from < systems.length; from += readAtOnce) {
    const some = systems.slice(from, from + readAtOnce);
    const { facts, systems: read } = await store.readWhole(organisation, (reader) => source(reader, some));
    for (const [system, inputs] of read) {
      const c = contextOf(facts, inputs);
      for (const { id } of gates.filter((gate) => gate.system === system)) {
        const gate = inputs.own.find((record) => record.id === id);
        if (gate) standings.set(id, gateStanding(c, gate));
      }
    }
  }
  return standings;
}
