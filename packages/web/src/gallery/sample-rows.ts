export type Row = {
  ref: string;
  name: string;
  stage: 'Live' | 'Pilot';
  owner: string;
  unit: string;
  line: string;
  gaps: number;
  review: string;
};

const base: readonly [string, string, 'Live' | 'Pilot', string, string, string, string][] = [
  [
    'SYS-87',
    'Life underwriting score',
    'Live',
    'Head of underwriting',
    'Underwriting',
    'hhhhhghghgghhgh',
    '2026-11-12',
  ],
  [
    'SYS-412',
    'Claims triage assistant',
    'Live',
    'Claims operations lead',
    'Claims',
    'hhshhghhghnh-gh',
    '2027-01-30',
  ],
  [
    'SYS-1130',
    'Broker chat guide',
    'Live',
    'Broker channel lead',
    'Distribution',
    'hhghhgnhghnhhhh',
    '2026-12-18',
  ],
  [
    'SYS-951',
    'Fraud signal ranking',
    'Live',
    'Investigations lead',
    'Claims',
    'hhhhhhggghhhhhh',
    '2027-03-02',
  ],
  [
    'SYS-233',
    'Hospital bill reader',
    'Live',
    'Health claims lead',
    'Health',
    'hhhhahhhgghghhh',
    '2027-02-09',
  ],
  [
    'SYS-1764',
    'Call summary writer',
    'Pilot',
    'Contact centre lead',
    'Service',
    'hhhhhghhgnn-uhh',
    '2027-01-21',
  ],
  ['SYS-19', 'Repair cost estimator', 'Live', 'Motor claims lead', 'Claims', 'hhhhhhhhgshghhh', '2027-04-04'],
];

/** Enough rows that the grid draws only some of them. */
export const rows: readonly Row[] = Array.from({ length: 600 }, (_row, index) => {
  const [ref, name, stage, owner, unit, line, review] = base[index % base.length] ?? [
    '',
    '',
    'Live',
    '',
    '',
    '',
    '',
  ];
  const own = index < base.length ? ref : `SYS-${2000 + index}`;
  return {
    ref: own,
    name,
    stage,
    owner,
    unit,
    line,
    review,
    gaps: [...line].filter((letter) => letter === 'g').length,
  };
});
