/** Words of the filter chips (UX d). */
export const filter = {
  'filter.add': 'Add filter',
  'filter.apply': 'Apply',
  'filter.or': 'or',
  'filter.is': 'is',
  'filter.within': 'is, or is below',
  'filter.not': 'is not',
  'filter.empty': 'is empty',
  'filter.filled': 'is not empty',
  'filter.contains': 'contains',
  'filter.before': 'before',
  'filter.after': 'after',
} as const;
