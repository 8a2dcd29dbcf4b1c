/** The shapes of answers on `/api/v1` about who may what: groups, deputies and roles. Conventions as in wire.ts. */
import type { Role } from './permissions.ts';
import type { AbilityWire } from './wire.ts';

export type NamedWire = { id: string; name: string };

/** `GET /groups`: its roles add to those of each of its members. */
export type GroupWire = {
  id: string;
  name: string;
  roles: readonly Role[];
  /** `active`: false for somebody who has left, to whom the roles say nothing until they come back. */
  members: readonly (NamedWire & { active: boolean })[];
  createdAt: string;
};

/** `GET /deputies`: who stands in for whom, from today on. */
export type DeputyWire = {
  id: string;
  absent: NamedWire;
  member: NamedWire;
  /** YYYY-MM-DD, both days included. */
  first: string;
  last: string;
  /** What the absence is, to those concerned and to administrators; `null` to everybody else. */
  why: string | null;
  /** Whether today lies between the days. */
  now: boolean;
  abilities: { end: AbilityWire };
};
