/** Words of going on in another organisation. */
export const switching = {
  'switch.organisations': 'Organisations',
  'switch.failed': 'You are still in {name}: the server did not let you go on in the other organisation.',
  'switch.other-title': 'You went on in another organisation',
  'switch.other-text':
    'This page is of {name}. In another tab you went on elsewhere, so this page can read and keep nothing. What you typed is still here to copy.',
  'switch.back': 'Back to {name}',
  'switch.go-on': 'Open the other one',
} as const;
