/** Conditions of a gate: what was not met when it was passed, each with who sees to it, a last day, and how it was fulfilled. */
import { addDays, type Day, lastDay } from '../day.ts';
import { isObject, type Json } from '../json.ts';
import { isSentence } from '../text.ts';
import { isToCome } from './days-come.ts';
import {
  type CriterionRow,
  cellWords,
  criteriaRows,
  exceptionIn,
  saidOfAll,
  shortened,
} from './gate-rows.ts';
import type { Content } from './kind.ts';

type Fields = Content['fields'];
export type Condition = {
  /** The criterion that was not met, in its words. */
  readonly criterion: string;
  /** What follows. */
  readonly what: string;
  /** Member id. */
  readonly owner: string | null;
  readonly by: Day | null;
  readonly fulfilledOn: Day | null;
  readonly how: string;
};

/** A condition lasts no longer than an emergency does: what takes longer is asked for again. */
const conditionDays = 90;

const rowsIn = (value: Json | undefined): CriterionRow[] =>
  Array.isArray(value) ? value.filter((row): row is CriterionRow => isObject(row)) : [];
const nameOf = (row: CriterionRow): string => cellWords(row, 'criterion');
const missed = (fields: Fields) =>
  criteriaRows(fields).filter((row) => cellWords(row, 'answer') === 'not-met');

/**
 * The conditions under which a gate was passed; none of a gate that is let through by an exception, which has an end of
 * its own. A day to come fulfils nothing yet.
 */
export function conditionsOf(fields: Fields, today: string): Condition[] {
  if (exceptionIn(fields) !== null) return [];
  const met = rowsIn(fields.fulfilments);
  return missed(fields).map((row) => {
    const said = met.find((one) => nameOf(one) === nameOf(row));
    const on = said === undefined ? '' : cellWords(said, 'fulfilledOn');
    return {
      criterion: nameOf(row),
      what: cellWords(row, 'answerToMiss'),
      owner: cellWords(row, 'missOwner') || null,
      by: cellWords(row, 'missBy') || null,
      fulfilledOn: on === '' || isToCome(on, today) ? null : on,
      how: said === undefined ? '' : cellWords(said, 'how'),
    };
  });
}

/** What conditions lack before anybody passes a gate under them: somebody who sees to each, and a last day not too far. */
export function conditionObstacles(fields: Fields, now: string): string[] {
  const today = now.slice(0, 10);
  const rows = missed(fields);
  const named = (test: (by: string, owner: string) => boolean): string[] =>
    rows.flatMap((row) =>
      test(cellWords(row, 'missBy'), cellWords(row, 'missOwner')) ? [`“${shortened(nameOf(row))}”`] : [],
    );
  const last = addDays(today, conditionDays);
  return [
    ...saidOfAll(
      named((by, owner) => by === '' || owner === ''),
      {
        one: 'is not met: say who sees to it, and by when.',
        many: 'are not met: say who sees to each, and by when.',
      },
    ),
    ...saidOfAll(
      named((by) => by !== '' && (lastDay(by) < today || lastDay(by) > last)),
      {
        one: `is to be fulfilled within ${conditionDays} days from today.`,
        many: `are to be fulfilled within ${conditionDays} days from today.`,
      },
    ),
    ...(fields.verdict === 'pass-with-conditions' && rows.length === 0
      ? ['Passed under conditions, and no criterion says what is open, who sees to it and by when.']
      : []),
  ];
}

/** Whether anything is called fulfilled. */
export const hasFulfilments = (fields: Fields): boolean => rowsIn(fields.fulfilments).length > 0;

/** A fulfilment that a change says anew or in other words, by the number of its row, with the criterion that it is of. */
export type SaidFulfilled = { readonly at: number; readonly said: CriterionRow; readonly of: CriterionRow };

/** What of the conditions of a gate a change calls fulfilled; what stood before stays said. */
export function fulfilledAnew(before: Fields, next: Fields): SaidFulfilled[] {
  const columns = ['criterion', 'fulfilledOn', 'how'];
  const words = (row: CriterionRow) => columns.map((column) => cellWords(row, column)).join('\n');
  const stood = new Set(rowsIn(before.fulfilments).map(words));
  const rows = missed(next);
  return rowsIn(next.fulfilments).flatMap((said, at) => {
    const of = rows.find((row) => nameOf(row) === nameOf(said));
    return of === undefined || stood.has(words(said)) ? [] : [{ at, said, of }];
  });
}

/** Why a row is no fulfilment, by its number: it names a criterion of the gate, its day, and how. */
export function fulfilmentFault(fields: Fields): string | undefined {
  const names = criteriaRows(fields).map(nameOf);
  return rowsIn(fields.fulfilments)
    .map((row, at) => {
      const name = nameOf(row);
      if (!names.includes(name)) return `Row ${at + 1} names no criterion of this gate.`;
      return cellWords(row, 'fulfilledOn') === '' || !isSentence(cellWords(row, 'how'))
        ? `Row ${at + 1}: say on which day it was fulfilled, and how, in a sentence.`
        : undefined;
    })
    .find((fault) => fault !== undefined);
}
