/** A saved view of a register: its address without the collection. `yours` is false for one that another shared. */
export type SavedView = {
  id: string;
  collection: string;
  name: string;
  query: string;
  shared: boolean;
  yours?: boolean;
};

/** The address of a view: its own query, and which view it is, so that a change of it is noticed. */
export const viewHref = (collection: string, view: Pick<SavedView, 'id' | 'query'>): string => {
  const query = view.query === '' ? '' : `${view.query}&`;
  return `/${collection}?${query}view=${encodeURIComponent(view.id)}`;
};

export const currentView = (views: readonly SavedView[], id: string | undefined): SavedView | undefined =>
  id === undefined ? undefined : views.find((view) => view.id === id);
