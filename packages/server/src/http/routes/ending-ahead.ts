import type { RecordView } from '../../records/read-record.ts';
import { notAlone } from '../../records/two-hands.ts';
import type { Caller } from '../caller.ts';
import type { Refusal } from '../present/record-abilities.ts';
import type { HttpServices } from '../services.ts';

/** Steps that take a second hand and would be refused to whoever asks, with why and who could; as `gatesAhead` says it of gates. */
export async function endingAhead(
  services: HttpServices,
  { organisation, actor }: Caller,
  { kind, record, asOf }: Pick<RecordView, 'kind' | 'record' | 'asOf'>,
): Promise<ReadonlyMap<string, Refusal>> {
  if (!kind.twoHands || asOf || record.archivedAt) return new Map();
  const by = { actor, at: services.clock() };
  return services.store.readWhole(organisation, async (reader) => {
    const ahead = new Map<string, Refusal>();
    for (const [name, { from, to }] of Object.entries(kind.lifecycle.transitions)) {
      if (!from.includes(record.state)) continue;
      const refused = await notAlone(reader, by, kind, record, { state: to });
      if (refused) ahead.set(name, { says: refused.reason, who: refused.who, people: refused.people });
    }
    return ahead;
  });
}
