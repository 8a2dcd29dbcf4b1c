import type { Role } from '@throughline/domain/permissions.ts';
import type { AbilityWire } from '@throughline/domain/wire.ts';
import { type PlainTextKey, t } from '../text/t.ts';

const roleKeys: Readonly<Record<Role, PlainTextKey>> = {
  admin: 'value.role.admin',
  'aims-manager': 'value.role.aims-manager',
  'top-management': 'value.role.top-management',
  'system-owner': 'value.role.system-owner',
  'risk-owner': 'value.role.risk-owner',
  contributor: 'value.role.contributor',
  'internal-auditor': 'value.role.internal-auditor',
  'external-auditor': 'value.role.external-auditor',
  reader: 'value.role.reader',
};
const isRole = (name: string): name is Role => name in roleKeys;

/** A role in words; a person's name or a newer role stays as it came. */
export const roleName = (name: string): string => (isRole(name) ? t(roleKeys[name]) : name);

/** Why something cannot be done, and who could, as a sentence beside its button; undefined where it can. */
export const refusal = (ability: AbilityWire | undefined): string | undefined => {
  if (ability === undefined || ability.allowed) return undefined;
  const who = ability.who.map(roleName).join(', ');
  return who === '' ? ability.reason : `${ability.reason} ${t('value.who-can', { who })}`;
};
