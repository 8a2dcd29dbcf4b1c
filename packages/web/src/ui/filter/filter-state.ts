import { readValues, writeValues } from '@throughline/domain/value-list.ts';

export const operators = ['is', 'within', 'not', 'empty', 'filled', 'contains', 'before', 'after'] as const;
export type Operator = (typeof operators)[number];

/** One chip. `values` is empty for `empty` and `filled`, one for a day or a number, several for choices. */
export type Filter = { field: string; operator: Operator; values: readonly string[] };

export type FilterField = {
  id: string;
  label: string;
  /** How a value is given. */
  input: 'choice' | 'text' | 'day' | 'number';
  operators: readonly Operator[];
  /** Other words for an operator: "has" in "Line has a gap at 6 impact". */
  words?: Partial<Readonly<Record<Operator, string>>>;
  options?: readonly { value: string; label: string }[];
};

export const asksValue = (operator: Operator): boolean => operator !== 'empty' && operator !== 'filled';

/** Whether a filter says enough to be asked of the server. */
export const isComplete = (filter: Filter): boolean =>
  !asksValue(filter.operator) || filter.values.length > 0;

const severalValues = (operator: Operator): boolean =>
  operator === 'is' || operator === 'not' || operator === 'within';

const parameterOf = (field: string, operator: Operator): string => {
  if (operator === 'is') return field;
  return operator === 'filled' ? `${field}.empty` : `${field}.${operator}`;
};

/**
 * A filter as one parameter of the address, in the grammar of the server's lists, so that a page passes it on unread:
 * `stage=live,pilot`, `stage.not=retired`, `title.contains=claims`, `startedOn.before=2026-07`, `owner.empty=true`. Values of `is`, `not` and `within` that hold a comma stand in quotation marks: `unit="Claims, motor",Health`.
 */
export const writeFilter = ({ field, operator, values }: Filter): [name: string, value: string] => {
  const name = parameterOf(field, operator);
  if (severalValues(operator)) return [name, writeValues(values)];
  if (asksValue(operator)) return [name, values[0] ?? ''];
  return [name, operator === 'empty' ? 'true' : 'false'];
};

/** Quotation marks that do not close were typed by hand: they are taken as the value itself. */
const alternatives = (text: string): readonly string[] => {
  const read = readValues(text);
  return 'problem' in read ? [text] : read.values.filter((value) => value !== '');
};

const readOne = (field: string, operator: Operator, text: string | undefined): Filter | null => {
  if (text === undefined || text === '') return null;
  if (operator === 'empty' || operator === 'filled') {
    return (text === 'false') === (operator === 'filled') ? { field, operator, values: [] } : null;
  }
  const values = severalValues(operator) ? alternatives(text) : [text];
  return values.length === 0 ? null : { field, operator, values };
};

/** The filters in an address, in the order of the fields, one a field. Parameters that are no field are left to the page. */
export const readFilters = (
  search: Readonly<Record<string, string>>,
  fields: readonly FilterField[],
): readonly Filter[] =>
  fields.flatMap(({ id }) => {
    for (const operator of operators) {
      const filter = readOne(id, operator, search[parameterOf(id, operator)]);
      if (filter !== null) return [filter];
    }
    return [];
  });

/** Changes for `useSearchState` that put these filters, and no others of `fields`, into the address. */
export const writeFilters = (
  filters: readonly Filter[],
  fields: readonly FilterField[],
): Record<string, string | undefined> => {
  const names = fields.flatMap(({ id }) => operators.map((operator) => parameterOf(id, operator)));
  const cleared: Record<string, string | undefined> = Object.fromEntries(
    names.map((name) => [name, undefined]),
  );
  for (const filter of filters.filter(isComplete)) {
    const [name, value] = writeFilter(filter);
    cleared[name] = value;
  }
  return cleared;
};
