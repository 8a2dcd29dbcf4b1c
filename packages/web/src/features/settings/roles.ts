import type { Role } from '@throughline/domain/permissions.ts';
import { refusal } from '../../kinds/roles.ts';
import type { Option } from '../../ui/fields/choice-field.tsx';
import { t } from './words.ts';

const all: readonly Role[] = [
  'admin',
  'aims-manager',
  'top-management',
  'system-owner',
  'risk-owner',
  'contributor',
  'internal-auditor',
  'external-auditor',
  'reader',
];

export const isRole = (text: string): text is Role => all.some((role) => role === text);
export const roleWord = (role: Role): string => t(`role.${role}`);
export const roleWords = (roles: readonly Role[]): string => roles.map(roleWord).join(', ');

/** Roles with what each is for. */
export const roleOptions = (): readonly Option[] =>
  all.map((role) => ({ value: role, label: roleWord(role), hint: t(`role.help.${role}`) }));

/** Why somebody with these roles may not change what one role keeps, and who can; undefined where they may. */
export const refusedBut = (keeper: Role, roles: readonly string[] | undefined): string | undefined =>
  roles === undefined || roles.includes(keeper)
    ? undefined
    : refusal({ allowed: false, reason: t('settings.roles-refuse'), who: [keeper] });
