import { useMemo } from 'react';
import { useKinds } from '../../api/kinds.ts';

export type Levels = {
  /** The mildest first. */
  readonly all: readonly { readonly id: string; readonly label: string }[];
  readonly words: (level: string) => string;
  /** Place among all, from 1; 0 for what is no level. */
  readonly rank: (level: string) => number;
};

/** The levels of risk, their words and their places, from the kind's own options. */
export const useLevels = (): Levels => {
  const field = useKinds().byName('risk')?.fields.currentLevel;
  const all = useMemo(() => (field?.type === 'choice' ? field.options : []), [field]);
  return {
    all,
    words: (level) => all.find(({ id }) => id === level)?.label ?? level,
    rank: (level) => all.findIndex(({ id }) => id === level) + 1,
  };
};
