import { type OrganisationFacts, organisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import type { Services } from '../../services.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Store } from '../../store/store.ts';
import { factsMarks, organisationRecords } from '../../store/trace.ts';

/** The organisation's facts with the marks that they were read at. */
export type MarkedFacts = { readonly facts: OrganisationFacts; readonly marks: string };

/**
 * Facts of organisations, kept in the process for as long as nothing of theirs changed: every trace draws on them, and
 * reading them is the dearest part of one. Judged against a day, so a new day makes them anew.
 */
export class FactsCache {
  static readonly #byStore = new WeakMap<Store, FactsCache>();
  readonly #services: Services;
  readonly #kept = new Map<string, MarkedFacts>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** The one cache of a store: pages and the worker draw on the same facts. */
  static of(services: Services): FactsCache {
    const known = FactsCache.#byStore.get(services.store) ?? new FactsCache(services);
    FactsCache.#byStore.set(services.store, known);
    return known;
  }

  /** Facts as the reader's transaction sees them. */
  async read(reader: Reader): Promise<MarkedFacts> {
    const kept = this.#kept.get(reader.organisation);
    const now = this.#services.clock();
    if (
      kept &&
      kept.marks === (await factsMarks(reader)) &&
      kept.facts.today === kept.facts.zone.dayOf(now.toISOString())
    )
      return kept;
    const { facts: marks, ...records } = await organisationRecords(reader);
    const settings = await organisationSettings(reader);
    const inputs = { id: reader.organisation, ...settings, ...records };
    const fresh = { facts: organisationFacts(inputs, this.#services.catalogue, now), marks };
    this.#kept.set(reader.organisation, fresh);
    return fresh;
  }
}
