import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { roleName } from '../../kinds/roles.ts';
import { t } from './words.ts';

/** Whom an entry is about and, where it gives roles, which they have from there on; empty where it is about a record. */
export const aboutWords = ({ about, roles }: Pick<LogEntryWire, 'about' | 'roles'>): string => {
  const names = about.map(({ name }) => name || t('log.nameless')).join(', ');
  if (names === '' || roles === undefined) return names;
  return t('log.about-roles', {
    names,
    roles: roles.length === 0 ? t('log.no-role') : roles.map(roleName).join(', '),
  });
};
