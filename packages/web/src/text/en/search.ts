/** Words of the search page and of records in the palette. */
export const search = {
  'search.title': 'Search',
  'search.input': 'Ref or words',
  'search.all': 'All results for “{text}”',
  'search.kind': 'All kinds',
  'search.results': { one: '{n} record in {kinds}', other: '{n} records in {kinds}' },
  'search.best': 'They are the best of {n} that match.',
  'search.ranked':
    'More than {n} match, and only so many are ranked: further words find what is not among them.',
  'search.none': 'No record matches “{text}”. Fewer words find more; a ref such as SYS-12 finds exactly one.',
  'search.begin': 'Find a record by its ref, such as SYS-12, or by words of its title and text.',
  'search.kinds': { one: '{n} kind', other: '{n} kinds' },
  'search.more': 'All in {plural}',
  'search.count': { one: '{n} found', other: '{n} found' },
  'search.only': 'Kind',
  'search.new': 'New {what}',
} as const;
