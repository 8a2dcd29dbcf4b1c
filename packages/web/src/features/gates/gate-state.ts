import { isSentence } from '@throughline/domain/text.ts';
import type { GateCriterionWire } from '@throughline/domain/wire-gates.ts';

type Row = NonNullable<GateCriterionWire['row']>;
export type Draft = Pick<Row, 'answer' | 'checked' | 'answerToMiss' | 'missOwner' | 'missBy'>;

export const draftOf = ({ row }: GateCriterionWire): Draft => ({
  answer: row?.answer ?? null,
  checked: row?.checked ?? '',
  answerToMiss: row?.answerToMiss ?? '',
  missOwner: row?.missOwner ?? null,
  missBy: row?.missBy ?? null,
});

/** Told by the records: nobody is asked unless they see it otherwise. */
export const isTold = ({ finding }: GateCriterionWire): boolean =>
  finding === 'met' || finding === 'does-not-apply';

/** Answered by a person's word, which says what was checked; what is on record tells the rest. */
export const isByPerson = ({ finding }: GateCriterionWire): boolean =>
  finding === 'person' || finding === 'undetermined';

/** How the form of an answer begins: as it was kept, or with the one answer that the records leave open. */
export const begunWith = (criterion: GateCriterionWire): Draft => {
  const [first, ...others] = answersFor(criterion);
  const draft = draftOf(criterion);
  return { ...draft, answer: draft.answer ?? (others.length === 0 ? (first ?? null) : null) };
};

/** Whether a criterion still waits: it has no answer, a miss without a sentence on what follows, who sees to it and by when, or a person's word without a sentence on what was checked. */
export function isOpen(criterion: GateCriterionWire): boolean {
  const { answer, checked, answerToMiss, missOwner, missBy } = draftOf(criterion);
  if (answer === null) return true;
  if (answer === 'not-met') return !isSentence(answerToMiss ?? '') || missOwner === null || missBy === null;
  return isByPerson(criterion) && !isSentence(checked ?? '');
}

/** Answers that the records leave open: what they call not met is answered by what follows, and never as met. */
export function answersFor({ finding }: GateCriterionWire): readonly NonNullable<Draft['answer']>[] {
  if (finding === 'not-met') return ['not-met'];
  return finding === 'met' ? ['met', 'not-met'] : ['met', 'not-met', 'not-applicable'];
}

/** Each criterion is told, missed or asked of a person; what is open are some of these. */
export const countOf = (criteria: readonly GateCriterionWire[]) => ({
  all: criteria.length,
  told: criteria.filter(isTold).length,
  missed: criteria.filter(({ finding }) => finding === 'not-met').length,
  asked: criteria.filter(isByPerson).length,
  // What records tell is answered with them once it is taken, and waits for nobody before.
  open: criteria.filter((one) => isOpen(one) && !(isTold(one) && one.row === null)).length,
});

const order: readonly GateCriterionWire['finding'][] = ['not-met', 'undetermined', 'person'];

/** What waits for somebody first, in the order of how much it weighs; what records tell stands apart. */
export const parted = (criteria: readonly GateCriterionWire[]) => ({
  open: criteria
    .filter((one) => !isTold(one))
    .sort((a, b) => order.indexOf(a.finding) - order.indexOf(b.finding)),
  told: criteria.filter(isTold),
});
