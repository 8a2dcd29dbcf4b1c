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

const orList = (names: readonly string[]): string =>
  names.length < 2
    ? (names[0] ?? '')
    : t('action.or', { list: names.slice(0, -1).join(', '), last: names.at(-1) ?? '' });

/** Who could do what was refused: people where the server named them, else roles. Empty where nobody is named. */
const whoCould = (ability: Refused): string => {
  const roles = orList(ability.who.map(roleName));
  if (ability.people === undefined) return roles === '' ? '' : t('value.who-can', { who: roles });
  if (ability.people.length === 0) return roles === '' ? '' : t('value.nobody-can', { who: roles });
  return t('value.who-can', { who: orList(ability.people.map(({ name }) => name)) });
};

type Refused = Extract<AbilityWire, { allowed: false }>;

/** Why something cannot be done, and who could, as a sentence beside its button; undefined where it can (UX a6). */
export const refusal = (ability: AbilityWire | undefined): string | undefined => {
  if (ability === undefined || ability.allowed) return undefined;
  return `${ability.reason} ${whoCould(ability)}`.trim();
};

/** In whose place, or by which groups, somebody may what they may here: once each, and nothing of their own right. */
export const actingWords = (abilities: readonly (AbilityWire | undefined)[]): readonly string[] => {
  const words = abilities.flatMap((ability) => {
    if (ability?.allowed !== true) return [];
    if (ability.for !== undefined) return [t('acting.for', { name: ability.for.name })];
    const groups = ability.groups?.map(({ name }) => name) ?? [];
    if (groups.length === 0) return [];
    const names = groups.join(', ');
    return [groups.length === 1 ? t('acting.group', { names }) : t('acting.groups', { names })];
  });
  return [...new Set(words)];
};
