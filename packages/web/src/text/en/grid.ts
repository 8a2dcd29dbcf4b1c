/** Keys of the register table, as the page of all keys lists them. */
export const grid = {
  'grid.next': 'Next row',
  'grid.previous': 'Previous row',
  'grid.select': 'Select row',
  'grid.extend-down': 'Extend selection down',
  'grid.extend-up': 'Extend selection up',
  'grid.edit': 'Edit cell',
  'grid.open': 'Open',
  'grid.peek': 'Peek',
  'grid.select-all': 'Select all rows shown',
} as const;
