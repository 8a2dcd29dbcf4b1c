/** Words of the page on classification rules. They come with that page: the first page carries none of them. */
export const rules = {
  'rules.title': 'Classification rules',
  'rules.follows':
    'Interviews follow rule set {version}, as this release brings it. The next release may bring another.',
  'rules.adopted': 'Interviews follow rule set {version}, adopted by {who} on {when}.',
  'rules.adopted-by-two':
    'Interviews follow rule set {version}, proposed by {who} and confirmed by {second} on {when}.',
  'rules.somebody': 'a former member',
  'rules.release-other': 'This release brings rule set {version}, which is not adopted.',
  'rules.compare-title': 'What other rules would change',
  'rules.compare-help':
    'Every stored result is held against the other rules with the answers that were given. Nothing changes by looking.',
  'rules.of-release': 'Rule set {version} of this release',
  'rules.of-file': 'Rules in {name}',
  'rules.file': 'Take a file',
  'rules.take-release': 'Take {version} again',
  'rules.compare': 'Compare stored results',
  'rules.compared': { one: '{n} stored result would change', other: '{n} stored results would change' },
  'rules.nothing-stored': 'No result is stored yet, so nothing would change.',
  'rules.none-change': {
    one: 'The {n} stored result stays as it is under rule set {version}.',
    other: 'All {n} stored results stay as they are under rule set {version}.',
  },
  'rules.some-change': {
    one: '{n} of {of} stored results would change under rule set {version}.',
    other: '{n} of {of} stored results would change under rule set {version}.',
  },
  'rules.column.record': 'Classification',
  'rules.column.outcome': 'Outcome',
  'rules.column.changes': 'What changes',
  'rules.cases': 'Test cases that expect something else',
  'rules.column.case': 'Test case',
  'rules.adopt': 'Propose rule set {version}',
  'rules.adopt-help': 'It comes into force once another person confirms it. What it changes is kept with it.',
  'rules.waits': 'Rule set {version} waits for another person to confirm it',
  'rules.adopted-now': 'Rule set {version} is in force',
  'rules.follow': 'Follow each release again',
  'rules.save-xlsx': 'Save as XLSX',
  'rules.save-csv': 'Save as CSV',
} as const;
