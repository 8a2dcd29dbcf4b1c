import type { SystemInputs, TraceRecord } from '@throughline/domain/trace/inputs.ts';
import type { SystemsSummary } from '@throughline/domain/trace/organisation/context.ts';
import { type OrganisationFacts, organisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { lawOf } from '../../records/law-in-force.ts';
import type { Services } from '../../services.ts';
import { keptGaps, type SystemGaps } from '../../store/kept-gaps.ts';
import {
  factsMarks,
  type Kept,
  organisationPeople,
  type RegisteredSystem,
  registeredSystems,
  sharedRecords,
} from '../../store/organisation-records.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import { recordsAsOf } from '../../store/records-as-of.ts';
import type { Store } from '../../store/store.ts';
import { recordsOfSystems, summarise } from '../../store/systems-summary.ts';
import { systemInputs, traceRows } from '../../store/trace.ts';
import { carriedByShared } from '../../store/trace-records.ts';
import { factsAsOf, type Then } from './inputs-as-of.ts';

/** The organisation's facts with the marks that they were read at. */
export type MarkedFacts = { readonly facts: OrganisationFacts; readonly marks: string };

type KeptFacts = MarkedFacts & { readonly records: Kept<TraceRecord> };

type Sum = {
  readonly systems: Kept<RegisteredSystem>;
  readonly gaps: Kept<SystemGaps>;
  readonly sum: ReturnType<typeof summarise>;
};

type Register = {
  readonly list: readonly RegisteredSystem[];
  readonly byId: ReadonlyMap<string, RegisteredSystem>;
};

/**
 * Facts of organisations, kept in the process for as long as nothing of theirs changed: every trace draws on them. A
 * change reads again only what changed. Judged against a day, so a new day makes them anew.
 */
export class FactsCache {
  static readonly #byStore = new WeakMap<Store, FactsCache>();
  readonly #services: Services;
  readonly #kept = new Map<string, KeptFacts>();
  readonly #systems = new Map<string, Kept<RegisteredSystem>>();
  readonly #registers = new WeakMap<Kept<RegisteredSystem>, Register>();
  readonly #gaps = new Map<string, Kept<SystemGaps>>();
  /** What was added up last, and what from. */
  readonly #sums = new Map<string, Sum>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** The one cache of a store: pages and the worker draw on the same facts. */
  static of(services: Services): FactsCache {
    const known = FactsCache.#byStore.get(services.store) ?? new FactsCache(services);
    FactsCache.#byStore.set(services.store, known);
    return known;
  }

  /**
   * Facts as the reader's transaction sees them, for the rules of systems: the register of systems is left empty.
   * `marks` are those of the facts where the transaction has read them already.
   */
  async read(reader: Reader, marks?: string): Promise<MarkedFacts> {
    // Facts are kept for everybody: made from what one may read, they would be wrong for all others.
    if (reader.narrow) throw new Error('Facts are made by a reader of everything');
    const kept = this.#kept.get(reader.organisation);
    const current = marks ?? (await factsMarks(reader));
    const now = this.#services.clock();
    if (kept?.marks === current && kept.facts.today === kept.facts.zone.dayOf(now.toISOString())) return kept;
    const records = await sharedRecords(reader, kept?.records ?? new Map());
    const settings = await organisationSettings(reader);
    const euAiAct = await lawOf(this.#services, reader, settings.classification);
    const shared = [...records.values()].map(({ item }) => item);
    const inputs = {
      id: reader.organisation,
      ...settings,
      ...(await organisationPeople(reader)),
      records: shared,
      carried: await carriedByShared(reader, shared),
      systems: [],
    };
    const fresh = {
      facts: organisationFacts(inputs, { ...this.#services.catalogue, euAiAct }, now),
      marks: current,
      records,
    };
    // An older snapshot that took longer must not take the place of a newer one.
    if (!kept || BigInt(kept.marks) <= BigInt(current)) this.#kept.set(reader.organisation, fresh);
    return fresh;
  }

  /** Facts with every registered system, for the organisation's own line. A system's change raises no marks, so the register is looked at each time. */
  async readWithSystems(reader: Reader): Promise<MarkedFacts> {
    return (await this.#readWithSystems(reader)).read;
  }

  /** The same when the log had the index given; kept for nobody. */
  async readWithSystemsAsOf(reader: Reader, then: Then): Promise<OrganisationFacts> {
    const systems = await recordsAsOf(reader, then.index, { kind: 'system' });
    const registered = systems.filter(({ archived }) => !archived);
    return factsAsOf(this.#services, reader, then, registered);
  }

  async #readWithSystems(reader: Reader): Promise<{ read: MarkedFacts; systems: Kept<RegisteredSystem> }> {
    const { facts, marks } = await this.read(reader);
    const kept = await registeredSystems(reader, this.#systems.get(reader.organisation) ?? new Map());
    this.#systems.set(reader.organisation, kept);
    const { list, byId } = this.#registerOf(kept);
    const whole = { ...facts, inputs: { ...facts.inputs, systems: list }, systems: byId };
    return { read: { facts: whole, marks }, systems: kept };
  }

  /** The register by id: the same object until a system changes, so that others may keep what they derive from it. */
  #registerOf(kept: Kept<RegisteredSystem>): Register {
    const known = this.#registers.get(kept);
    if (known) return known;
    const list = [...kept.values()].map(({ item }) => item);
    const register = { list, byId: new Map(list.map((system) => [system.id, system])) };
    this.#registers.set(kept, register);
    return register;
  }

  /**
   * The same with what the kept lines add up to. Gaps are read again only of systems whose line came out otherwise, and
   * added up again only where one did, or where a system changed: counting all of them took half a second over 10,000.
   */
  async readWithSummary(reader: Reader): Promise<MarkedFacts & { readonly summary: SystemsSummary }> {
    const { organisation, registry } = reader;
    const { read, systems } = await this.#readWithSystems(reader);
    const gaps = await keptGaps(reader, this.#gaps.get(organisation) ?? new Map());
    this.#gaps.set(organisation, gaps);
    const last = this.#sums.get(organisation);
    const same = last?.systems === systems && last.gaps === gaps;
    const sum = same ? last.sum : summarise(registry.get('system'), systems, gaps);
    if (!same) this.#sums.set(organisation, { systems, gaps, sum });
    return { ...read, summary: { ...sum, records: await recordsOfSystems(reader) } };
  }
}

/** What the lines of some systems are judged from, read in one statement beside the kept facts. */
export async function readInputs(
  reader: Reader,
  cache: FactsCache,
  systems: readonly string[],
): Promise<{
  organisation: MarkedFacts;
  systems: ReadonlyMap<string, SystemInputs>;
  marks: ReadonlyMap<string, string>;
}> {
  const rows = await traceRows(reader, systems);
  const organisation = await cache.read(reader, rows.facts);
  return {
    organisation,
    systems: systemInputs(reader, rows, organisation.facts.byId),
    marks: rows.marks,
  };
}
