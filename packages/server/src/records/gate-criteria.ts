import { DomainError } from '@throughline/domain/errors.ts';
import { takenRows } from '@throughline/domain/gates/answers.ts';
import { askedOf, deriveCriteria } from '@throughline/domain/gates/derive.ts';
import { finderIn, seenBy } from '@throughline/domain/gates/seen.ts';
import type { Services } from '../services.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { editInside } from './edit-record.ts';
import { lineWorld } from './line-world.ts';

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
  const seen = seenBy(criteria, finderIn(inputs, facts), gate.id);
  const taken = await editInside(write, write.registry.get('gate'), gate, {
    byAct: true,
    // What was fulfilled belonged to what was decided before.
    fields: { criteria: takenRows(gate.content.fields, criteria, seen.cell), fulfilments: null },
    links: { seen: { set: seen.links } },
  });
  return taken.record;
}
