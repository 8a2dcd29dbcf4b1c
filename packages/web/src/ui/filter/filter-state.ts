export const operators = [
  'is',
  'is-not',
  'empty',
  'contains',
  'before',
  'after',
  'within',
  'gap-at',
] as const;
export type Operator = (typeof operators)[number];

/** One chip. `values` is empty for `empty`, one for text, days and numbers, several for choices. */
export type Filter = { field: string; operator: Operator; values: readonly string[] };

export type FilterField = {
  id: string;
  label: string;
  /** How a value is given. */
  input: 'choice' | 'text' | 'day' | 'number';
  operators: readonly Operator[];
  options?: readonly { value: string; label: string }[];
};

const guard = (value: string): string => value.replace(/[\\,]/g, (sign) => `\\${sign}`);

/** Values split at commas that no backslash precedes. */
const split = (text: string): string[] => {
  const values: string[] = [];
  let value = '';
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index] ?? '';
    if (sign === '\\' && index + 1 < text.length) {
      index += 1;
      value += text[index] ?? '';
    } else if (sign === ',') {
      values.push(value);
      value = '';
    } else value += sign;
  }
  return [...values, value].filter((entry) => entry !== '');
};

const isOperator = (text: string): text is Operator => operators.some((operator) => operator === text);

/** A filter as the value of its field's parameter: `live,pilot`, `is-not:live`, `before:2026-07`, `empty:`. */
export const writeFilter = ({ operator, values }: Filter): string => {
  const text = values.map(guard).join(',');
  // A value that itself begins like an operator ("is:…") carries one, so that it is read back as it was.
  const [head = '', rest] = text.split(':', 2);
  return operator === 'is' && (rest === undefined || !isOperator(head)) ? text : `${operator}:${text}`;
};

export const readFilter = (field: string, text: string): Filter => {
  const colon = text.indexOf(':');
  const head = colon === -1 ? '' : text.slice(0, colon);
  if (isOperator(head)) return { field, operator: head, values: split(text.slice(colon + 1)) };
  return { field, operator: 'is', values: split(text) };
};

/** The filters in an address, in the order of the fields. Parameters that are no field are left to the page. */
export const readFilters = (
  search: Readonly<Record<string, string>>,
  fields: readonly FilterField[],
): readonly Filter[] =>
  fields.flatMap(({ id }) => {
    const text = search[id];
    return text === undefined || text === '' ? [] : [readFilter(id, text)];
  });

/** Changes for `useSearchState` that put these filters, and no others of `fields`, into the address. */
export const writeFilters = (
  filters: readonly Filter[],
  fields: readonly FilterField[],
): Record<string, string | undefined> =>
  Object.fromEntries(
    fields.map(({ id }) => {
      const filter = filters.find((entry) => entry.field === id);
      return [id, filter === undefined ? undefined : writeFilter(filter)];
    }),
  );

/** Whether a filter says enough to be asked of the server. */
export const isComplete = (filter: Filter): boolean =>
  filter.operator === 'empty' || filter.values.length > 0;
