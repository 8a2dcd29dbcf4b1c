/** Words of saved views. */
export const views = {
  'views.label': 'Views',
  'views.all': 'All',
  'views.save-as': '+ Save as view',
  'views.save-as-title': 'Save as view',
  'views.save-changed': 'Save',
  'views.save-new': 'Save as new',
  'views.reset': 'Reset',
  'views.more': 'This view',
  'views.rename': 'Name and sharing',
  'views.remove': 'Remove this view',
  'views.not-yours': 'Another person keeps this view.',
  'views.save': 'Save view',
  'views.cancel': 'Not now',
  'views.name': 'Name',
  'views.name-needed': 'A view needs a name.',
  'views.shared': 'Everyone in the organisation sees it',
} as const;
