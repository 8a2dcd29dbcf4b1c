/** The shapes of answers about duties: who waived one, who stands back, who acted in whose place. Conventions as in wire.ts. */
import type { Duty } from './duties.ts';
import type { AbilityWire, RefWire } from './wire.ts';

/** A member with their name; empty where it was erased or is not known. */
export type NamedMember = { member: string; name: string };

/** Somebody who stood back from a record, or from the system that it belongs to: they decide nothing about it. */
export type RecusalWire = { record: string; member: string; reason: string | null; at: string };

/** What an approval was let through by: the duties that stood in the way, and the waiver that lifted them. */
export type WaivedWire = {
  duties: readonly Duty[];
  /** `null` for an approval of before waivers were kept one by one. */
  waiver: { id: string; at: string; until: string } | null;
};

/** A waiver of "another person approves". Days are YYYY-MM-DD, that day included. */
export type DutyWaiverWire = {
  id: string;
  reason: string;
  by: NamedMember;
  /** In whose place a delegate gave it. */
  onBehalfOf?: NamedMember;
  /** Who asked for it, where `by` confirmed it; missing where one alone gave it. */
  askedBy?: NamedMember;
  at: string;
  until: string;
  inForce: boolean;
  /** Where it was ended before its day. */
  ended?: { at: string; by: NamedMember; reason: string };
};

/** Approvals in force of one register that stand by a waiver alone, of all in force there. */
export type WaivedCountWire = {
  kind: string;
  /** What the register is called. */
  label: string;
  waiver: string | null;
  approvals: number;
  of: number;
};

/** `GET /duty-waivers?kind=`: newest first. */
export type DutyWaiversWire = {
  items: readonly DutyWaiverWire[];
  counts: readonly WaivedCountWire[];
  abilities: { give: AbilityWire; end: AbilityWire };
};

/** `GET /recusals`: who stands back from what, and who did; newest first. */
export type RecusalRowWire = {
  id: string;
  record: RefWire;
  member: NamedMember;
  /** `null` where the record was erased. */
  reason: string | null;
  at: string;
  ended?: { at: string; by: NamedMember; reason: string | null };
  abilities: { end: AbilityWire };
};
