import { useKinds } from '../../api/kinds.ts';

/** Labels of a choice, as its kind declares them; an id that it does not know stays as it is. */
export const useOptions = (kind: string, field: string) => {
  const declared = useKinds().byName(kind)?.fields[field];
  const options = declared?.type === 'choice' || declared?.type === 'choices' ? declared.options : [];
  return (id: string): string => options.find((option) => option.id === id)?.label ?? id;
};
