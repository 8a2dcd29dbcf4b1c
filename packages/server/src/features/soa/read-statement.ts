import type { Statement } from '@throughline/domain/soa/types.ts';
import type { OrganisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { ensureMay } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import type { Reader } from '../../store/reader.ts';
import { type Asker, narrowingOf } from '../../store/reading.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import { SoaCache } from './kept-facts.ts';

/** Who makes the organisation's facts, with every registered system. */
export type FactsSource = {
  readWithSystems(reader: Reader): Promise<{ readonly facts: OrganisationFacts }>;
};

export type StatementView = {
  readonly at: Date;
  readonly statement: Statement;
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly members: ReadonlyMap<string, string>;
};

type Named = (statement: Statement) => { records: string[]; members: string[] };

/**
 * The Statement of Applicability as it follows from the records now. Whoever reads within a scope gets what the systems
 * inside it say; lines and controls are the whole organisation's.
 */
export async function readStatement(
  services: Services,
  source: FactsSource,
  asked: Asker,
  named: Named,
): Promise<StatementView> {
  ensureMay(asked.actor, services.registry.get('applicability'), 'read');
  ensureMay(asked.actor, services.registry.get('control'), 'read');
  const { store } = services;
  const cache = SoaCache.of(store);
  const at = services.clock();
  const view = async (reader: Reader, facts: OrganisationFacts): Promise<StatementView> => {
    const statement = await cache.statement(reader, facts);
    const names = named(statement);
    const [refs, members] = await Promise.all([
      refsById(reader, names.records),
      memberNames(reader, names.members),
    ]);
    return { at, statement, refs, members };
  };
  if (narrowingOf(asked.actor, services.registry) === null)
    return store.read(asked, async (reader) => view(reader, (await source.readWithSystems(reader)).facts));
  const { facts } = await store.readWhole(asked.organisation, (reader) => source.readWithSystems(reader));
  return store.read(asked, async (reader) => view(reader, await withinScope(reader, facts)));
}

/** The facts with the systems alone that the reader may see: nothing counts the others. */
async function withinScope(reader: Reader, facts: OrganisationFacts): Promise<OrganisationFacts> {
  const seen = await refsById(reader, [...facts.systems.keys()]);
  return { ...facts, systems: new Map([...facts.systems].filter(([id]) => seen.has(id))) };
}
