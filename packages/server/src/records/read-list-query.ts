import type { Actor } from '@throughline/domain/actor.ts';
import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { slotOperand } from '@throughline/domain/kinds/slots.ts';
import { isId, readMoment } from '@throughline/domain/kinds/values.ts';
import { namesUnit } from '@throughline/domain/organisation-structure.ts';
import { type OwnScope, ownScopes } from '@throughline/domain/permissions.ts';
import { type RatedFilter, readRated } from '@throughline/domain/risk/rated-filter.ts';
import { text } from '@throughline/domain/text.ts';
import { stationRules } from '@throughline/domain/trace/stations/all.ts';
import { readValues } from '@throughline/domain/value-list.ts';
import { type Cursor, type Filter, type ListQuery, slotColumn, sortsOf } from '../store/list-query.ts';
import { operandProblem } from './filter-operands.ts';

const operators: ReadonlyMap<string, AskedFilter['operator']> = new Map<string, AskedFilter['operator']>([
  ['within', 'within'],
  ['not', 'not'],
  ['contains', 'contains'],
  ['before', 'before'],
  ['after', 'after'],
]);
const plain = new Set([
  'q',
  'sort',
  'limit',
  'cursor',
  'from',
  'cols',
  'archived',
  'system',
  'linked',
  'gap',
  'rated',
  'mine',
  'asOf',
  'format',
  'view',
]);

/** With any gap, with none, or with one at a station. */
const gaps = ['any', 'none', ...Object.keys(stationRules)];

/** What a register is asked for before its refs are looked up: records stand as the client named them, by ref or id. */
export type AskedQuery = Omit<ListQuery, 'system' | 'linked' | 'filters'> & {
  readonly filters: readonly AskedFilter[];
  readonly system: NamedHere | null;
  readonly linked: NamedHere | null;
};
/** `within`: of a unit, or of one below it, as units stand today. */
export type AskedFilter = Omit<Filter, 'operator'> & { readonly operator: Filter['operator'] | 'within' };
type NamedHere = { readonly ref: string };

/** What a register is asked for, and as of when; `null` is now. */
export type AskedList = { readonly query: AskedQuery; readonly asOf: Date | null };

/** Reads the query of a register's URL. Throws `unprocessable` with one item per parameter. */
export function readListQuery(kind: Kind, query: Readonly<Record<string, string>>, actor: Actor): AskedList {
  const problems: ErrorItem[] = [];
  const filters: AskedFilter[] = [];
  for (const [name, value] of Object.entries(query)) {
    const clean = text(value, 2000);
    if ('problem' in clean) problems.push({ at: name, message: clean.problem });
    else if (!plain.has(name)) readFilter(kind, name, value, actor, filters, problems);
  }
  const sort = readSort(kind, query.sort, problems);
  const result: AskedQuery = {
    kind,
    words: query.q?.trim() ? query.q : null,
    filters,
    sort,
    limit: readLimit(query.limit, problems),
    cursor: readCursor(query.cursor, problems) ?? readFrom(kind, sort, query.from, problems),
    archived: readArchived(query.archived, problems),
    system: query.system === undefined ? null : { ref: query.system },
    linked: query.linked === undefined ? null : { ref: query.linked },
    mine: readMine(query.mine, actor, problems),
    gap: query.gap ?? null,
    ...readRatedSo(kind, query.rated, problems),
    index: null,
    changed: null,
  };
  const asOf = readAsOf(query.asOf, result, problems);
  if (result.cursor && !isKeyOf(result.sort.by, result.cursor.key)) {
    problems.push({ at: 'cursor', message: 'The cursor belongs to another order.' });
  }
  if (result.gap !== null && kind.name !== 'system')
    problems.push({ at: 'gap', message: 'Only systems have a line.' });
  else if (result.gap !== null && !gaps.includes(result.gap))
    problems.push({ at: 'gap', message: `One of: ${gaps.join(', ')}.` });
  if (problems.length > 0) throw unprocessable(problems);
  return { query: result, asOf };
}

/** The same for what changes or draws the rows that match: only those of now can be. */
export function readPresentQuery(
  kind: Kind,
  query: Readonly<Record<string, string>>,
  actor: Actor,
): AskedQuery {
  const asked = readListQuery(kind, query, actor);
  if (asked.asOf !== null)
    throw unprocessable([
      { at: 'asOf', message: 'This works on the rows of now, never on those of a time.' },
    ]);
  return asked.query;
}

/** `rated=current:individuals:high`, of risks alone. */
function readRatedSo(
  kind: Kind,
  value: string | undefined,
  problems: ErrorItem[],
): { readonly rated?: RatedFilter } {
  if (value === undefined) return {};
  const read = kind.name === 'risk' ? readRated(value) : { problem: 'Only risks are rated.' };
  if (!('problem' in read)) return { rated: read };
  problems.push({ at: 'rated', message: read.problem });
  return {};
}

/** `mine=true`: what the caller, or whom they stand in for, owns, has on a system of theirs, or was given to do. */
function readMine(value: string | undefined, actor: Actor, problems: ErrorItem[]): OwnScope[] | null {
  if (value === undefined) return null;
  if (value !== 'true') problems.push({ at: 'mine', message: 'true, or left out.' });
  return ownScopes(actor);
}

/** What is not kept for a past moment is refused by name: an answer would be about another moment. */
function readAsOf(value: string | undefined, query: AskedQuery, problems: ErrorItem[]): Date | null {
  if (value === undefined) return null;
  const read = readMoment(value);
  if ('problem' in read) {
    problems.push({ at: 'asOf', message: read.problem });
    return null;
  }
  if (query.words !== null)
    problems.push({
      at: 'q',
      message: 'Words are found in records as they are now. With asOf, filter by a part.',
    });
  const line = 'Registers keep the lines of now. With asOf, the trace of a system says how its line stood.';
  if (query.mine) problems.push({ at: 'mine', message: 'Who answers for a record is kept as of now alone.' });
  if (query.gap !== null) problems.push({ at: 'gap', message: line });
  if (query.sort.by === 'gaps') problems.push({ at: 'sort', message: line });
  return new Date(String(read.value));
}

const moment = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/;
const mostRef = 2 ** 31 - 1;

/** Whether a page in this order could have ended at this key: a number for refs and gaps, a moment, else a slot's text. */
function isKeyOf(by: string, key: Cursor['key']): boolean {
  if (by === 'ref' || by === 'gaps')
    return typeof key === 'number' && Number.isInteger(key) && key >= 0 && key <= mostRef;
  if (typeof key !== 'string') return false;
  if (by !== 'updated') return !('problem' in text(key, 2000));
  return moment.test(key) && !Number.isNaN(Date.parse(key));
}

const [before, behind] = ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

/**
 * The place in the order where the rows begin that are asked for from a value on (`from=M`), as the cursor of a page
 * that ended right before it: a ref, a day, a number, or the beginning of a text.
 */
function readFrom(
  kind: Kind,
  { by, descending }: ListQuery['sort'],
  value: string | undefined,
  problems: ErrorItem[],
): Cursor | null {
  if (value === undefined) return null;
  const at = (key: Cursor['key']): Cursor => ({ key, id: descending ? behind : before });
  const wrong = (message: string): null => {
    problems.push({ at: 'from', message });
    return null;
  };
  if (by === 'ref' || by === 'gaps') {
    const number = Number(value.trim().replace(/^[a-z]+-/i, ''));
    return isKeyOf(by, number) ? at(number) : wrong('A ref such as SYS-42, or a whole number.');
  }
  if (by === 'updated') {
    const key = `${value}T${descending ? '23:59:59.999999' : '00:00:00.000000'}Z`;
    return isKeyOf(by, key) ? at(key) : wrong('A day such as 2026-01-31.');
  }
  const key = slotOperand(kind, by, value);
  // Going down, what begins with the text comes before the text itself.
  return at(descending ? `${key}\uffff` : key);
}

function readFilter(
  kind: Kind,
  name: string,
  value: string,
  actor: Actor,
  filters: AskedFilter[],
  problems: ErrorItem[],
): void {
  const [part = '', suffix] = name.split('.', 2);
  if (!slotColumn(kind, part)) {
    problems.push({
      at: name,
      message: `${kind.plural} are not filtered by "${part.slice(0, 40)}". They are by: ${kind.index.join(', ')}.`,
    });
    return;
  }
  // Only `is`, `not` and `within` take alternatives; the others take what stands there, commas and quotation marks too.
  const several = suffix === undefined || suffix === 'not' || suffix === 'within';
  const read = several ? readValues(value) : { values: [value] };
  if ('problem' in read) {
    problems.push({ at: name, message: read.problem });
    return;
  }
  const me = actor.type === 'person' ? actor.member : '';
  const values = read.values.map((item) => (item === 'me' ? me : item));
  const operator = suffix === undefined ? 'is' : operators.get(suffix);
  if (suffix === 'empty') {
    if (value === 'true' || value === 'false')
      filters.push({ part, operator: value === 'true' ? 'empty' : 'filled', values: [] });
    else problems.push({ at: name, message: 'true or false.' });
  } else if (operator === undefined) {
    problems.push({
      at: name,
      message: 'Operators are: not, contains, before, after, empty; of units also within.',
    });
  } else if (operator === 'within' && !namesUnit(kind.name, part)) {
    problems.push({ at: name, message: 'Only units have others below them.' });
  } else {
    const filter: AskedFilter = { part, operator, values };
    const wrong = values.map((item) => operandProblem(kind, filter, item)).find((found) => found !== null);
    if (wrong) problems.push({ at: name, message: wrong });
    else filters.push(filter);
  }
}

function readSort(kind: Kind, sort: string | undefined, problems: ErrorItem[]): ListQuery['sort'] {
  const [first = 'ref', second, ...more] = (sort || 'ref').split(',');
  const by = first.replace(/^-/, '');
  const known = sortsOf(kind);
  if (!known.includes(by))
    problems.push({ at: 'sort', message: `${kind.plural} are sorted by one of: ${known.join(', ')}.` });
  if (more.length > 0 || (second !== undefined && second !== 'ref')) {
    problems.push({ at: 'sort', message: 'One key, and "ref" as the second at most.' });
  }
  return { by: known.includes(by) ? by : 'ref', descending: first.startsWith('-') };
}

function readLimit(limit: string | undefined, problems: ErrorItem[]): number {
  if (limit === undefined) return 100;
  const value = Number(limit);
  if (Number.isInteger(value) && value >= 1 && value <= 500) return value;
  problems.push({ at: 'limit', message: 'A whole number from 1 to 500.' });
  return 100;
}

function readArchived(archived: string | undefined, problems: ErrorItem[]): ListQuery['archived'] {
  if (archived === undefined || archived === 'false') return 'no';
  if (archived === 'true') return 'only';
  if (archived === 'any') return 'any';
  problems.push({ at: 'archived', message: 'true, false or any.' });
  return 'no';
}

/** A cursor as the wire carries it. */
export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.key, cursor.id])).toString('base64url');
}

function readCursor(cursor: string | undefined, problems: ErrorItem[]): Cursor | null {
  if (cursor === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [key, id, ...more]: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
    if (isId(id) && more.length === 0) {
      if (typeof key === 'string' || typeof key === 'number' || key === null) return { key, id };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  problems.push({ at: 'cursor', message: 'This is not a cursor that a page gave. Begin again without it.' });
  return null;
}
