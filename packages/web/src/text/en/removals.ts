/** Words of what is due for removal. */
export const removals = {
  'removals.title': 'Due for removal',
  'removals.sentence':
    'Records whose time to be kept is over. Nothing goes by itself: archive a record, then an administrator erases it.',
  'removals.none':
    'Nothing is due for removal. Evidence, documents, impact assessments and regulatory files that say “Kept until at least” stand here once that day is over.',
  'removals.record': 'Record',
  'removals.until': 'Kept until',
  'removals.next': 'What comes next',
  'removals.held': 'Held back: {hold}',
  'removals.archive': 'Archive it on its page first.',
  'removals.erase': 'Erase',
  'removals.erase-of': 'Erase {ref}',
  'removals.more': 'There are more, which come once these are gone.',
} as const;
