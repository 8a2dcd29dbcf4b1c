import { stepKey } from '../grid.ts';
import type { TierAnswers } from './tier-facts.ts';
import {
  type Condition,
  levelNamed,
  severityOf,
  type TierLevel,
  type TierRow,
  type TierTable,
} from './tier-table.ts';
import { allOf, type Truth } from './truth.ts';

/** Why no tier comes out: answers are missing, no row covers the use, or rows that fit disagree. */
export type TierOpen = 'answers' | 'hole' | 'several';

export type TierResult = {
  /** `null` while it is undetermined. An empty form is never the mildest tier. */
  readonly level: TierLevel | null;
  /** The mildest tier that is still possible, where rows that fit already rule out anything milder. */
  readonly atLeast: TierLevel | null;
  /** Facts that are not known and could still change the tier, in the order of the table. */
  readonly needed: readonly string[];
  /** Rows that fit, in their order. */
  readonly fits: readonly TierRow[];
  readonly open: TierOpen | null;
};

/** Whether a condition holds; `null` while its fact is not known. */
export function conditionHolds({ fact, test, values }: Condition, answers: TierAnswers): Truth {
  const said = answers.get(fact);
  if (said === undefined) return null;
  const any = said.some((one) => values.includes(stepKey(one)));
  return test === 'any' ? any : !any;
}

export const rowFits = (row: TierRow, answers: TierAnswers): Truth =>
  allOf(row.when.map((condition) => conditionHolds(condition, answers)));

/** The tier that a table gives to answers. What is not known never counts as no. Pure. */
export function judgeTier(table: TierTable, answers: TierAnswers): TierResult {
  const truths = table.rows.map((row) => ({ row, truth: rowFits(row, answers) }));
  const fits = truths.flatMap(({ row, truth }) => (truth === true ? [row] : []));
  const decided = table.hits === 'first' ? byFirst(table, truths) : byAll(table, truths, fits);
  const asked = new Set(
    decided.unknown.flatMap(({ when }) =>
      when.filter(({ fact }) => !answers.has(fact)).map(({ fact }) => fact),
    ),
  );
  return {
    level: decided.level,
    atLeast: decided.level === null ? decided.atLeast : null,
    needed: decided.level === null ? [...table.facts.keys()].filter((fact) => asked.has(fact)) : [],
    fits,
    open: decided.level !== null ? null : decided.unknown.length > 0 ? 'answers' : decided.open,
  };
}

type Judged = { readonly row: TierRow; readonly truth: Truth };
type Decided = {
  readonly level: TierLevel | null;
  readonly atLeast: TierLevel | null;
  /** Rows that could still fit and would change the tier. */
  readonly unknown: readonly TierRow[];
  readonly open: TierOpen;
};

/** Only rows before the first that fits can change what it gives. */
function byFirst(table: TierTable, truths: readonly Judged[]): Decided {
  const place = truths.findIndex(({ truth }) => truth === true);
  const hit = truths[place]?.row;
  const before = place === -1 ? truths : truths.slice(0, place);
  const unknown = before.flatMap(({ row, truth }) => (truth === null ? [row] : []));
  const other = unknown.filter((row) => hit === undefined || !sameLevel(row, hit));
  if (hit === undefined) return { level: null, atLeast: null, unknown, open: 'hole' };
  if (other.length === 0)
    return { level: levelNamed(table, hit.level), atLeast: null, unknown: [], open: 'hole' };
  return { level: null, atLeast: mildest(table, [hit, ...other]), unknown: other, open: 'answers' };
}

function byAll(table: TierTable, truths: readonly Judged[], fits: readonly TierRow[]): Decided {
  const most = severest(table, fits);
  const possible = truths.flatMap(({ row, truth }) => (truth === null ? [row] : []));
  if (most === null) return { level: null, atLeast: null, unknown: possible, open: 'hole' };
  const atLeast = levelNamed(table, most.level);
  if (table.hits === 'one') {
    const clash = fits.some((row) => !sameLevel(row, most));
    const unknown = clash ? [] : possible.filter((row) => !sameLevel(row, most));
    return { level: clash || unknown.length > 0 ? null : atLeast, atLeast, unknown, open: 'several' };
  }
  const unknown = possible.filter((row) => severityOf(table, row.level) > severityOf(table, most.level));
  return { level: unknown.length > 0 ? null : atLeast, atLeast, unknown, open: 'answers' };
}

const sameLevel = (one: TierRow, other: TierRow): boolean => stepKey(one.level) === stepKey(other.level);

function severest(table: TierTable, rows: readonly TierRow[]): TierRow | null {
  let most: TierRow | null = null;
  for (const row of rows)
    if (most === null || severityOf(table, row.level) > severityOf(table, most.level)) most = row;
  return most;
}

function mildest(table: TierTable, rows: readonly TierRow[]): TierLevel | null {
  const places = rows.map(({ level }) => severityOf(table, level));
  return table.levels[Math.min(...places)] ?? null;
}
