import { createStore } from '../../ui/store.ts';

/** The rows of the list a person came from: Alt and an arrow go to the next of them (UX d). */
const trail = createStore<{ collection: string; refs: readonly string[] }>({ collection: '', refs: [] });

export const rememberRows = (collection: string, rows: readonly { ref: string }[]): void => {
  if (rows.length > 0) trail.set({ collection, refs: rows.map((row) => row.ref) });
};

/** The record before or after this one in that list; undefined at its ends or where it is not among them. */
export const neighbour = (collection: string, ref: string, by: 1 | -1): string | undefined => {
  const { collection: of, refs } = trail.get();
  const at = of === collection ? refs.indexOf(ref) : -1;
  return at === -1 ? undefined : refs[at + by];
};
