import { setImmediate as others } from 'node:timers/promises';
import type { Catalogue } from '@throughline/catalogue/types.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { combine } from '@throughline/domain/trace/combine.ts';
import type { SystemInputs, TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { organisationLine } from '@throughline/domain/trace/organisation/line.ts';
import { type OrganisationFacts, organisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { systemFacts } from '@throughline/domain/trace/system-facts.ts';
import type { QuestionResult, StationResult } from '@throughline/domain/trace/types.ts';
import { asIfWithdrawn, type Fall, fallsBetween } from '@throughline/domain/trace/withdrawal.ts';
import { lawOf } from '../../records/law-in-force.ts';
import { ensureMay, loadReadable } from '../../records/load.ts';
import type { Services } from '../../services.ts';
import { organisationSettings } from '../../store/organisations.ts';
import { systemsReached } from '../../store/reached.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { memberNames, type RefRow, refsById } from '../../store/records.ts';
import type { StoredRecord } from '../../store/stored-record.ts';
import { type FactsCache, readInputs } from './facts.ts';

/** Lines that are worked out twice while somebody waits: half a second of it. */
const mostLooked = 60;
/** As many at once as a line is read in the background. */
const readAtOnce = 5;

export type SystemFalls = { readonly system: string; readonly falls: readonly Fall<StationResult>[] };
type Judged = {
  readonly systems: readonly SystemFalls[];
  readonly looked: number;
  readonly of: number;
  readonly organisation: readonly Fall<QuestionResult>[];
};
export type Withdrawal = Judged & {
  readonly version: number;
  readonly refs: ReadonlyMap<string, RefRow>;
  readonly members: ReadonlyMap<string, string>;
};
type Named = (results: readonly (StationResult | QuestionResult)[]) => {
  readonly records: readonly string[];
  readonly members: readonly string[];
};

/**
 * What falls when the approval in force of a record is withdrawn: each line that the record reaches, judged with the
 * approval and without it by the rules that judge lines. Nothing is written. Judged from everything, named as whoever
 * asks may know it. Throws `conflict` where nothing is in force.
 */
export async function previewWithdrawal(
  services: Services,
  cache: FactsCache,
  asked: Asker & { readonly kind: Kind; readonly ref: string },
  named: Named,
): Promise<Withdrawal> {
  ensureMay(asked.actor, asked.kind, 'read');
  const { store } = services;
  const record = await store.read(asked, (reader) =>
    loadReadable(reader, asked.actor, asked.kind, asked.ref),
  );
  const version = record.inForce;
  if (version === null || record.archivedAt)
    throw new DomainError('conflict', 'There is no approval to withdraw.');
  const by = asked.actor.type === 'person' ? asked.actor.member : '';
  const judged = await store.readWhole(asked.organisation, (reader) =>
    judge(services, cache, reader, record, by),
  );
  const turned = [...judged.systems.flatMap(({ falls }) => falls), ...judged.organisation];
  const names = named(turned.map(({ after, gaps }) => ({ ...after, gaps })));
  return store.read(asked, async (reader) => ({
    ...judged,
    version,
    refs: await refsById(reader, [...judged.systems.map(({ system }) => system), ...names.records]),
    members: await memberNames(reader, names.members),
  }));
}

async function judge(
  services: Services,
  cache: FactsCache,
  reader: Reader,
  record: StoredRecord,
  by: string,
): Promise<Judged> {
  const now = services.clock();
  const without = (one: TraceRecord): TraceRecord =>
    one.id === record.id ? asIfWithdrawn(one, by, now) : one;
  const { classification } = await organisationSettings(reader);
  const catalogue = {
    ...services.catalogue,
    euAiAct: await lawOf(services, reader, classification),
  };
  const { systems, of } = await systemsReached(reader, record, mostLooked);
  const found: SystemFalls[] = [];
  // Facts are the same for every system: made once more without the approval, where it is among them.
  let otherwise: OrganisationFacts | undefined;
  for (let from = 0; from < systems.length; from += readAtOnce) {
    const read = await readInputs(reader, cache, systems.slice(from, from + readAtOnce));
    const { facts } = read.organisation;
    otherwise ??= record.system === null ? factsWithout(facts, without, catalogue, now) : facts;
    for (const [system, inputs] of read.systems) {
      const falls = fallsBetween(
        stationsOf(services, facts, inputs, now),
        stationsOf(services, otherwise, inputsWithout(inputs, without), now),
      );
      if (falls.length > 0) found.push({ system, falls });
    }
    await others();
  }
  return {
    systems: found,
    looked: systems.length,
    of,
    organisation: record.system === null ? await ownFalls(services, cache, reader, without, catalogue) : [],
  };
}

const stationsOf = (
  { catalogue }: Services,
  facts: OrganisationFacts,
  inputs: SystemInputs,
  now: Date,
): readonly StationResult[] => combine(facts, systemFacts(inputs, facts), catalogue, now).stations;

const inputsWithout = (inputs: SystemInputs, without: (one: TraceRecord) => TraceRecord): SystemInputs => ({
  ...inputs,
  system: without(inputs.system),
  own: inputs.own.map(without),
  shared: inputs.shared.map(without),
});

const factsWithout = (
  { inputs }: OrganisationFacts,
  without: (one: TraceRecord) => TraceRecord,
  catalogue: Catalogue,
  now: Date,
): OrganisationFacts =>
  organisationFacts({ ...inputs, records: inputs.records.map(without) }, catalogue, now);

/** The organisation's own line: what the lines of systems add up to is left as it is. */
async function ownFalls(
  services: Services,
  cache: FactsCache,
  reader: Reader,
  without: (one: TraceRecord) => TraceRecord,
  catalogue: Catalogue,
): Promise<Fall<QuestionResult>[]> {
  const now = services.clock();
  const { facts, summary } = await cache.readWithSummary(reader);
  const lineOf = (of: OrganisationFacts) => organisationLine(of, services.catalogue, now, summary).questions;
  return fallsBetween(lineOf(facts), lineOf(factsWithout(facts, without, catalogue, now)));
}
