import { DomainError } from '@throughline/domain/errors.ts';
import { takenRows } from '@throughline/domain/gates/answers.ts';
import { askedOf, type Criterion, deriveCriteria } from '@throughline/domain/gates/derive.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import type { Services } from '../services.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { editInside } from './edit-record.ts';
import { lineWorld } from './line-world.ts';

/** What the gate stands on is named, up to this many records: content of a record stays small. */
const seenAtMost = 200;

/** Takes the criteria of a gate from the line as it says now, with what was seen; answers to what turned since fall. */
export async function takeCriteriaInside(
  services: Services,
  write: Write,
  gate: LockedRecord,
): Promise<LockedRecord> {
  const world = gate.system === null ? undefined : await lineWorld(services, write, gate.system);
  const own = world?.inputs.own.find(({ id }) => id === gate.id);
  const asked = own && askedOf(own);
  if (!world || !asked) throw new DomainError('conflict', 'The system of this gate is archived.');
  const { facts, inputs } = world;
  const criteria = deriveCriteria({ organisation: facts, inputs, catalogue: services.catalogue }, asked);
  const find = (id: string): TraceRecord | undefined =>
    inputs.own.find((one) => one.id === id) ?? facts.byId.get(id);
  const seen = [...new Set(criteria.flatMap(({ finding, records }) => (finding === 'met' ? records : [])))];
  const taken = await editInside(write, write.registry.get('gate'), gate, {
    fields: { criteria: takenRows(gate.content.fields, criteria, (one) => seenOf(one, find)) },
    links: { seen: { set: seen.filter((id) => isSeen(find(id), gate)).slice(0, seenAtMost) } },
  });
  return taken.record;
}

/** A record of the system or of the whole organisation; the system itself and tasks are nothing that is decided on. */
const isSeen = (record: TraceRecord | undefined, gate: LockedRecord): boolean =>
  record !== undefined &&
  !record.archived &&
  record.id !== gate.id &&
  !['system', 'task'].includes(record.kind);

/** Records with their versions: what was seen stays readable when they go on. */
function seenOf({ records }: Criterion, find: (id: string) => TraceRecord | undefined): string {
  const named = records.flatMap((id) => {
    const record = find(id);
    return record ? [`${record.ref} v${record.inForce?.version ?? record.version}`] : [];
  });
  const text = named.join(', ');
  return text.length > 400 ? `${text.slice(0, text.lastIndexOf(', ', 380))} and more` : text;
}
