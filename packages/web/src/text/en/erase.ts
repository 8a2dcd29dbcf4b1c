/** Words of erasing content and names (UX f 18): what goes for good, and what can still be proven. */
export const erase = {
  'erase.menu': 'Erase the content of {ref}',
  'erase.title': 'Erase the content of {ref}?',
  'erase.do': 'Erase {ref} for good',
  'erase.done': 'What {ref} said is erased.',
  'erase.gone': 'Gone for good, and nobody brings it back',
  'erase.gone.content': {
    one: 'What its {n} version says: title, fields and links.',
    other: 'What its {n} versions say: title, fields and links.',
  },
  'erase.gone.words':
    'The text of its comments, the reasons of its changes, and the rows of files that it came from.',
  'erase.gone.files':
    'Files that no other record names. Backups made before keep everything until they are gone.',
  'erase.stays': 'Stays, and can still be proven',
  'erase.stays.versions': 'That {ref} was there, and who changed it when: its versions, states and digests.',
  'erase.stays.approvals': 'Who approved which version, with the reason that they gave.',
  'erase.stays.log':
    'Every entry of the log, and that you erased it, when and why. The log goes on verifying.',
  'erase.reason': 'Reason',
  'erase.reason.person-asked': 'The person whom it is about asked for it',
  'erase.reason.law': 'A law or an authority asks for it',
  'erase.reason.retention': 'It is kept longer than it may be',
  'erase.reason.mistake': 'It was entered by mistake',
  'erase.reason-needed': 'Say why it is erased.',
  'erase.word-needed': 'Type {word} to go on.',
  'erase.type': 'Type {word}',
  'erase.bar': 'What this record said was erased. Its versions, approvals and entries stay, and verify.',
  'erase.name-open': 'Erase the name',
  'erase.name-title': 'Erase the name of {name}?',
  'erase.name-do': 'Erase the name for good',
  'erase.name-done': 'The name is erased.',
  'erase.gone.name':
    'The name, their settings of the pages, and the tie between what they did and their login.',
  'erase.gone.address': 'The addresses that they were invited at here.',
  'erase.stays.acts': 'What they did and when, under a number that names nobody. The log goes on verifying.',
  'erase.stays.texts':
    'Where others wrote the name into a record or a comment, it stays there: erase those records too.',
  'erase.stays.login':
    'Their login belongs to the whole installation. It stays while they are a member of another organisation, and opens nothing here; with the last membership it goes too.',
} as const;
