import { isAnswered } from '@throughline/domain/risk/answered.ts';
import type { SuggestionsWire, SuggestionWire } from '@throughline/domain/wire-risk.ts';
import { expect, test } from 'vitest';
import { afterAnswer, listed } from './findings-state.ts';

const one = (id: string, over: Partial<SuggestionWire> = {}): SuggestionWire => ({
  ...{ id, from: 'annex-c', title: id, words: '', because: [], sources: [], objectives: [] },
  ...{ considered: 'open', risks: [], asks: null },
  ...over,
});
const risk = (ref: string) => ({ id: ref, ref, kind: 'risk', title: 'Wrong', state: 'identified' });
const found = (...suggestions: SuggestionWire[]): SuggestionsWire => ({
  run: { id: 'r', ref: 'RRA-1', kind: 'risk-assessment', title: 'Run', state: 'planned' },
  ...{ version: 1, facts: [], suggestions },
});

test('an answer stands on the page at once, with the risk that was made of it', () => {
  const [a, b, c] = [one('A'), one('B'), one('C')];
  const after = afterAnswer(found(a, b, c), { do: 'risk', of: [c, a] }, [risk('RSK-8'), risk('RSK-9')]);
  expect(after.suggestions.map(({ risks }) => risks.map(({ ref }) => ref))).toEqual([
    ['RSK-9'],
    [],
    ['RSK-8'],
  ]);
  expect(after.suggestions.map(isAnswered)).toEqual([true, false, true]);
  const left = afterAnswer(found(a, b), { do: 'no-risk', of: [b], reason: 'Not here' }, []);
  expect(left.suggestions.map(({ considered }) => considered)).toEqual(['open', 'no-risk']);
  // Looked at again, a finding that was judged anew is left; one that is carried into a risk is not.
  const findings = [one('IA-1/1', { from: 'impact', asks: 'anew' }), one('IA-1/2', { asks: 'into-risk' })];
  const said = afterAnswer(found(...findings), { do: 'no-risk', of: findings, reason: 'Not here' }, []);
  expect(said.suggestions.map(isAnswered)).toEqual([true, false]);
  const put = afterAnswer(found(a), { do: 'list', of: [a] }, []);
  expect(put.suggestions.map(isAnswered)).toEqual([false]);
});

test('what was answered on this visit stays where it stood; what was answered before is not among the open ones', () => {
  const all = found(one('A'), one('B', { considered: 'risk' }), one('C', { risks: [risk('RSK-1')] }));
  const ids = (shown: 'open' | 'all', ...visited: string[]) =>
    listed(all, shown, new Set(visited)).map(({ id }) => id);
  expect(ids('open')).toEqual(['A']);
  expect(ids('open', 'B')).toEqual(['A', 'B']);
  expect(ids('all')).toEqual(['A', 'B', 'C']);
});
