import { tokenActs } from '@throughline/domain/token-reach.ts';
import type { TokenAct, TokenScope } from '@throughline/domain/token-scope.ts';
import { t } from './words.ts';

const isTokenAct = (text: string): text is TokenAct => tokenActs.some((act) => act === text);

const actsWords = (acts: TokenScope['acts']): string => {
  if (acts === 'all') return t('settings.tokens.acts.all');
  if (acts === 'read-only') return t('settings.tokens.acts.read-only');
  if (acts === 'provisioning') return t('settings.tokens.acts.provisioning');
  return acts.map((act) => t(`settings.tokens.act.${act}`)).join(', ');
};

/** What a scope leaves, in words: acts first, then the kinds they are left on. */
export const scopeWords = ({ kinds, acts }: TokenScope, labelOf: (kind: string) => string): string =>
  kinds === 'all'
    ? actsWords(acts)
    : t('settings.tokens.scope-on', { acts: actsWords(acts), kinds: kinds.map(labelOf).join(', ') });

/** How a scope is chosen: one choice for what it does, and the acts by hand where that is wanted. */
export type ScopeChoice = {
  readonly acts: 'all' | 'read-only' | 'chosen';
  readonly chosen: readonly string[];
  /** Empty: every kind. */
  readonly kinds: readonly string[];
};

/** The scope that was chosen; nothing while the acts are still to be chosen. */
export const scopeOf = ({ acts, chosen, kinds }: ScopeChoice): TokenScope | undefined => {
  const named = chosen.filter(isTokenAct);
  if (acts === 'chosen' && named.length === 0) return undefined;
  return { kinds: kinds.length === 0 ? 'all' : kinds, acts: acts === 'chosen' ? named : acts };
};

/** The day so many days from today (YYYY-MM-DD, UTC). */
export const dayAhead = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
