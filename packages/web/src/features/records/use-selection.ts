import { useMemo, useState } from 'react';

export type Selection = {
  /** Rows that are ticked, of those that are loaded. */
  ids: ReadonlySet<string>;
  /** Everything that the filters find is meant, loaded or not. */
  everything: boolean;
  select: (ids: ReadonlySet<string>) => void;
  selectEverything: () => void;
  clear: () => void;
};

const none: ReadonlySet<string> = new Set();

/**
 * The rows that are chosen. Everything that matches stays chosen while more of it is loaded; ticking or clearing a row
 * then means those rows again. Other filters begin with nothing chosen.
 */
export const useSelection = (rows: readonly { id: string }[], filters: string): Selection => {
  const [kept, setKept] = useState({ filters, ids: none, everything: false });
  const holds = kept.filters === filters;
  const everything = holds && kept.everything;
  const loaded = useMemo(() => new Set(rows.map((row) => row.id)), [rows]);
  const put = (ids: ReadonlySet<string>, all: boolean): void => setKept({ filters, ids, everything: all });
  return {
    ids: everything ? loaded : holds ? kept.ids : none,
    everything,
    select: (ids) => put(ids, false),
    selectEverything: () => put(none, true),
    clear: () => put(none, false),
  };
};
