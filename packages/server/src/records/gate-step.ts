import { DomainError } from '@throughline/domain/errors.ts';
import { admissionObstacle, lineObstacle } from '@throughline/domain/gates/answers.ts';
import { askedOf, deriveCriteria } from '@throughline/domain/gates/derive.ts';
import { gateOfStep, roundOf } from '@throughline/domain/gates/stages.ts';
import { openGates } from '@throughline/domain/gates/standing.ts';
import { exceptionIn } from '@throughline/domain/kinds/gate-rows.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { gateTypeOptions } from '@throughline/domain/kinds/vocabulary/gates.ts';
import { Clock } from '@throughline/domain/trace/clock.ts';
import { systemFacts } from '@throughline/domain/trace/system-facts.ts';
import type { Services } from '../services.ts';
import { stageSince } from '../store/stage-since.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { type LineWorld, lineWorld } from './line-world.ts';

/**
 * Gates (A.6.2.5): one is passed by what the line says in this very change, not by what its rows were told earlier; and
 * a system goes on to its next stage through its gate alone, decided since that round of its life cycle began. Throws
 * `conflict` with the criterion or the gate.
 */
export async function ensureGate(
  services: Services,
  write: Write,
  kind: Kind,
  record: LockedRecord,
  transition: string,
): Promise<void> {
  if (kind.name === 'gate' && transition === 'pass') await ensureCriteria(services, write, record);
  if (kind.name === 'system') await ensurePassage(services, write, record, transition);
}

async function ensureCriteria(services: Services, write: Write, gate: LockedRecord): Promise<void> {
  const world = await worldOf(services, write, gate.system);
  const before = world.inputs.own.find(({ id }) => id === gate.id);
  const asked = before && askedOf({ ...before, ...gate.content });
  if (!asked) throw new DomainError('conflict', 'A gate is passed on a system that is registered.');
  const own = world.inputs.own.map((one) => (one.id === gate.id ? { ...one, ...gate.content } : one));
  const criteria = deriveCriteria(
    { organisation: world.facts, inputs: { ...world.inputs, own }, catalogue: services.catalogue },
    asked,
  );
  const { fields } = gate.content;
  const exception = exceptionIn(fields);
  const version = own.find(({ id }) => id === asked.version) ?? null;
  const obstacle =
    lineObstacle(fields, criteria, exception) ??
    (exception === 'retrospective' ? admissionObstacle(version, world.facts.today) : undefined);
  if (obstacle !== undefined) throw new DomainError('conflict', obstacle);
}

async function ensurePassage(
  services: Services,
  write: Write,
  system: LockedRecord,
  transition: string,
): Promise<void> {
  const type = gateOfStep(transition, system.state);
  if (type === null) return;
  const { facts, inputs } = await worldOf(services, write, system.id);
  const clock = new Clock(facts.today);
  const context = { organisation: facts, system: systemFacts(inputs, facts), clock };
  const since = await stageSince(write, system.id, roundOf(type));
  if (openGates(context, type, since).length > 0) return;
  const label = gateTypeOptions.find(({ id }) => id === type)?.label ?? type;
  const old =
    openGates(context, type).length > 0 ? ' What was passed before belongs to an earlier round.' : '';
  const otherwise =
    type === 'deployment-approval'
      ? ' What ran before it was known is admitted afterwards by that gate, and what cannot wait is let through as an emergency.'
      : '';
  throw new DomainError(
    'conflict',
    `This step passes the gate “${label}”, and no such gate of this system stands today.${old} Ask for it first.${otherwise}`,
  );
}

async function worldOf(services: Services, write: Write, system: string | null): Promise<LineWorld> {
  // What may be read in part only would be judged as if the rest were not there.
  if (write.narrow)
    throw new DomainError(
      'forbidden',
      'A gate stands before this step, which takes more than this scope sees.',
    );
  const world = system === null ? undefined : await lineWorld(services, write, system);
  if (!world) throw new DomainError('conflict', 'The system is archived: bring it back first.');
  return world;
}
