/** The organisation's own tiers as a decision table: rows of conditions over facts of a use, and the level each gives. */
import { rank } from '../authority.ts';
import { stepKey } from '../grid.ts';
import type { Json } from '../json.ts';
import { cellText, type Row, rowsOf, textOf } from '../trace/read.ts';
import { ownPrefix, registerFact, type TierFact } from './tier-facts.ts';

/** `first`: the first row that fits decides. `severest`: of all that fit the most severe. `one`: exactly one fits. */
export type Hits = 'first' | 'severest' | 'one';

export type TierLevel = {
  readonly level: string;
  readonly meaning: string | null;
  /** The grade of the shared scale that it stands for. */
  readonly grade: string | null;
  /** Looked at again after so many months; `null` where only the organisation's calendar says when. */
  readonly months: number | null;
};

/** One condition of a row: the fact has one of the values, or none of them. */
export type Condition = {
  readonly fact: string;
  readonly test: 'any' | 'none';
  readonly values: readonly string[];
};

export type TierRow = {
  readonly row: string;
  readonly level: string;
  readonly because: string | null;
  /** All must hold; a row without any fits every use. */
  readonly when: readonly Condition[];
};

export type TierTable = {
  readonly hits: Hits;
  /** The mildest first. */
  readonly levels: readonly TierLevel[];
  readonly rows: readonly TierRow[];
  /** Facts that its conditions ask, in the order of the registers and then of the own questions. */
  readonly facts: ReadonlyMap<string, TierFact>;
  /** Questions of its own, asked or not. */
  readonly questions: readonly (TierFact & { readonly ask: string })[];
};

type Fields = Readonly<Record<string, Json>>;

const listIn = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Reads the fields of a scheme. Whatever it lacks is absent here too; what contradicts itself was never kept. */
export function tierTableOf(fields: Fields): TierTable {
  const of = (part: string) => rowsOf({ fields, links: {} }, part);
  const questions = of('questions').flatMap(questionOf);
  const own = new Map(questions.map((question) => [question.id, question]));
  const conditions = of('conditions').flatMap(conditionOf);
  const facts = new Map<string, TierFact>();
  for (const { fact } of conditions) {
    const known = registerFact(fact) ?? own.get(fact);
    if (known) facts.set(fact, known);
  }
  const hits = textOf({ fields, links: {} }, 'hits');
  return {
    hits: hits === 'severest' || hits === 'one' ? hits : 'first',
    levels: of('levels').flatMap(levelOf),
    rows: of('rules').flatMap((row) => rowOf(row, conditions)),
    facts,
    questions,
  };
}

function questionOf(row: Row): (TierFact & { ask: string })[] {
  const [key, ask] = [cellText(row, 'key'), cellText(row, 'ask')];
  const values = listIn(cellText(row, 'answers')).map((label) => ({ id: stepKey(label), label }));
  return key && ask ? [{ id: ownPrefix + stepKey(key), label: key, many: false, values, ask }] : [];
}

function levelOf(row: Row): TierLevel[] {
  const level = cellText(row, 'level');
  const { months } = row;
  const said = { meaning: cellText(row, 'meaning'), grade: cellText(row, 'grade') };
  return level ? [{ level, ...said, months: typeof months === 'number' ? months : null }] : [];
}

function conditionOf(row: Row): (Condition & { row: string })[] {
  const [of, fact] = [cellText(row, 'row'), cellText(row, 'fact')];
  const values = listIn(cellText(row, 'values')).map((value) => stepKey(value));
  const test = cellText(row, 'test') === 'none' ? 'none' : 'any';
  return of && fact ? [{ row: of, fact: factKey(fact), test, values }] : [];
}

/** Keys of own questions are compared as people read them; ids of the registers are exact. */
export const factKey = (fact: string): string => (fact.startsWith(ownPrefix) ? stepKey(fact) : fact);

function rowOf(row: Row, conditions: readonly (Condition & { row: string })[]): TierRow[] {
  const [name, level] = [cellText(row, 'row'), cellText(row, 'level')];
  if (!name || !level) return [];
  const when = conditions
    .filter((one) => stepKey(one.row) === stepKey(name))
    .map(({ fact, test, values }) => ({ fact, test, values }));
  return [{ row: name, level, because: cellText(row, 'because'), when }];
}

/** Place of a level among those of its table, the mildest 0; -1 for one that it does not have. */
export const severityOf = (table: TierTable, level: string): number =>
  table.levels.findIndex((one) => stepKey(one.level) === stepKey(level));

export const levelNamed = (table: TierTable, level: string): TierLevel | null =>
  table.levels[severityOf(table, level)] ?? null;

/** Whether grades never fall where levels rise; levels without a grade say nothing. */
export function gradesRise(levels: readonly TierLevel[]): boolean {
  const grades = levels.flatMap(({ grade }) => (grade === null ? [] : [rank(grade)]));
  return grades.every((grade, place) => place === 0 || grade >= (grades[place - 1] ?? 0));
}
