import { lackIn } from '@throughline/domain/kinds/kind.ts';
import { readingScope } from '@throughline/domain/permissions.ts';
import { FactsCache, readInputs } from '../../features/line/facts.ts';
import { gateObstacle, isGated, moreThanScope, stepApproved } from '../../records/gate-step.ts';
import type { RecordView } from '../../records/read-record.ts';
import type { Caller } from '../caller.ts';
import type { Refusal } from '../present/record-abilities.ts';
import type { HttpServices } from '../services.ts';

/**
 * Steps that a gate would refuse, by name, with why: what a page offers is what the step does. Judged on the facts that
 * pages share; the step itself judges once more, in its own change.
 */
export async function gatesAhead(
  services: HttpServices,
  { organisation, actor }: Caller,
  { kind, record, asOf }: Pick<RecordView, 'kind' | 'record' | 'asOf'>,
): Promise<ReadonlyMap<string, Refusal>> {
  const steps = Object.entries(kind.lifecycle.transitions).flatMap(([name, { from }]) =>
    from.includes(record.state) && isGated(kind, record, name) ? [name] : [],
  );
  const { system } = record;
  if (asOf || record.archivedAt || system === null || steps.length === 0) return new Map();
  if (readingScope(actor) !== null) return new Map(steps.map((name) => [name, { says: moreThanScope }]));
  return services.store.readWhole(organisation, async (reader) => {
    const read = await readInputs(reader, FactsCache.of(services), [system]);
    const inputs = read.systems.get(system);
    const world = inputs && { facts: read.organisation.facts, inputs };
    const found = new Map<string, Refusal>();
    for (const name of steps) {
      const refused = (wrote: readonly string[]) =>
        gateObstacle(services, reader, world, kind, record, name, wrote);
      const says = await refused([]);
      if (says === undefined) continue;
      const { requires = [] } = kind.lifecycle.transitions[name] ?? {};
      const answers = requires.length > 0 && (await refused(requires)) === undefined;
      found.set(name, { says, ...(answers ? { asks: requires } : {}) });
    }
    return found;
  });
}

/** The same record with what a gate lacks for its approval: it is refused for the reasons of the step that it is for. */
export function withGateLack(view: RecordView, ahead: ReadonlyMap<string, Refusal>): RecordView {
  const lack = lackIn([], ahead.get(stepApproved(view.kind, view.record) ?? '')?.says);
  return view.lack !== undefined || lack === undefined ? view : { ...view, lack };
}
