import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { ResultChange } from './compare-rules.ts';
import { vocabularyId } from './keep.ts';

type Law = Catalogue['euAiAct'];

/** What other rules change in one result, a sentence for each; the same words on the page and in the file. */
export function changeWords(before: Law, after: Law, change: ResultChange): string[] {
  const said = (law: Law, ids: readonly string[]) =>
    ids.map((id) => law.outcomes.find((one) => vocabularyId(one.id) === id)?.label ?? id).join(', ');
  const [then, now] = [said(before, change.before), said(after, change.after)];
  return [
    ...change.contradictions.map((says) => `The answers contradict each other: ${says}.`),
    ...(then === now || change.contradictions.length > 0
      ? []
      : [`The outcome changes from "${then || 'none'}" to "${now || 'none'}".`]),
    ...change.asked.map((fact) => `A question is asked that nobody answered: ${asked(after, fact)}`),
    ...change.dropped.map((fact) => `An answer is not taken any more: ${asked(before, fact)}`),
    ...several(after, change.added, ['An obligation comes in', 'obligations come in']),
    ...several(before, change.gone, ['An obligation falls away', 'obligations fall away']),
    ...change.moved.map(({ item, from, to }) => `${obligation(after, item)} ${moved(from, to)}.`),
  ];
}

/** More than a few at once are one sentence: two dozen lines of one kind are read by nobody. */
const few = 3;

function several(law: Law, ids: readonly string[], [one, many]: readonly [string, string]): string[] {
  if (ids.length <= few) return ids.map((id) => `${one}: ${obligation(law, id)}.`);
  return [`${ids.length} ${many}: ${ids.map((id) => `Art. ${articleOf(law, id)}`).join('; ')}.`];
}

const articleOf = (law: Law, id: string): string =>
  law.obligations.find((one) => one.id === id)?.article ?? id;

const asked = (law: Law, fact: string): string => law.facts.find(({ id }) => id === fact)?.ask ?? fact;

function obligation(law: Law, id: string): string {
  const found = law.obligations.find((one) => one.id === id);
  return found ? `Art. ${found.article} ${found.title}` : id;
}

/** A day is said as it is written in the law's file: the page says it in words of its own where it has room. */
function moved(from: string | null, to: string | null): string {
  if (from === null) return `gets a day: ${to}`;
  return to === null ? `has no day any more; it was ${from}` : `moves from ${from} to ${to}`;
}
