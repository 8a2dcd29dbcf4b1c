import type { ActorRef } from '@throughline/domain/actor.ts';

const types = [
  'person',
  'token',
  'telemetry',
  'rule',
  'visitor',
] as const satisfies readonly ActorRef['type'][];

/** An actor as rows keep it. */
export function actorRefWire(type: string, id: string): ActorRef {
  const known = types.find((name) => name === type);
  if (!known) throw new Error(`The actor type "${type}" is unknown to this release`);
  return { type: known, id };
}
