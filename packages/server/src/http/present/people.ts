import type { Actor } from '@throughline/domain/actor.ts';
import { isErasedName } from '@throughline/domain/erasure.ts';
import { canAdminister, knownRoles } from '@throughline/domain/permissions.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { MemberWire } from '@throughline/domain/wire.ts';
import type { TokenWire } from '@throughline/domain/wire-pages.ts';
import type { ListedMember } from '../../features/members/members.ts';
import { handsOutObstacle, type ShownToken } from '../../features/tokens/tokens.ts';
import type { Caller } from '../caller.ts';
import { lasts } from './ability.ts';
import { outsideWire } from './outside.ts';
import { refWire } from './ref.ts';

export function memberWire(
  {
    member,
    owner,
    provisioned,
    address,
    mail,
    outside = [],
    opened,
    scopeRecords = new Map(),
  }: Pick<ListedMember, 'member' | 'owner' | 'provisioned'> & Partial<ListedMember>,
  caller: Caller,
  registry?: Registry,
): MemberWire {
  const { scope } = member;
  const named = scope ? [...(scope.systems === 'all' ? [] : scope.systems), ...scope.audits] : [];
  const rows = named.flatMap((id) => scopeRecords.get(id) ?? []);
  return {
    id: member.id,
    name: member.name,
    roles: member.roles,
    active: member.active,
    ...(member.until === null ? {} : { until: member.until }),
    ...(caller.by.type === 'session' && caller.by.member === member.id ? { you: true } : {}),
    ...(member.type === 'service' ? { service: { owner } } : {}),
    ...(scope && canAdminister(caller.actor, 'members')
      ? { scope, ...(registry ? { scopeRecords: rows.map((row) => refWire(registry, row)) } : {}) }
      : {}),
    ...(provisioned ? { provisioned: true } : {}),
    ...(isErasedName(member) ? { erased: true } : {}),
    ...(opened ? { opened: { ...opened, at: opened.at.toISOString() } } : {}),
    ...(outside.length > 0 ? { outside: outside.map(outsideWire) } : {}),
    ...(address?.email ? { email: address.email } : {}),
    ...(address?.invitedUntil && member.person === null
      ? { invitedUntil: address.invitedUntil.toISOString(), ...(mail ? { mail } : {}) }
      : {}),
  };
}

export function tokenWire({ token, names }: ShownToken, actor: Actor, now: Date): TokenWire {
  const end = lasts(actor, 'tokens');
  const beyond = end.allowed ? handsOutObstacle(actor, token) : undefined;
  const when = (moment: Date | null) => moment?.toISOString() ?? null;
  const named = (id: string) => ({ id, name: names.get(id) ?? '' });
  const { previousUntil } = token;
  return {
    id: token.id,
    name: token.name,
    roles: knownRoles(token.roles),
    scope: token.scope,
    service: token.service === null ? null : named(token.service),
    madeBy: token.behind.map(named),
    createdAt: token.createdAt.toISOString(),
    expiresAt: when(token.expiresAt),
    usedAt: when(token.usedAt),
    rotatedAt: when(token.rotatedAt),
    previousUntil: when(previousUntil !== null && previousUntil > now ? previousUntil : null),
    revokedAt: when(token.revokedAt),
    abilities: {
      rotate: beyond ? { allowed: false, reason: beyond.message, who: beyond.who } : end,
      end,
    },
  };
}
