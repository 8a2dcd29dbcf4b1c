import type { Catalogue } from '@throughline/catalogue/types.ts';
import type { Json } from '../json.ts';
import { answerText, notKnownText } from './answer-text.ts';
import type { Answers } from './answers.ts';
import type { Classified } from './classify.ts';

type Law = Catalogue['euAiAct'];

/** Ids of the law's file, which are written with `_`, as ids of the vocabulary, which are written with `-`. */
export const vocabularyId = (id: string): string => id.replaceAll('_', '-');

/**
 * The fields of a classification that come of its answers. What is open empties what only a final result can say, so
 * that no class stands that its answers no longer carry.
 * @param notes words beside single answers, by fact
 * @param unknown facts of which nobody knows the answer yet: kept beside the answers, and without weight in the result
 */
export function keptFields(
  law: Law,
  answers: Answers,
  notes: ReadonlyMap<string, string>,
  result: Classified,
  unknown: ReadonlySet<string> = new Set(),
): Record<string, Json> {
  const outcomes = new Map(law.outcomes.map(({ id, label }) => [id, label]));
  const asked = new Map(law.facts.map(({ id, ask }) => [id, ask]));
  const rows = law.facts.flatMap(({ id }) => {
    const answer = answers.get(id);
    const note = notes.get(id);
    const text = answer !== undefined ? answerText(answer) : unknown.has(id) ? notKnownText : null;
    return text === null ? [] : [{ fact: id, answer: text, ...(note ? { note } : {}) }];
  });
  return {
    answers: rows,
    ruleVersion: result.ruleSet,
    classifiedOn: result.on,
    outcomes: result.outcomes.map(vocabularyId),
    openFacts: result.needed.map((id) => asked.get(id) ?? id),
    certain: result.atLeast.map((id) => outcomes.get(id) ?? id),
    path: result.path.filter(({ truth }) => truth).map(({ rule, article }) => `${rule}: ${article}`),
    lawRoles: rolesIn(answers).map(vocabularyId),
    prohibitedFrom: result.prohibitedFrom,
    derogation:
      result.status !== 'final' ? null : result.outcomes.includes('annex_iii_derogated') ? 'yes' : 'no',
  };
}

function rolesIn(answers: Answers): readonly string[] {
  const roles = answers.get('roles');
  return typeof roles === 'object' ? roles : [];
}
