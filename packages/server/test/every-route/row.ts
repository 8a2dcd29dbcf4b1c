import type { Role } from '@throughline/domain/permissions.ts';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Agent } from '../factories.ts';
import type { World } from './world.ts';

/**
 * What holds of one route. The rows of this folder read as the specification of the door: who is refused, with whom
 * the refusal names, what a foreigner is told, and what the route answers when it works.
 */
export type Row = {
  /** Makes what the address names, in the manager's organisation, and answers its name. */
  readonly thing?: (world: World) => Promise<string>;
  /** Below `/api/v1`, with the thing's name. */
  readonly path: (thing: string) => string;
  /** A body that the route takes, with as many members as it has. */
  readonly body?: (world: World, thing: string) => unknown;
  readonly more?: InjectOptions;
  /** Who may: the manager unless told. */
  readonly by?: (world: World) => Promise<Agent> | Agent;
  /** Who is refused with 403, and the roles that the refusal names; `null` where every member may. */
  readonly refused: { readonly who: readonly Role[]; readonly as?: 'reader' | 'token' } | null;
  /**
   * Statuses of single roles, each without any other, on what the manager made: where they differ from `works` for the
   * roles that a refusal names (or everybody), and 403 for the rest. A role that may only on what is its own has 403.
   */
  readonly roles?: Partial<Readonly<Record<Role, number>>>;
  /** A name of the thing's shape that is nobody's. Absent where the address names nothing that belongs to anyone. */
  readonly nowhere?: string;
  /** What is changed is the caller's own account: roles are no matter, and somebody else's thing is not there. */
  readonly personal?: true;
  /** Every organisation has things of these names, such as places in its log: the same name is another thing there. */
  readonly everywhere?: true;
  readonly works: number;
  /** What the answer says when it works; the shape is held against the document anyway. */
  readonly says?: (answer: LightMyRequestResponse, world: World, thing: string) => Promise<void> | void;
  /** The answer never ends, so it cannot be asked for by injection; a test of its own stands elsewhere. */
  readonly endless?: true;
};

/** By method and path as declared: `GET /:collection/:ref`. */
export type Rows = Readonly<Record<string, Row>>;

export const nowhereId = '01890000-0000-7000-8000-0000000000ff';
export const admins: readonly Role[] = ['admin'];
export const settlers: readonly Role[] = ['admin', 'aims-manager'];
/** Roles that a refusal names, and that may on what is their own alone. */
export const ownersAlone = { 'system-owner': 403 } as const;
export const ownersAndAssignees = { 'system-owner': 403, contributor: 403 } as const;
export const steady = { headers: { 'if-match': '"1"' } } as const;
export const commenters: readonly Role[] = [
  'admin',
  'aims-manager',
  'top-management',
  'system-owner',
  'risk-owner',
  'contributor',
  'internal-auditor',
];
