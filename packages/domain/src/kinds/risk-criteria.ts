import { criteriaFaults, criteriaLack } from '../risk/criteria-faults.ts';
import { says } from '../trace/read.ts';
import { keptUp, named, owned } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, lackIn } from './kind.ts';
import { levels } from './vocabulary/scales.ts';
import { options } from './vocabulary.ts';

/** Who bears a consequence; `all` stands for those that have no rows of their own. */
const bearerOptions = options({
  all: 'All three',
  organisation: 'Organisation',
  individuals: 'Individuals',
  society: 'Society',
});

const noAppetite = 'What is sought, borne and never borne is not said in words: write the appetite.';

/**
 * How the organisation rates risk (6.1.1, 6.1.2): its steps of likelihood, its steps of consequence for the organisation,
 * for individuals and for society, the matrix that makes a level of the two, and the level borne without treatment.
 * Scales need not be equally long. The version in force is the approved one; `transitionUntil` is the last day on which
 * ratings by the version before still count.
 */
export const riskCriteria = defineKind({
  name: 'risk-criteria',
  prefix: 'RCR',
  collection: 'risk-criteria',
  label: 'Risk criteria',
  plural: 'Risk criteria',
  purpose:
    'Your scales, your matrix and what you bear without treatment, in versions that are approved (6.1.1, 6.1.2). Two people who rate one risk by them come to the same level.',
  regime: 'versioned',
  fields: {
    name: named('Criteria', ['risk criteria', 'title', 'method']),
    owner: owned('Who keeps the criteria.', 'risk'),
    appetite: f.text({
      label: 'Appetite',
      help: 'What is sought, borne and never borne, in words.',
      station: 'risk',
      max: 4000,
      alsoCalled: ['risk appetite', 'appetite'],
    }),
    likelihoods: f.rows(
      {
        step: f.line({ label: 'Step', max: 60 }),
        meaning: f.line({ label: 'Meaning', max: 300 }),
        from: f.number({ label: 'From', min: 0, max: 100, unit: '%' }),
        to: f.number({ label: 'To', min: 0, max: 100, unit: '%' }),
      },
      {
        label: 'Steps of likelihood',
        help: 'The least likely first.',
        station: 'risk',
        inCell: true,
        alsoCalled: ['likelihood steps', 'likelihood scale', 'likelihoods'],
      },
    ),
    consequences: f.rows(
      {
        bearer: f.choice(bearerOptions, { label: 'For' }),
        step: f.line({ label: 'Step', max: 60 }),
        meaning: f.line({ label: 'Meaning', max: 300 }),
      },
      {
        label: 'Steps of consequence',
        help: 'The mildest first.',
        station: 'risk',
        inCell: true,
        alsoCalled: ['consequence steps', 'consequence scale', 'impact scale', 'severity scale'],
      },
    ),
    matrix: f.rows(
      {
        bearer: f.choice(bearerOptions, { label: 'For' }),
        likelihood: f.line({ label: 'Likelihood', max: 60 }),
        consequence: f.line({ label: 'Consequence', max: 60 }),
        level: f.choice(levels, { label: 'Level' }),
      },
      {
        label: 'Matrix',
        help: 'The level of each likelihood with each consequence, each pair once.',
        station: 'risk',
        inCell: true,
        alsoCalled: ['risk matrix', 'matrix'],
        grid: {
          ...{ table: 'bearer', down: 'likelihood', across: 'consequence', cell: 'level' },
          steps: { down: 'likelihoods', across: 'consequences' },
        },
      },
    ),
    thresholds: f.rows(
      {
        bearer: f.choice(bearerOptions, { label: 'For' }),
        level: f.choice(levels, { label: 'Highest level borne' }),
        words: f.line({ label: 'In words', max: 300 }),
      },
      {
        label: 'Borne without treatment',
        station: 'risk',
        inCell: true,
        alsoCalled: ['risk thresholds', 'thresholds'],
      },
    ),
    validFrom: f.day({ label: 'Valid from', station: 'risk', column: true }),
    transitionUntil: f.day({
      label: 'Older ratings count until',
      help: 'The last day on which ratings by the version before still count.',
      station: 'risk',
      column: true,
    }),
    changes: f.text({ label: 'What changed and why', station: 'risk', max: 4000 }),
  },
  index: ['title', 'state', 'owner', 'validFrom', 'transitionUntil'],
  relations: {
    method: about('document', { label: 'Part of method', inverse: 'Criteria', many: false }),
  },
  material: [
    'appetite',
    'likelihoods',
    'consequences',
    'matrix',
    'thresholds',
    'validFrom',
    'transitionUntil',
  ],
  cited: ['likelihoods', 'consequences', 'matrix', 'thresholds', 'validFrom', 'transitionUntil'],
  approvable: {
    by: ['aims-manager', 'top-management'],
    authority: () => ({ dimension: 'risk_criteria', level: null }),
    lacks: ({ fields }) =>
      lackIn(['likelihoods', 'consequences', 'matrix', 'thresholds'], criteriaLack(fields)) ??
      lackIn(['appetite'], says({ fields, links: {} }, 'appetite') ? undefined : noAppetite),
  },
  lifecycle: keptUp,
  cadence: { months: 12, from: 'validFrom' },
  serves: ['6.1.1', '6.1.2'],
  guard: (content) => criteriaFaults(content.fields),
});
