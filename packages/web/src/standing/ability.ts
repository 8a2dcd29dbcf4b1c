import type { AbilityWire } from '@throughline/domain/wire.ts';
import { t } from '../text/t.ts';

const list = (names: readonly string[]): string =>
  names.length < 2
    ? (names[0] ?? '')
    : t('action.or', { list: names.slice(0, -1).join(', '), last: names.at(-1) ?? '' });

/** Why something cannot be done and who could; undefined where it can (UX a6). */
export const refusal = (ability: AbilityWire): string | undefined => {
  if (ability.allowed) return undefined;
  return ability.who.length === 0
    ? ability.reason
    : t('action.refused', { reason: ability.reason, who: list(ability.who) });
};
