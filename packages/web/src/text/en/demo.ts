/** Words of the demo organisation: its tag, what it counts in, loading and removing it. */
export const demo = {
  'demo.tag': 'demo',
  'demo.includes': { one: 'Includes {n} demo system.', other: 'Includes {n} demo systems.' },
  'demo.answers':
    'Demo documents answer for the whole organisation, your own systems too, until the demo is removed.',
  'demo.title': 'Demo organisation',
  'demo.sentence': 'Something to look at before your own register is filled. It comes and goes in one place.',
  'demo.refused': 'Your roles do not allow this. Administrator or AIMS manager could.',
  'demo.no-room':
    'This organisation has records of its own, and documents of the demo would answer for them. Load the demo into an installation of its own: a server with another data directory (DATA_DIR).',
  'demo.offered':
    'An invented insurer with twelve systems, their risks, evidence and gaps. Its records and people are marked as demo.',
  'demo.counts':
    'While it is here its systems and documents count like others. Each page that counts says how many are demo.',
  'demo.load': 'Load the demo organisation',
  'demo.loaded': {
    one: 'It is loaded: {n} record and {systems} demo systems.',
    other: 'It is loaded: {n} records and {systems} demo systems.',
  },
  'demo.partly': 'It was loaded in part. Loading it again goes on where it stopped.',
  'demo.remove': 'Remove the demo organisation',
  'demo.remove-text':
    'Its records are archived and its people can no longer be chosen. Versions, files and log entries stay. Records of your own stay as they are.',
  'demo.removing': 'The demo organisation is being removed.',
  'demo.keep': 'Keep it',
  'demo.example': 'See a demo example',
  'demo.example-load': 'Load a demo example',
} as const;
