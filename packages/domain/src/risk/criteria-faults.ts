/** What contradicts itself in risk criteria: answered by field, in the words of the rows (6.1.2). */
import { rank } from '../authority.ts';
import { stepKey } from '../grid.ts';
import { cellText, type Row, rowsOf } from '../trace/read.ts';
import { wordList } from '../trace/say.ts';
import { type Bearer, bearers, type Cell, canRate, criteriaOf, type Fields, rowsFor } from './criteria.ts';

const names: Readonly<Record<Bearer, string>> = {
  organisation: 'the organisation',
  individuals: 'individuals',
  society: 'society',
};

/**
 * Faults by field; none where the criteria can be kept. Parts may be missing while criteria are written, but a matrix
 * that is there is whole: every pair of steps has one level, and no level falls where likelihood or consequence rises.
 */
export function criteriaFaults(fields: Fields): Record<string, string> {
  const of = (part: string) => rowsOf({ fields, links: {} }, part);
  const found: Record<string, string | undefined> = {
    likelihoods: stepFault(of('likelihoods')) ?? rangeFault(of('likelihoods')),
    consequences: consequenceFault(of('consequences')),
    thresholds: thresholdFault(of('thresholds')),
    transitionUntil: transitionFault(fields),
  };
  if (found.likelihoods === undefined && found.consequences === undefined)
    found.matrix = of('matrix').length === 0 ? undefined : matrixFault(fields, of('matrix'));
  return Object.fromEntries(
    Object.entries(found).flatMap(([field, fault]) => (fault ? [[field, fault]] : [])),
  );
}

/**
 * Why criteria are not whole enough to be approved: nobody can rate by half a matrix, and without a line nobody can tell
 * what is borne from what is treated (6.1.2 a). They may be kept so while they are written.
 */
export function criteriaLack(fields: Fields): string | undefined {
  const criteria = criteriaOf(fields);
  if (!canRate(criteria))
    return 'No risk can be rated by it yet: steps of likelihood, steps of consequence and a matrix are needed before it is approved.';
  const open = bearers.filter((bearer) => criteria.scales[bearer].threshold === null);
  return open.length === 0
    ? undefined
    : `No highest level that is borne without treatment is named for ${wordList(open.map((bearer) => names[bearer]))}.`;
}

function stepFault(rows: readonly Row[]): string | undefined {
  const seen = new Map<string, number>();
  for (const [position, row] of rows.entries()) {
    const step = cellText(row, 'step');
    if (step === null) return `Row ${position + 1} names no step.`;
    const before = seen.get(stepKey(step));
    if (before !== undefined) return `Rows ${before} and ${position + 1} name the same step, "${step}".`;
    seen.set(stepKey(step), position + 1);
  }
  return undefined;
}

/** Ranges of likelihood: each from low to high, one after the other, none over another and nothing between two. */
function rangeFault(rows: readonly Row[]): string | undefined {
  let reached: number | null = null;
  let end: number | null = null;
  for (const [position, row] of rows.entries()) {
    const [from, to] = [numberIn(row, 'from'), numberIn(row, 'to')];
    if (from !== null && to !== null && from > to)
      return `Row ${position + 1} goes from ${from} % down to ${to} %.`;
    const start = from ?? to;
    if (reached !== null && start !== null && start < reached)
      return `Row ${position + 1} begins at ${start} %, below the ${reached} % where the step before ends.`;
    if (end !== null && from !== null && from > end)
      return `Row ${position + 1} begins at ${from} %, above the ${end} % where the step before ends: nothing stands between.`;
    end = to;
    reached = to ?? from ?? reached;
  }
  return undefined;
}

const numberIn = (row: Row, column: string): number | null => {
  const value = row[column];
  return typeof value === 'number' ? value : null;
};

function consequenceFault(rows: readonly Row[]): string | undefined {
  if (rows.length === 0) return undefined;
  for (const bearer of bearers) {
    const own = rowsFor(rows, bearer);
    if (own.length === 0) return `There is no step for ${names[bearer]}.`;
  }
  const groups = Map.groupBy(rows, (row) => cellText(row, 'bearer') ?? 'all');
  for (const group of groups.values()) {
    const twice = stepFault(group);
    if (twice) return groups.size === 1 ? twice : `${twice.slice(0, -1)}, among the rows of one bearer.`;
  }
  return undefined;
}

function thresholdFault(rows: readonly Row[]): string | undefined {
  const seen = new Set<string>();
  for (const [position, row] of rows.entries()) {
    if (cellText(row, 'level') === null) return `Row ${position + 1} names no level.`;
    const bearer = cellText(row, 'bearer') ?? 'all';
    if (seen.has(bearer)) return `Row ${position + 1} is a second level for the same bearer.`;
    seen.add(bearer);
  }
  return undefined;
}

function transitionFault({ validFrom, transitionUntil }: Fields): string | undefined {
  if (typeof validFrom !== 'string' || typeof transitionUntil !== 'string') return undefined;
  return transitionUntil < validFrom
    ? 'This lies before the day from which the criteria are valid.'
    : undefined;
}

function matrixFault(fields: Fields, rows: readonly Row[]): string | undefined {
  const half = rows.findIndex(
    (row) => !cellText(row, 'likelihood') || !cellText(row, 'consequence') || !cellText(row, 'level'),
  );
  if (half !== -1) return `Row ${half + 1} lacks likelihood, consequence or level.`;
  const criteria = criteriaOf(fields);
  for (const bearer of bearers) {
    const { consequences, cells } = criteria.scales[bearer];
    const fault =
      overlap(cells) ??
      strange(cells, criteria.likelihoods, consequences) ??
      hole(cells, criteria.likelihoods, consequences) ??
      fall(cells, criteria.likelihoods, consequences);
    if (fault) return `${fault} For ${names[bearer]}.`;
  }
  return undefined;
}

const pairKey = (likelihood: string, consequence: string): string =>
  JSON.stringify([stepKey(likelihood), stepKey(consequence)]);
const keyOf = ({ likelihood, consequence }: Cell): string => pairKey(likelihood, consequence);
const shown = (likelihood: string, consequence: string): string => `"${likelihood}" with "${consequence}"`;

function overlap(cells: readonly Cell[]): string | undefined {
  const seen = new Map<string, Cell>();
  for (const cell of cells) {
    const before = seen.get(keyOf(cell));
    if (before)
      return `${shown(cell.likelihood, cell.consequence)} stands twice, as ${before.level} and as ${cell.level}.`;
    seen.set(keyOf(cell), cell);
  }
  return undefined;
}

function strange(
  cells: readonly Cell[],
  likelihoods: readonly string[],
  consequences: readonly string[],
): string | undefined {
  const [known, knownToo] = [new Set(likelihoods.map(stepKey)), new Set(consequences.map(stepKey))];
  for (const { likelihood, consequence } of cells) {
    if (!known.has(stepKey(likelihood))) return `"${likelihood}" is no step of likelihood.`;
    if (!knownToo.has(stepKey(consequence))) return `"${consequence}" is no step of consequence.`;
  }
  return undefined;
}

function hole(
  cells: readonly Cell[],
  likelihoods: readonly string[],
  consequences: readonly string[],
): string | undefined {
  const given = new Set(cells.map(keyOf));
  const open = likelihoods.flatMap((likelihood) =>
    consequences.filter((one) => !given.has(pairKey(likelihood, one))).map((one) => shown(likelihood, one)),
  );
  if (open.length === 0) return undefined;
  return open.length === 1
    ? `${open[0]} has no level.`
    : `${open[0]} and ${open.length - 1} more ${open.length === 2 ? 'pair has' : 'pairs have'} no level.`;
}

/** A level never falls where something gets likelier or worse: such a matrix would reward the worse case. */
function fall(
  cells: readonly Cell[],
  likelihoods: readonly string[],
  consequences: readonly string[],
): string | undefined {
  const level = new Map(cells.map((cell) => [keyOf(cell), cell.level]));
  const at = (row: number, column: number) =>
    level.get(pairKey(likelihoods[row] ?? '', consequences[column] ?? ''));
  for (const [row, likelihood] of likelihoods.entries())
    for (const [column, consequence] of consequences.entries()) {
      const here = at(row, column);
      const milder = [
        row > 0 ? at(row - 1, column) : undefined,
        column > 0 ? at(row, column - 1) : undefined,
      ];
      const above = milder.find((one) => one && here && rank(one) > rank(here));
      if (above) return `${shown(likelihood, consequence)} is ${here}, and a milder pair is ${above}.`;
    }
  return undefined;
}
