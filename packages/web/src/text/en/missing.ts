/** Words of the page of a record that the log knows and whose row is not there. */
export const missing = {
  'missing.title': '{ref} is missing',
  'missing.text':
    'The log knows {ref}, and its row in the database is not there. Nothing in Throughline removes one: somebody did, with the rights of the database’s owner.',
  'missing.content':
    'The log holds who did what and when, and digests, never what a record says. What it said stands in a backup.',
  'missing.known': 'What the log knows of it',
  'missing.version': 'Version {n}',
  'missing.entry': 'Entry {n}',
  'missing.waiting': 'Entry without a place yet',
  'missing.faults': 'What does not verify',
  'missing.verify': 'Look at the verification of the whole log',
} as const;
