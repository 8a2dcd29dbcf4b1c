/** The fifteen stations of the line, in order, by the ids of the catalogue. */
export const stations = {
  'station.scope': 'Scope',
  'station.policy': 'Policy',
  'station.ownership': 'Ownership',
  'station.use-cases': 'Use cases',
  'station.supply': 'Supply',
  'station.classification': 'Classification',
  'station.impact': 'Impact assessment',
  'station.risk': 'Risk',
  'station.controls': 'Controls',
  'station.release': 'Release',
  'station.information': 'Information',
  'station.operation': 'Operation',
  'station.evidence': 'Evidence',
  'station.assurance': 'Assurance',
  'station.correction': 'Correction',
} as const;
