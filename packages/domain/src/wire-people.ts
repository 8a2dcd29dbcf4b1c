/** The shapes of answers on `/api/v1` about who may what: groups, deputies and roles. Conventions as in wire.ts. */
import type { OrganisationAct, RecordAct, Role } from './permissions.ts';
import type { AbilityWire } from './wire.ts';
import type { NamedWire } from './wire-through.ts';

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

/** `GET /roles`: what each role may, from the table that the server decides by, and who holds it today. */
export type RoleWire = {
  role: Role;
  purpose: string;
  /** Rows of the table: acts on kinds, on which records, and why. */
  may: readonly {
    acts: readonly RecordAct[];
    kinds: readonly string[] | 'all';
    records: string;
    why: string;
  }[];
  administers: readonly { act: OrganisationAct; what: string; why: string }[];
  /** By name, at most 200 of `holderCount`. */
  holders: readonly RoleHolderWire[];
  holderCount: number;
};
export type RoleHolderWire = {
  member: NamedWire;
  /** An account that acts by tokens alone. */
  service: boolean;
  /** Whether the role is their own, beside what groups and others' places give them. */
  own: boolean;
  groups: readonly NamedWire[];
  /** In whose place, and until which day. */
  standsFor: readonly (NamedWire & { last: string })[];
};
