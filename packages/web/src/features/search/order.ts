import type { SearchGroup } from '../../api/records.ts';

const plain = (text: string): string => text.trim().toLowerCase();

/** Groups as the server ordered them, but the record whose ref was typed stands first, and its group with it. */
export const exactFirst = (groups: readonly SearchGroup[], query: string): readonly SearchGroup[] => {
  const wanted = plain(query);
  const ranked = groups.map((group) => ({
    ...group,
    items: [...group.items].sort((a, b) => Number(plain(b.ref) === wanted) - Number(plain(a.ref) === wanted)),
  }));
  const has = (group: SearchGroup): boolean => group.items.some((item) => plain(item.ref) === wanted);
  return [...ranked.filter(has), ...ranked.filter((group) => !has(group))];
};
