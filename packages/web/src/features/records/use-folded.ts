import { useState } from 'react';

export type Folded = {
  keys: ReadonlySet<string>;
  fold: (key: string, folded: boolean) => void;
  foldAll: (keys: readonly string[]) => void;
};

const none: ReadonlySet<string> = new Set();

/** Which groups of a register are folded; another grouping begins with all of them open. */
export const useFolded = (group: string | undefined): Folded => {
  const [kept, setKept] = useState({ group, keys: none });
  const keys = kept.group === group ? kept.keys : none;
  const put = (next: ReadonlySet<string>): void => setKept({ group, keys: next });
  return {
    keys,
    fold: (key, folded) => {
      const next = new Set(keys);
      if (folded) next.add(key);
      else next.delete(key);
      put(next);
    },
    foldAll: (all) => put(new Set(all)),
  };
};
