/** A world as rules see it: the organisation, one system and today. */
import { Clock } from '../../src/trace/clock.ts';
import type { Context } from '../../src/trace/context.ts';
import type { TraceRecord } from '../../src/trace/inputs.ts';
import type { OrganisationContext, SystemsSummary } from '../../src/trace/organisation/context.ts';
import { organisationFacts } from '../../src/trace/organisation-facts.ts';
import { systemFacts } from '../../src/trace/system-facts.ts';
import { catalogue, now, organisationInputs, systemInputs, type World } from './kit.ts';

export function contextOf(world: World): Context {
  const organisation = organisationFacts(organisationInputs(world), catalogue, world.now ?? now);
  return {
    organisation,
    system: systemFacts(systemInputs(world), organisation),
    clock: new Clock(organisation.today),
  };
}

export function organisationOf(world: World, systems: SystemsSummary | null = null): OrganisationContext {
  const { organisation, clock } = contextOf(world);
  return { organisation, clock, systems };
}

/** A record of the context by its id; a typing mistake in a test is no finding. */
export function recordIn(c: Context, id: string): TraceRecord {
  const record = c.system.find(id);
  if (!record) throw new RangeError(`No record ${id} in the context`);
  return record;
}

export const refs = (records: readonly TraceRecord[]): string[] => records.map(({ id }) => id).sort();
