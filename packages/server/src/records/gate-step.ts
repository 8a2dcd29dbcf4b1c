import { DomainError } from '@throughline/domain/errors.ts';
import { lineObstacles } from '@throughline/domain/gates/answers.ts';
import { askedOf, deriveCriteria } from '@throughline/domain/gates/derive.ts';
import { finderIn, seenBy, seenObstacles } from '@throughline/domain/gates/seen.ts';
import { gateOfStep, roundOf, takesBack } from '@throughline/domain/gates/stages.ts';
import { openGates } from '@throughline/domain/gates/standing.ts';
import { exceptionIn, inOneText } from '@throughline/domain/kinds/gate-rows.ts';
import { type Kind, type Lack, lackIn } from '@throughline/domain/kinds/kind.ts';
import { gateTypeOptions } from '@throughline/domain/kinds/vocabulary/gates.ts';
import type { Services } from '../services.ts';
import { hasRun } from '../store/has-run.ts';
import type { Reader } from '../store/reader.ts';
import { stageSince } from '../store/stage-since.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { admissionLack } from './admission.ts';
import { dependences } from './independence.ts';
import { contextIn, type LineWorld, lineWorld } from './line-world.ts';
import { takingBackObstacle } from './taken-back.ts';

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
  /** What the same change wrote before. */
  wrote: readonly string[] = [],
): Promise<void> {
  const obstacle = await obstacleNow(services, write, kind, record, transition, wrote);
  if (obstacle !== undefined) throw new DomainError('conflict', obstacle);
}

/** What the line lacks for the step that an approval is for: nobody approves what that step would refuse. */
export async function gateLack(
  services: Services,
  write: Write,
  kind: Kind,
  record: LockedRecord,
): Promise<Lack | undefined> {
  const step = stepApproved(kind, record);
  if (step === undefined) return undefined;
  const to = kind.lifecycle.transitions[step]?.to ?? record.state;
  const [partial] = await dependences(write, kind, record, to, write.ctx.at);
  return (
    lackIn(['decidedBy'], partial?.message) ??
    lackIn([], await obstacleNow(services, write, kind, record, step))
  );
}

/** The step that an approval of a record would be for, where it may be taken from where that stands. */
export function stepApproved(
  { approvable, lifecycle }: Kind,
  { state, content }: Pick<Stepping, 'state' | 'content'>,
): string | undefined {
  const step = approvable?.for?.(content.fields);
  return step !== undefined && lifecycle.transitions[step]?.from.includes(state) ? step : undefined;
}

async function obstacleNow(
  services: Services,
  write: Write,
  kind: Kind,
  record: LockedRecord,
  transition: string,
  wrote: readonly string[] = [],
): Promise<string | undefined> {
  if (!isGated(kind, record, transition)) return undefined;
  // What may be read in part only would be judged as if the rest were not there.
  if (write.narrow) throw new DomainError('forbidden', moreThanScope);
  const world = record.system === null ? undefined : await lineWorld(services, write, record.system);
  return gateObstacle(services, write, world, kind, record, transition, wrote);
}

/** What whoever reads within a scope is told of every step that a gate stands before. */
export const moreThanScope = 'A gate stands before this step, which takes more than this scope sees.';

type Stepping = Pick<StoredRecord, 'id' | 'state' | 'system' | 'content'>;

/** Whether a gate may have a word in this step: it is the passing of one, a stage ends with it, or it leads back from where one led. */
export const isGated = (kind: Kind, { state }: Pick<Stepping, 'state'>, transition: string): boolean =>
  (kind.name === 'gate' && transition === 'pass') ||
  (kind.name === 'system' &&
    (gateOfStep(transition, state, true) !== null || leadsBack(kind, state, transition)));

const leadsBack = ({ lifecycle }: Kind, state: string, transition: string): boolean =>
  takesBack(state, lifecycle.transitions[transition]?.to ?? state);

/** Why a gate refuses a step, in words; nothing when it does not. The same for what a page offers and for the step itself. */
export async function gateObstacle(
  services: Pick<Services, 'catalogue'>,
  reader: Reader,
  world: LineWorld | undefined,
  kind: Kind,
  record: Stepping,
  transition: string,
  wrote: readonly string[] = [],
): Promise<string | undefined> {
  if (!world) return 'The system is archived: bring it back first.';
  if (kind.name === 'gate') return criteriaObstacle(services, reader, world, record);
  return leadsBack(kind, record.state, transition)
    ? takingBackObstacle(reader, record, wrote)
    : passageObstacle(reader, world, record, transition);
}

async function criteriaObstacle(
  services: Pick<Services, 'catalogue'>,
  reader: Reader,
  world: LineWorld,
  gate: Stepping,
): Promise<string | undefined> {
  const before = world.inputs.own.find(({ id }) => id === gate.id);
  const asked = before && askedOf({ ...before, ...gate.content });
  if (!asked) return 'A gate is passed on a system that is registered.';
  const own = world.inputs.own.map((one) => (one.id === gate.id ? { ...one, ...gate.content } : one));
  const criteria = deriveCriteria(
    { organisation: world.facts, inputs: { ...world.inputs, own }, catalogue: services.catalogue },
    asked,
  );
  const { fields } = gate.content;
  const seen = seenBy(criteria, finderIn(world.inputs, world.facts), gate.id);
  const exception = exceptionIn(fields);
  const version = own.find(({ id }) => id === asked.version) ?? null;
  const { system } = world.inputs;
  const admission =
    exception === 'retrospective' ? await admissionLack(reader, world.facts, { system, version }) : undefined;
  return inOneText([
    ...lineObstacles(fields, criteria, exception),
    ...seenObstacles(gate.content, criteria, seen),
    ...(admission === undefined ? [] : [admission]),
  ]);
}

async function passageObstacle(
  reader: Reader,
  world: LineWorld,
  system: Stepping,
  transition: string,
): Promise<string | undefined> {
  const type = gateOfStep(transition, system.state, await hasRun(reader, system.id));
  if (type === null) return undefined;
  const context = contextIn(world);
  const since = await stageSince(reader, system.id, roundOf(type));
  if (openGates(context, type, since).length > 0) return undefined;
  const label = gateTypeOptions.find(({ id }) => id === type)?.label ?? type;
  const old =
    openGates(context, type).length > 0 ? ' What was passed before belongs to an earlier round.' : '';
  const otherwise =
    type === 'deployment-approval'
      ? ' What ran before it was known is admitted afterwards by that gate, and what cannot wait is let through as an emergency.'
      : '';
  return `This step passes the gate “${label}”, and no such gate of this system stands today.${old} Ask for it first.${otherwise}`;
}
