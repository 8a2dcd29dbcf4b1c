/** Words of the six verdicts and of the three sizes of the line (UX d, g). */
export const verdicts = {
  'verdict.holds': 'Holds',
  'verdict.gap': 'Gap',
  'verdict.accepted': 'Accepted',
  'verdict.unverifiable': 'Cannot be judged',
  'verdict.not-started': 'Not started',
  'verdict.not-applicable': 'Does not apply',
  'verdict.soon': 'Ends soon',
  'line.station': '{n} {name}: {verdict}',
  'line.band': 'Stations of the line',
} as const;
