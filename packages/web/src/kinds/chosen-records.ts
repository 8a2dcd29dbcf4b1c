/** Records that a list hands on to a page: those that were ticked, or all that its filter finds. */
export type ChosenRecords =
  | { readonly refs: readonly string[] }
  | { readonly filter: Readonly<Record<string, string>> };

/** The address of a page for them. */
export const chosenHref = (path: string, chosen: ChosenRecords): string => {
  const params =
    'refs' in chosen
      ? new URLSearchParams({ refs: chosen.refs.join(',') })
      : new URLSearchParams({ ...chosen.filter, all: 'yes' });
  return `${path}?${params}`;
};

/** Which records the address means; `null` where it names none. */
export const chosenIn = (search: Readonly<Record<string, unknown>>): ChosenRecords | null => {
  const { refs, all, ...rest } = search;
  if (typeof refs === 'string' && refs !== '') return { refs: refs.split(',') };
  if (all === undefined) return null;
  return { filter: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])) };
};
