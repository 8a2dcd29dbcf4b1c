import { useKinds } from '../../api/kinds.ts';

export type Source = { readonly value: string; readonly label: string };

/** Where lists from outside may come from: the options of a walk's population, the register itself aside. */
export const useSources = (): readonly Source[] => {
  const field = useKinds().byName('walk')?.fields.population;
  if (field?.type !== 'choice') return [];
  return field.options.filter(({ id }) => id !== 'register').map(({ id, label }) => ({ value: id, label }));
};
