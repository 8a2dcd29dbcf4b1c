/** Criteria as rows of a gate: taken from the line, answered by people, and held against the line when it is passed. */

import { hasFulfilments } from '../kinds/conditions.ts';
import {
  type CriterionRow,
  cellWords,
  criteriaRows,
  type GateException,
  saidOfAll,
  shortened,
} from '../kinds/gate-rows.ts';
import type { Content } from '../kinds/kind.ts';
import type { Criterion } from './derive.ts';

type Fields = Content['fields'];

/** Whether a row is that of a criterion. */
export const isRowOf = (criterion: Criterion) => (row: CriterionRow) =>
  cellWords(row, 'key') === criterion.key && cellWords(row, 'criterion') === textOf(criterion);
/** Rows hold lines of 400 characters. */
const textOf = ({ text }: Criterion): string => text.slice(0, 400).trim();

/**
 * The rows of a gate as the line has them now. What people answered stays where the line says the same as before; where
 * it turned, the answer falls, for it was given to something else. Rows of the gate's own stay as they are.
 */
export function takenRows(
  fields: Fields,
  criteria: readonly Criterion[],
  seenOf: (criterion: Criterion) => string,
): CriterionRow[] {
  const before = criteriaRows(fields);
  const taken = criteria.map((criterion): CriterionRow => {
    const row = before.find(isRowOf(criterion));
    const same = row !== undefined && cellWords(row, 'finding') === criterion.finding;
    const seen = seenOf(criterion);
    const told =
      criterion.finding === 'met' ? 'met' : criterion.finding === 'does-not-apply' ? 'not-applicable' : null;
    const kept = Object.fromEntries(
      ['answer', 'checked', 'answerToMiss', 'missOwner', 'missBy'].flatMap((column) => {
        const value = same ? row[column] : undefined;
        return value === undefined ? [] : [[column, value]];
      }),
    );
    return {
      key: criterion.key,
      criterion: textOf(criterion),
      finding: criterion.finding,
      ...(seen === '' ? {} : { seen }),
      ...(told === null ? {} : { answer: told }),
      ...kept,
    };
  });
  return [...taken, ...before.filter((row) => cellWords(row, 'key') === '')];
}

/** Written in the gate, which stays as it was decided: whether that was put right is a person's word. */
const inGate: readonly string[] = ['deployment-approval: plan'];

/**
 * The criterion of a row where the line does not hold by now, so that nobody calls its condition fulfilled; nothing where
 * it holds, where no record tells, or where it is asked no more.
 */
export function stillMissed(row: CriterionRow, criteria: readonly Criterion[]): Criterion | undefined {
  const criterion = criteria.find((one) => isRowOf(one)(row));
  if (!criterion || inGate.includes(criterion.key)) return undefined;
  const { finding } = criterion;
  const untold = finding === 'undetermined' && cellWords(row, 'finding') === 'not-met';
  return finding === 'not-met' || untold ? criterion : undefined;
}

/** What a release puts off by no exception and under no condition: which version is let through, and who answers for it. */
const neverPutOff: readonly string[] = ['deployment-approval: version', 'OW1'];
/** Settled before it ends, and written in the gate itself: no condition puts that off either. */
const settled: readonly string[] = [
  'decommission-approval: settled-data',
  'decommission-approval: settled-people',
];

/**
 * All that keeps a gate from being passed by what the line says now; nothing when the rows are what it says. An exception
 * lets criteria stay open until its end; what law in force asks is released by nobody, nor is what is prohibited.
 */
export function lineObstacles(
  fields: Fields,
  criteria: readonly Criterion[],
  exception: GateException | null,
): string[] {
  const rows = criteriaRows(fields);
  const release = fields.type === 'deployment-approval';
  // An exception asks nobody about what the records leave open, so that nothing but "met" is settled then.
  const isOpen = (finding: Criterion['finding']): boolean =>
    exception === null ? finding === 'not-met' : finding !== 'met';
  const rowOf = new Map(criteria.map((one) => [one, rows.find(isRowOf(one))]));
  const named = (test: (one: Criterion, row: CriterionRow | undefined) => boolean): string[] =>
    criteria.flatMap((one) => (test(one, rowOf.get(one)) ? [`“${shortened(one.text)}”`] : []));
  const isTurned = (one: Criterion, row: CriterionRow | undefined): boolean =>
    row !== undefined && cellWords(row, 'finding') !== one.finding;
  return [
    ...saidOfAll(
      named((_, row) => row === undefined),
      {
        one: 'is not among the criteria. Take the criteria from the line.',
        many: 'are not among the criteria. Take the criteria from the line.',
      },
    ),
    ...saidOfAll(named(isTurned), {
      one: 'is another by now by what is on record. Take the criteria from the line again.',
      many: 'are others by now by what is on record. Take the criteria from the line again.',
    }),
    ...saidOfAll(
      named(({ key, finding }) => settled.includes(key) && finding === 'not-met'),
      {
        one: 'is said in the gate itself before it is passed.',
        many: 'are said in the gate itself before it is passed.',
      },
    ),
    ...saidOfAll(
      named(({ key, finding }) => release && neverPutOff.includes(key) && isOpen(finding)),
      {
        one: 'does not wait, neither by an exception nor under conditions.',
        many: 'do not wait, neither by an exception nor under conditions.',
      },
    ),
    ...saidOfAll(
      named(
        ({ key, source, finding }) =>
          source === 'law' && finding === 'not-met' && (exception !== 'retrospective' || key === 'CL4'),
      ),
      {
        one: 'is law, and nobody releases what it forbids or still asks for.',
        many: 'are law, and nobody releases what it forbids or still asks for.',
      },
    ),
    // Said before there was a condition, by whomever: nothing was fulfilled that was not decided on.
    ...(hasFulfilments(fields)
      ? ['What was fulfilled belongs to an earlier decision. Take the criteria from the line again.']
      : []),
  ];
}
