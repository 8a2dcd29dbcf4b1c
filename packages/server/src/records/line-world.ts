import { Clock } from '@throughline/domain/trace/clock.ts';
import type { Context } from '@throughline/domain/trace/context.ts';
import type { SystemInputs, TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { type OrganisationFacts, organisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { systemFacts } from '@throughline/domain/trace/system-facts.ts';
import type { Services } from '../services.ts';
import { organisationPeople, sharedRecords } from '../store/organisation-records.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import { systemInputs, traceRows } from '../store/trace.ts';
import { lawOf } from './law-in-force.ts';

/** A system as its rules are judged, in this transaction. */
export const contextIn = ({ facts, inputs }: LineWorld): Context => ({
  organisation: facts,
  system: systemFacts(inputs, facts),
  clock: new Clock(facts.today),
});

/** What judging takes beside the database. */
export type Judging = Pick<Services, 'catalogue' | 'clock'>;

export type LineWorld = { readonly facts: OrganisationFacts; readonly inputs: SystemInputs };

/**
 * What the rules of a system's line draw on, read inside a change: a decision is held against what stands in this
 * transaction, not against facts that another kept. Nothing where the system is gone.
 */
export async function lineWorld(
  services: Judging,
  reader: Reader,
  system: string,
): Promise<LineWorld | undefined> {
  const rows = await traceRows(reader, [system]);
  const facts = await factsNow(services, reader);
  const inputs = systemInputs(reader, rows, facts.byId).get(system);
  return inputs && { facts, inputs };
}

/** What speaks of a record of the organisation, which belongs to no system. */
export async function worldOfNone(
  services: Judging,
  reader: Reader,
  id: string,
): Promise<LineWorld | undefined> {
  return ofNone(await factsNow(services, reader), id);
}

/** The same by facts that are known. */
export function ofNone(facts: OrganisationFacts, id: string): LineWorld | undefined {
  const record = facts.byId.get(id);
  return record && { facts, inputs: { system: record, own: [record], shared: [], gone: [] } };
}

/** The same of the organisation alone, without its register of systems. */
export async function factsNow(services: Judging, reader: Reader): Promise<OrganisationFacts> {
  const records = await sharedRecords(reader, new Map());
  const settings = await organisationSettings(reader);
  const euAiAct = await lawOf(services, reader, settings.classification);
  return organisationFacts(
    {
      id: reader.organisation,
      ...settings,
      ...(await organisationPeople(reader)),
      records: [...records.values()].map(({ item }): TraceRecord => item),
      systems: [],
    },
    { ...services.catalogue, euAiAct },
    services.clock(),
  );
}
