import { readingScope } from '@throughline/domain/permissions.ts';
import { FactsCache, readInputs } from '../../features/line/facts.ts';
import { ofNone } from '../../records/line-world.ts';
import type { RecordView } from '../../records/read-record.ts';
import { borneUnseen, closingObstacle } from '../../records/risk-closing.ts';
import type { Caller } from '../caller.ts';
import type { Refusal } from '../present/record-abilities.ts';
import type { HttpServices } from '../services.ts';

/** The closing of a risk, where it would be refused to whoever asks, with why; as `gatesAhead` says it of gates. */
export async function closingAhead(
  services: HttpServices,
  { organisation, actor }: Caller,
  { kind, record, asOf }: Pick<RecordView, 'kind' | 'record' | 'asOf'>,
): Promise<ReadonlyMap<string, Refusal>> {
  const open = kind.name === 'risk' && kind.lifecycle.transitions.close?.from.includes(record.state) === true;
  if (!open || asOf || record.archivedAt) return new Map();
  if (readingScope(actor) !== null) return new Map([['close', { says: borneUnseen }]]);
  return services.store.readWhole(organisation, async (reader) => {
    const home = record.system === null ? [] : [record.system];
    const { organisation: read, systems } = await readInputs(reader, FactsCache.of(services), home);
    const inputs = systems.get(record.system ?? '');
    const world = record.system === null ? ofNone(read.facts, record.id) : inputs && { ...read, inputs };
    const obstacle = world && (await closingObstacle(reader, world, record, actor));
    return new Map(obstacle === undefined ? [] : [['close', { says: obstacle }]]);
  });
}
