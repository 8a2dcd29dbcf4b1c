/** What contradicts itself in a scheme and is never kept: answered by field, in the words of its rows. */
import { stepKey } from '../grid.ts';
import type { Json } from '../json.ts';
import { cellText, type Row, rowsOf } from '../trace/read.ts';
import { ownPrefix, registerFact, type TierFact } from './tier-facts.ts';
import {
  type Condition,
  factKey,
  gradesRise,
  type TierRow,
  type TierTable,
  tierTableOf,
} from './tier-table.ts';

type Fields = Readonly<Record<string, Json>>;

/**
 * Faults by field; none where a scheme can be kept. Parts may be missing while it is written. Holes and overlaps are no
 * faults: they are named beside the table, because a table is written row by row.
 */
export function schemeFaults(fields: Fields): Record<string, string> {
  const of = (part: string) => rowsOf({ fields, links: {} }, part);
  const table = tierTableOf(fields);
  const found: Record<string, string | undefined> = {
    levels: twice(of('levels'), 'level') ?? gradeFault(table),
    questions: twice(of('questions'), 'key') ?? questionFault(of('questions')),
    rules: twice(of('rules'), 'row') ?? levelFault(of('rules'), table),
    conditions: conditionFault(of('conditions'), of('rules'), table),
  };
  if (Object.values(found).every((fault) => fault === undefined)) {
    found.conditions = neverTrue(table);
    found.rules = contradiction(table);
  }
  return Object.fromEntries(
    Object.entries(found).flatMap(([field, fault]) => (fault ? [[field, fault]] : [])),
  );
}

function twice(rows: readonly Row[], column: string): string | undefined {
  const seen = new Map<string, number>();
  for (const [place, row] of rows.entries()) {
    const name = cellText(row, column);
    if (name === null) return `Row ${place + 1} has no ${column === 'row' ? 'number' : column}.`;
    const before = seen.get(stepKey(name));
    if (before !== undefined) return `Rows ${before} and ${place + 1} name the same ${column}, "${name}".`;
    seen.set(stepKey(name), place + 1);
  }
  return undefined;
}

const gradeFault = (table: TierTable): string | undefined =>
  gradesRise(table.levels)
    ? undefined
    : 'The mildest level stands first: what a level stands for never falls from row to row.';

function questionFault(rows: readonly Row[]): string | undefined {
  for (const [place, row] of rows.entries()) {
    if (cellText(row, 'ask') === null) return `Row ${place + 1} asks nothing.`;
    const answers = (cellText(row, 'answers') ?? '')
      .split(',')
      .map(stepKey)
      .filter((one) => one !== '');
    if (new Set(answers).size < 2) return `Row ${place + 1} needs two answers or more, with commas between.`;
    if (new Set(answers).size < answers.length) return `Row ${place + 1} names an answer twice.`;
  }
  return undefined;
}

function levelFault(rows: readonly Row[], { levels }: TierTable): string | undefined {
  const known = new Set(levels.map(({ level }) => stepKey(level)));
  for (const row of rows) {
    const [name, level] = [cellText(row, 'row'), cellText(row, 'level')];
    if (level === null) return `Row ${name} gives no level.`;
    if (!known.has(stepKey(level))) return `Row ${name} gives "${level}", which is no level of this scheme.`;
  }
  return undefined;
}

function conditionFault(rows: readonly Row[], rules: readonly Row[], table: TierTable): string | undefined {
  const known = new Set(rules.map((row) => stepKey(cellText(row, 'row') ?? '')));
  const own = new Map<string, TierFact>(table.questions.map((question) => [question.id, question]));
  for (const [place, row] of rows.entries()) {
    const at = `Condition ${place + 1}`;
    const [of, fact] = [cellText(row, 'row'), cellText(row, 'fact')];
    if (of === null || !known.has(stepKey(of))) return `${at} belongs to no row.`;
    if (fact === null) return `${at} names no fact.`;
    const asked = registerFact(fact) ?? own.get(factKey(fact));
    if (!asked)
      return fact.startsWith(ownPrefix)
        ? `${at} asks "${fact.slice(ownPrefix.length)}", which is no question of this scheme.`
        : `${at} asks "${fact}", which no register holds.`;
    const values = (cellText(row, 'values') ?? '')
      .split(',')
      .map(stepKey)
      .filter((one) => one !== '');
    if (values.length === 0) return `${at} names no value.`;
    const strange = values.find((value) => asked.values.every(({ id }) => id !== value));
    if (strange !== undefined) return `${at}: "${strange}" is no value of ${asked.label}.`;
  }
  return undefined;
}

/** A row that asks one thing twice so that nothing fits both fits no use at all. */
function neverTrue({ rows, facts }: TierTable): string | undefined {
  for (const { row, when } of rows)
    for (const [fact, conditions] of Map.groupBy(when, (condition) => condition.fact)) {
      const asked = facts.get(fact);
      if (asked && !asked.many && allowed(asked, conditions).length === 0)
        return `Row ${row} can never fit: its conditions on ${asked.label} exclude each other.`;
    }
  return undefined;
}

function allowed({ values }: TierFact, conditions: readonly Condition[]): readonly string[] {
  const ids = values.map(({ id }) => id);
  return ids.filter((id) =>
    conditions.every(({ test, values: listed }) => listed.includes(id) === (test === 'any')),
  );
}

/** Two rows with the very same conditions that give different levels cannot both be meant. */
function contradiction({ rows }: TierTable): string | undefined {
  const seen = new Map<string, TierRow>();
  for (const row of rows) {
    const key = JSON.stringify(
      row.when.map(({ fact, test, values }) => [fact, test, [...new Set(values)].sort()]).sort(),
    );
    const before = seen.get(key);
    if (before && stepKey(before.level) !== stepKey(row.level))
      return `Rows ${before.row} and ${row.row} ask the same and give different levels.`;
    seen.set(key, row);
  }
  return undefined;
}
