import { isAnswered } from '@throughline/domain/risk/answered.ts';
import type { RefWire } from '@throughline/domain/wire.ts';
import type { SuggestionsWire, SuggestionWire } from '@throughline/domain/wire-risk.ts';

/** What becomes of suggestions: put on the run's list, left with a reason, or made a risk. */
export type Answer =
  | { readonly do: 'list'; readonly of: readonly SuggestionWire[] }
  | { readonly do: 'no-risk'; readonly of: readonly SuggestionWire[]; readonly reason: string }
  | { readonly do: 'risk'; readonly of: readonly SuggestionWire[] };

/** The page as it stands once an answer is written, before the server is asked again. `made`: the risk of each, in order. */
export const afterAnswer = (
  found: SuggestionsWire,
  answer: Answer,
  made: readonly RefWire[],
): SuggestionsWire => ({
  ...found,
  suggestions: found.suggestions.map((one) => {
    const at = answer.of.findIndex(({ id }) => id === one.id);
    if (at === -1) return one;
    const risk = made[at];
    return {
      ...one,
      considered: answer.do === 'list' ? 'listed' : answer.do,
      risks: risk === undefined ? one.risks : [...one.risks, risk],
      // What was looked at just now was looked at as it is judged today.
      asks: one.asks === 'into-risk' && risk === undefined ? one.asks : null,
    };
  }),
});

/** What is listed: all of it, or what waits for an answer, with what was answered on this visit where it stood. */
export const listed = (
  { suggestions }: Pick<SuggestionsWire, 'suggestions'>,
  shown: 'open' | 'all',
  visited: ReadonlySet<string>,
): readonly SuggestionWire[] =>
  shown === 'all' ? suggestions : suggestions.filter((one) => !isAnswered(one) || visited.has(one.id));
