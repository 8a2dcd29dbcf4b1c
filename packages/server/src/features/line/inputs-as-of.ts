import type { SystemInputs } from '@throughline/domain/trace/inputs.ts';
import { type OrganisationFacts, organisationFacts } from '@throughline/domain/trace/organisation-facts.ts';
import { lawOf } from '../../records/law-in-force.ts';
import type { Services } from '../../services.ts';
import { organisationPeople } from '../../store/organisation-records.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import { recordsAsOf } from '../../store/records-as-of.ts';
import { systemInputs } from '../../store/trace.ts';
import { carriedByShared } from '../../store/trace-records.ts';

export type Then = { readonly index: number; readonly at: Date };

/**
 * The organisation's facts when the log had the index given. Records stand as they stood; people, the table of authority
 * and adopted intervals are those of today, because they are settings and have no versions.
 */
export async function factsAsOf(
  services: Services,
  reader: Reader,
  then: Then,
  systems: OrganisationFacts['inputs']['systems'] = [],
): Promise<OrganisationFacts> {
  const shared = await recordsAsOf(reader, then.index, { shared: true });
  const settings = await organisationSettings(reader);
  const euAiAct = await lawOf(services, reader, settings.classification);
  const inputs = {
    id: reader.organisation,
    ...settings,
    ...(await organisationPeople(reader)),
    records: shared.filter((record) => !record.archived),
    carried: await carriedByShared(reader, shared, then.index),
    systems,
  };
  return organisationFacts(inputs, { ...services.catalogue, euAiAct }, then.at);
}

/** What one system's line was judged from when the log had the index given. */
export async function inputsAsOf(
  services: Services,
  reader: Reader,
  system: string,
  then: Then,
): Promise<{ facts: OrganisationFacts; own: SystemInputs | undefined }> {
  const facts = await factsAsOf(services, reader, then);
  const home = await recordsAsOf(reader, then.index, { system });
  const own = home.filter((record) => !record.archived || record.id === system);
  const gone = home.filter(({ archived, kind }) => archived && kind === 'risk');
  const used = own.flatMap((record) => Object.values(record.links).flat());
  const elsewhere = (await recordsAsOf(reader, then.index, { ids: used })).filter(
    (record) => record.system !== null && record.system !== system,
  );
  const rows = {
    own: new Map([[system, own]]),
    gone: new Map([[system, gone.map(({ id, ref, updatedAt }) => ({ id, ref, archivedAt: updatedAt }))]]),
    byId: new Map([...elsewhere, ...own].map((record) => [record.id, record])),
    facts: '0',
    marks: new Map<string, string>(),
  };
  return { facts, own: systemInputs(reader, rows, facts.byId).get(system) };
}
