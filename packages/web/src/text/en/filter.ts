/** Words of the filter chips (UX d). */
export const filter = {
  'filter.add': 'Add filter',
  'filter.apply': 'Apply',
  'filter.or': 'or',
  'filter.is': 'is',
  'filter.is-not': 'is not',
  'filter.empty': 'is empty',
  'filter.contains': 'contains',
  'filter.before': 'before',
  'filter.after': 'after',
  'filter.within': 'within',
  'filter.gap-at': 'has a gap at',
} as const;
