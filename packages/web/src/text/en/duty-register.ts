/** Words of what follows from a class and the register of obligations; they come with the interview's page. */
export const dutyRegister = {
  'classification.register': 'In the register of obligations',
  'classification.register.article': 'Provision',
  'classification.register.title': 'Obligation',
  'classification.register.day': 'Day',
  'classification.register.record': 'Record',
  'classification.register.adds': 'applies from {day}, not in the register',
  'classification.register.stands': 'applies from {day}',
  'classification.register.moves': 'moves from {before} to {day}',
  'classification.register.none': 'No obligation with a day follows.',
  'classification.register.missing': {
    one: '{n} obligation is not in the register yet.',
    other: '{n} obligations are not in the register yet.',
  },
  'classification.register.moving': {
    one: '{n} stands there with another day.',
    other: '{n} stand there with another day.',
  },
  'classification.register.whole': {
    one: 'The obligation that follows is in the register.',
    other: 'All {n} obligations that follow are in the register.',
  },
  'classification.register.write': {
    one: 'Write {n} obligation into the register',
    other: 'Write {n} obligations into the register',
  },
  'classification.register.written': 'The register is up to date',
  'classification.register.because': 'Follows from {ref}',
  'classification.register.fell': {
    one: '{n} obligation in the register follows from no signed-off outcome any more',
    other: '{n} obligations in the register follow from no signed-off outcome any more',
  },
  'classification.register.fell-help': 'End each where nothing else asks for it, with its last day.',
} as const;
