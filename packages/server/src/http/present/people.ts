import { knownRoles } from '@throughline/domain/permissions.ts';
import type { MemberWire } from '@throughline/domain/wire.ts';
import type { TokenWire } from '@throughline/domain/wire-pages.ts';
import type { StoredMember } from '../../store/members.ts';
import type { StoredToken } from '../../store/tokens.ts';
import type { Caller } from '../caller.ts';

export type Address = { readonly email: string | null; readonly invitedUntil: Date | null };

export function memberWire(member: StoredMember, caller: Caller, address?: Address): MemberWire {
  return {
    id: member.id,
    name: member.name,
    roles: member.roles,
    active: member.active,
    ...(member.until === null ? {} : { until: member.until }),
    ...(caller.by.type === 'session' && caller.by.member === member.id ? { you: true } : {}),
    ...(address?.email ? { email: address.email } : {}),
    ...(address?.invitedUntil && member.person === null
      ? { invitedUntil: address.invitedUntil.toISOString() }
      : {}),
  };
}

export function tokenWire(token: StoredToken): TokenWire {
  const when = (moment: Date | null) => moment?.toISOString() ?? null;
  return {
    id: token.id,
    name: token.name,
    roles: knownRoles(token.roles),
    createdAt: token.createdAt.toISOString(),
    expiresAt: when(token.expiresAt),
    usedAt: when(token.usedAt),
    revokedAt: when(token.revokedAt),
  };
}
