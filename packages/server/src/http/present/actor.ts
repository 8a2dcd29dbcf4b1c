import type { ActorRef } from '@throughline/domain/actor.ts';
import type { NamedMember } from '@throughline/domain/wire-duties.ts';

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

export const namedMember = (member: string, names: ReadonlyMap<string, string>): NamedMember => ({
  member,
  name: names.get(member) ?? '',
});

/** In whose place somebody acted, where they did. */
export const standingIn = (
  member: string | null,
  names: ReadonlyMap<string, string>,
): { onBehalfOf?: NamedMember } => (member === null ? {} : { onBehalfOf: namedMember(member, names) });
