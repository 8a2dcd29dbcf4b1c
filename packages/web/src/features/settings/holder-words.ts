import type { RoleHolderWire } from '@throughline/domain/wire-people.ts';
import { formatDay } from '../../text/dates.ts';
import { t } from './words.ts';

/** How somebody comes to a role, where it is not simply their own. Empty where it is. */
export const throughWords = ({ own, groups, standsFor }: RoleHolderWire): string => {
  const names = groups.map(({ name }) => name);
  const [only] = names;
  const groupWords =
    own || only === undefined
      ? []
      : [
          names.length === 1
            ? t('roles.by-group', { name: only })
            : t('roles.by-groups', { names: names.join(', ') }),
        ];
  const places =
    own || groups.length > 0
      ? []
      : standsFor.map(({ name, last }) => t('roles.in-place', { name, day: formatDay(last) }));
  return [...groupWords, ...places].join(', ');
};
