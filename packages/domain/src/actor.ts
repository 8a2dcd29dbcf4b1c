import type { Role } from './permissions.ts';
import type { TokenScope } from './token-scope.ts';

/**
 * Who acts. Never null: what the system does by itself is `rule`, what arrives unasked from outside is `visitor`.
 * `member` is a person in one organisation; entries and approvals cite members, never global logins.
 */
export type Actor =
  | {
      readonly type: 'person';
      readonly member: string;
      /** Their own and those of their groups. */
      readonly roles: readonly Role[];
      /** Those among them that only their groups give. */
      readonly byGroup?: readonly Role[];
      readonly scope?: AuditScope;
      /** Whom they stand in for today: they act with those people's roles and ownership beside their own. */
      readonly standsFor?: readonly Absent[];
      /** The administrator who alone opened their account, until it is known that it is they who use it. */
      readonly openedBy?: string;
    }
  | {
      readonly type: 'token';
      readonly token: string;
      readonly roles: readonly Role[];
      /** What the token is narrowed to; absent where its roles alone bound it. */
      readonly scope?: TokenScope;
      /** The member of type `service` that it belongs to. */
      readonly service?: string;
      /** Members who made the token or answer for its account: duties hold them to what it does. */
      readonly behind?: readonly string[];
    }
  | { readonly type: 'telemetry'; readonly source: string }
  | { readonly type: 'rule'; readonly rule: string }
  | { readonly type: 'visitor' };

/** Somebody away, for whom another acts: their member id and their roles, those of their groups among them. */
export type Absent = { readonly member: string; readonly roles: readonly Role[] };

/** What an external auditor may read, and until which day (YYYY-MM-DD, inclusive). */
export type AuditScope = {
  readonly until: string;
  readonly kinds: readonly string[] | 'all';
  /** Ids of systems; with those that chosen audits cover. Records of no system are told by `homes`. Default `all`. */
  readonly systems?: readonly string[] | 'all';
};

/** The actor as entries and rows keep it: a type and an id, nothing that names a person. */
export type ActorRef = { readonly type: Actor['type']; readonly id: string };

export function actorRef(actor: Actor): ActorRef {
  switch (actor.type) {
    case 'person':
      return { type: 'person', id: actor.member };
    case 'token':
      return { type: 'token', id: actor.token };
    case 'telemetry':
      return { type: 'telemetry', id: actor.source };
    case 'rule':
      return { type: 'rule', id: actor.rule };
    case 'visitor':
      return { type: 'visitor', id: 'visitor' };
  }
}
