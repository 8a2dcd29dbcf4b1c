import { stationIds } from '@throughline/catalogue/vocabulary.ts';
import type { Field } from '@throughline/domain/kinds/fields.ts';
import { namesUnit } from '@throughline/domain/organisation-structure.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import type { Catalogues } from '../../api/catalogue.ts';
import type { Names } from '../../api/members.ts';
import { catalogueChoices } from '../../kinds/catalogue-words.ts';
import { type Choice, choicesOf, partLabel, titleLabel } from '../../kinds/parts.ts';
import { stationName, stationOrder } from '../../kinds/stations.ts';
import { t } from '../../text/t.ts';
import { type Filter, type FilterField, readFilters, writeFilter } from '../../ui/filter/filter-state.ts';
import type { SearchState } from '../../ui/navigate.ts';

/** How a value of each type of field is given, and what may be asked of it. */
const inputs: Readonly<Record<Field['type'], Pick<FilterField, 'input' | 'operators'>>> = {
  line: { input: 'text', operators: ['is', 'contains', 'not', 'empty', 'filled'] },
  text: { input: 'text', operators: ['contains', 'empty', 'filled'] },
  url: { input: 'text', operators: ['contains', 'is', 'empty', 'filled'] },
  choice: { input: 'choice', operators: ['is', 'not', 'empty', 'filled'] },
  choices: { input: 'choice', operators: ['is', 'not', 'empty', 'filled'] },
  answer: { input: 'choice', operators: ['is', 'not', 'empty', 'filled'] },
  day: { input: 'day', operators: ['before', 'after', 'empty', 'filled'] },
  moment: { input: 'day', operators: ['before', 'after', 'empty', 'filled'] },
  number: { input: 'number', operators: ['is', 'before', 'after', 'empty', 'filled'] },
  member: { input: 'choice', operators: ['is', 'not', 'empty', 'filled'] },
  list: { input: 'text', operators: ['contains', 'empty', 'filled'] },
  catalogue: { input: 'choice', operators: ['is', 'not', 'empty', 'filled'] },
  file: { input: 'text', operators: ['empty', 'filled'] },
  rows: { input: 'text', operators: ['empty', 'filled'] },
};

const stateOptions = (kind: KindWire) =>
  Object.entries(kind.states).map(([value, state]) => ({ value, label: state.label }));

const memberOptions = (names: Names) => [
  { value: 'me', label: t('register.me') },
  ...Object.entries(names).map(([value, label]) => ({ value, label })),
];

const gapField = (): FilterField => ({
  id: 'gap',
  label: t('register.line'),
  input: 'choice',
  operators: ['is'],
  words: { is: t('register.line.has') },
  options: [
    { value: 'any', label: t('register.gap.any') },
    { value: 'none', label: t('register.gap.none') },
    ...stationIds.map((id) => ({
      value: id,
      label: t('register.gap.at', { n: stationOrder(id), station: stationName(id) }),
    })),
  ],
});

const archivedField = (): FilterField => ({
  id: 'archived',
  label: t('register.archived'),
  input: 'choice',
  operators: ['is'],
  options: [
    { value: 'true', label: t('register.archived.only') },
    { value: 'any', label: t('register.archived.any') },
  ],
});

const optionsOf = (field: Field, names: Names, catalogues: Catalogues): readonly Choice[] => {
  if (field.type === 'member') return memberOptions(names);
  return field.type === 'catalogue' ? catalogueChoices(catalogues[field.of] ?? [], []) : choicesOf(field);
};

const indexed = (
  kind: KindWire,
  part: string,
  names: Names,
  catalogues: Catalogues,
): readonly FilterField[] => {
  const label = partLabel(kind, part);
  if (part === 'title')
    return [{ id: part, label: titleLabel(kind), input: 'text', operators: ['contains', 'is', 'not'] }];
  if (part === 'state')
    return [{ id: part, label, input: 'choice', operators: ['is', 'not'], options: stateOptions(kind) }];
  const field = kind.fields[part === 'owner' ? (kind.owner ?? part) : part];
  // A single relation is filtered by id: it comes by an address and is not offered in a menu of unknown ids.
  if (field === undefined) return [];
  const options = optionsOf(field, names, catalogues);
  const { input, operators } = inputs[field.type];
  // Below a unit others may stand: systems of all of them are asked for at once.
  const asked: FilterField['operators'] = namesUnit(kind.name, part)
    ? ['is', 'within', ...operators.slice(1)]
    : operators;
  return [
    { id: part, label: field.label, input, operators: asked, ...(options.length > 0 ? { options } : {}) },
  ];
};

/** What a register can be filtered by: the declaration's index, and the line for systems. */
export const filterFieldsOf = (
  kind: KindWire,
  names: Names,
  catalogues: Catalogues = {},
): readonly FilterField[] => [
  ...kind.index.flatMap((part) => indexed(kind, part, names, catalogues)),
  ...(kind.name === 'system' ? [gapField()] : []),
  archivedField(),
];

/** How risks are rated, as the matrix writes it into an address: its parts in the order in which they stand there. */
export const ratedWords = (rated: string): string =>
  rated.split(':').filter(Boolean).map(plainPart).join(', ');

const plainPart = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
};

/** The line and the archive take one value: what was ticked last stands. */
const single = new Set(['gap', 'archived']);
export const settleFilters = (filters: readonly Filter[]): readonly Filter[] =>
  filters.map((filter) =>
    single.has(filter.field) ? { ...filter, values: filter.values.slice(-1) } : filter,
  );

/** Parameters that narrow the rows without a chip of their own. */
const narrowing = ['system', 'linked', 'rated', 'q'] as const;

/** Everything in an address that says which rows are meant, as the API takes it. Sort, columns and view are not among it. */
export const apiFilters = (
  search: SearchState,
  fields: readonly FilterField[],
): Readonly<Record<string, string>> => {
  const query = Object.fromEntries(readFilters(search, fields).map(writeFilter));
  for (const name of narrowing) {
    const value = search[name];
    if (value !== undefined && value !== '') query[name] = value;
  }
  return query;
};

/** Columns and orders by the line: lines are kept as they stand now. */
const ofLine = new Set(['line', 'gaps']);

/** What an address asks of an earlier moment: without words, lines and gaps, which are those of now. */
export const pastSearch = (search: SearchState): SearchState => {
  if (search.asOf === undefined) return search;
  const { q: _words, gap: _gap, sort, ...rest } = search;
  return sort === undefined || ofLine.has(sort.replace(/^-/, '')) ? rest : { ...rest, sort };
};
export const pastColumns = (columns: readonly string[]): readonly string[] =>
  columns.filter((id) => !ofLine.has(id));

/** The kind as it is on the page of an earlier moment: nothing of it can be changed, and why. */
export const pastKind = (kind: KindWire): KindWire => {
  const refused = { allowed: false, reason: t('register.as-of-locked'), who: [] } as const;
  return {
    ...kind,
    abilities: Object.fromEntries(Object.keys(kind.abilities).map((act) => [act, refused])),
  };
};

export type SortKey = { key: string; descending: boolean };

/** The order of an address: one key, since the API keeps to one and the ref after it. */
export const readSort = (text: string | undefined): readonly SortKey[] => {
  const first = (text ?? '').split(',')[0] ?? '';
  return first === '' ? [] : [{ key: first.replace(/^-/, ''), descending: first.startsWith('-') }];
};

/** The order after a click on a heading: one way, the other, as it was. Gaps begin with the most. */
export const nextSort = (now: readonly SortKey[], key: string): string | undefined => {
  const current = now.find((entry) => entry.key === key);
  const firstDescending = key === 'gaps' || key === 'updated';
  if (current === undefined) return firstDescending ? `-${key}` : key;
  if (current.descending === firstDescending) return firstDescending ? key : `-${key}`;
  return undefined;
};

/** What belongs to a moment and not to a view. */
const passing = new Set(['view', 'peek', 'from', 'at', 'asOf']);

/** Everything of an address that a saved view keeps, in an order that does not depend on how it came about. */
export const viewQuery = (search: SearchState): string =>
  new URLSearchParams(
    Object.entries(search)
      .filter(([name, value]) => !passing.has(name) && value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
    .toString()
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':');
