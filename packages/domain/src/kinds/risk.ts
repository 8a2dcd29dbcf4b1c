import { type AuthorityDemand, demandOf } from '../authority.ts';
import type { Json } from '../json.ts';
import { typedOver } from '../risk/steps-kept.ts';
import { named, owned, withinSystem } from './common.ts';
import { type Fields, f } from './fields.ts';
import { about, type Content, defineKind } from './kind.ts';
import { acceptanceLack } from './risk-acceptance.ts';
import { objectiveOptions, riskSourceOptions } from './vocabulary/annex-c.ts';
import { levels, likelihoods } from './vocabulary/scales.ts';
import { options } from './vocabulary.ts';

const protections = options({
  health: 'Health',
  safety: 'Safety',
  'fundamental-rights': 'Fundamental rights',
});
const acceptanceTypes = options({ lasting: 'Lasting', interim: 'While treatment runs' });

const points = { inherent: 'Inherent', current: 'Current', residual: 'Residual', target: 'Target' } as const;
const pointOptions = options(points);
const bearers = ['Organisation', 'Individuals', 'Society'] as const;
const bearerOptions = options({
  organisation: 'Organisation',
  individuals: 'Individuals',
  society: 'Society',
});
type Point = keyof typeof points;

/** `inherentOrganisation` … `targetSociety`, the likelihood of each point, and its worst level worked out. */
function ratings(point: Point): Fields {
  const label = points[point];
  const column = point === 'current' || point === 'residual' ? ({ column: true } as const) : {};
  return {
    [`${point}Likelihood`]: f.choice(likelihoods, { label: `${label} likelihood`, station: 'risk' }),
    ...Object.fromEntries(
      bearers.map((bearer) => [
        `${point}${bearer}`,
        f.choice(levels, { label: `${label} level, ${bearer.toLowerCase()}`, station: 'risk' }),
      ]),
    ),
    [`${point}Level`]: f.choice(levels, {
      label: `${label} level`,
      help:
        point === 'target'
          ? 'The highest level borne without treatment: the worst of the three.'
          : 'The worst of the three.',
      station: 'risk',
      derived: true,
      ...(point === 'target'
        ? { alsoCalled: ['target', 'appetite', 'threshold', 'highest level borne without treatment'] }
        : {}),
      ...column,
    }),
  };
}

function worst(content: Content, point: Point): string | null {
  const ranks = bearers.map((bearer) =>
    levels.findIndex((level) => level.id === content.fields[`${point}${bearer}`]),
  );
  return levels[Math.max(...ranks)]?.id ?? null;
}

const reversed = (low: Json | undefined, high: Json | undefined): boolean =>
  typeof low === 'number' && typeof high === 'number' && low > high;

/** What accepting a risk takes: authority over the level that is to be borne, which for an interim one is today's. */
export function acceptanceDemand(fields: Content['fields']): AuthorityDemand {
  const interim = fields.acceptanceType === 'interim';
  const borne = interim ? fields.currentLevel : (fields.residualLevel ?? fields.currentLevel);
  return demandOf(interim ? 'interim_risk' : 'residual_risk', borne, 'borne');
}

/**
 * A risk of one system, or of the organisation where it belongs to none (6.1.1, 6.1.2, 8.2). Rated at four points
 * (`inherent…`, `current…`, `residual…`, `target…`), each for `Organisation`, `Individuals` and `Society`; `…Level` is the
 * worst of the three and worked out. The target is what each is measured against; a `targetLevel` that was stated for all
 * three, as older records and files have it, stands until one of them has its own.
 * A rating by criteria keeps in `rated` the steps that each level was read from; neither is typed over alone.
 * Acceptance of residual risk is an approval of this record by somebody with the authority: it stands on exactly the
 * rating it was given for, and any change of a rating or of its terms (`acceptanceType`, `acceptanceUntil`) voids it.
 * Findings of an impact assessment that it carries: relation `carries` with their numbers in `carriedEffects`.
 */
export const risk = defineKind({
  name: 'risk',
  prefix: 'RSK',
  collection: 'risks',
  label: 'Risk',
  plural: 'Risks',
  purpose:
    'What an AI system could do to people, society and you, and who answers for it (6.1.2). Most start as findings of an impact assessment.',
  regime: 'factual',
  fields: {
    name: named('Risk', ['risk', 'risk title', 'title', 'risk name']),
    sources: f.choices(riskSourceOptions, {
      label: 'Sources',
      help: 'Annex C.',
      station: 'risk',
      alsoCalled: ['risk source', 'cause category'],
    }),
    threats: f.catalogue('threat', {
      label: 'Threats',
      help: 'MITRE ATLAS and OWASP, by their ids.',
      station: 'risk',
      many: true,
    }),
    cause: f.text({ label: 'Cause', station: 'risk', max: 2000, alsoCalled: ['cause', 'threat'] }),
    event: f.text({
      label: 'Event',
      help: 'What happens.',
      station: 'risk',
      max: 2000,
      alsoCalled: ['event', 'scenario', 'description', 'risk description'],
    }),
    consequencesOrganisation: f.text({
      label: 'Consequences for the organisation',
      station: 'risk',
      max: 2000,
      alsoCalled: ['consequence', 'impact', 'business impact'],
    }),
    consequencesIndividuals: f.text({
      label: 'Consequences for individuals and groups',
      station: 'risk',
      max: 2000,
    }),
    consequencesSociety: f.text({ label: 'Consequences for society', station: 'risk', max: 2000 }),
    objectives: f.choices(objectiveOptions, {
      label: 'Objectives touched',
      help: 'Annex C.',
      station: 'risk',
    }),
    protects: f.choices(protections, { label: 'Touches', station: 'risk' }),
    owner: owned('Who answers for the risk and its treatment.', 'risk', ['risk owner']),
    ...ratings('inherent'),
    ...ratings('current'),
    ...ratings('residual'),
    ...ratings('target'),
    rated: f.rows(
      {
        point: f.choice(pointOptions, { label: 'Rating' }),
        bearer: f.choice(bearerOptions, { label: 'For' }),
        likelihood: f.line({ label: 'Likelihood', max: 60 }),
        consequence: f.line({ label: 'Consequence', max: 60 }),
        criteria: f.line({ label: 'Criteria used', max: 60 }),
      },
      {
        label: 'Steps of the criteria',
        help: 'The steps that each level was read from.',
        station: 'risk',
        byAct: true,
      },
    ),
    eventsLow: f.number({
      label: 'Times a year, at least',
      help: 'Nine times in ten it lies between the least and the most. With all four, a simulation can be looked at.',
      station: 'risk',
      min: 0,
      max: 365,
    }),
    eventsHigh: f.number({ label: 'Times a year, at most', station: 'risk', min: 0, max: 365 }),
    lossLow: f.number({ label: 'Loss each time, at least', station: 'risk', min: 0, max: 1e15 }),
    lossHigh: f.number({ label: 'Loss each time, at most', station: 'risk', min: 0, max: 1e15 }),
    lossUnit: f.line({
      label: 'Loss is counted in',
      help: 'Such as EUR, or hours.',
      station: 'risk',
      max: 40,
    }),
    assessedOn: f.day({
      label: 'Assessed on',
      station: 'risk',
      column: true,
      alsoCalled: ['assessment date', 'date', 'last assessed'],
    }),
    assessor: f.member({ label: 'Assessed by', station: 'risk' }),
    criteriaVersion: f.line({
      label: 'Criteria used',
      help: 'Ref and version of the criteria that the levels were read from.',
      station: 'risk',
      byAct: true,
    }),
    carriedEffects: f.list({
      label: 'Effects carried',
      help: 'Numbers of the effects in the impact assessment.',
      station: 'risk',
    }),
    findingsUsed: f.list({
      label: 'Findings used',
      help: 'Ref and version of each assessment whose effects the last rating looked at.',
      station: 'risk',
      byAct: true,
    }),
    acceptanceType: f.choice(acceptanceTypes, { label: 'Acceptance asked for', station: 'risk' }),
    acceptanceReason: f.text({ label: 'Why it can be borne', station: 'risk', max: 2000 }),
    acceptanceConditions: f.text({ label: 'Conditions', station: 'risk', max: 2000 }),
    acceptanceUntil: f.day({ label: 'Acceptance until', station: 'risk', column: true }),
    reviewedOn: f.day({ label: 'Last reviewed', station: 'risk', alsoCalled: ['last review'] }),
    nextReview: f.day({ label: 'Next review', station: 'risk', alsoCalled: ['review date'] }),
    closingNote: f.text({ label: 'Why it is closed', station: 'risk', max: 2000 }),
  },
  index: [
    'title',
    'state',
    'owner',
    'currentLevel',
    'residualLevel',
    'assessedOn',
    'acceptanceUntil',
    'nextReview',
  ],
  relations: {
    system: withinSystem('Risks'),
    useCases: about('use-case', { label: 'In use case', inverse: 'Risks' }),
    carries: about(['impact-assessment', 'finding', 'incident'], {
      label: 'Carries findings of',
      inverse: 'Carried into risk',
    }),
    arisesFrom: about('treatment', { label: 'Arises from treatment', inverse: 'Gives rise to risk' }),
    criteria: about('risk-criteria', { label: 'Rated by', inverse: 'Rates risk', many: false }),
    method: about('document', { label: 'Assessed by method', inverse: 'Method of risk', many: false }),
  },
  material: [
    'event',
    'consequencesOrganisation',
    'consequencesIndividuals',
    'consequencesSociety',
    'acceptanceType',
    'acceptanceReason',
    'acceptanceConditions',
    'acceptanceUntil',
    ...Object.keys(points).flatMap((point) => [
      `${point}Likelihood`,
      ...bearers.map((bearer) => `${point}${bearer}`),
      `${point}Level`,
    ]),
  ],
  // A plan is approved for what happens and to whom, and for the findings behind it; how high that is rated is what
  // treating it changes.
  drawn: [
    'event',
    'cause',
    'consequencesOrganisation',
    'consequencesIndividuals',
    'consequencesSociety',
    'carries',
    'carriedEffects',
  ],
  happened: ['assessedOn', 'reviewedOn'],
  takenBack: ['rated', 'criteriaVersion'],
  // It was closed with these findings, rated so (6.1.4): what is taken in or rated since is for a risk that is open.
  fixed: {
    parts: [
      'carries',
      'carriedEffects',
      'findingsUsed',
      'rated',
      'criteria',
      'criteriaVersion',
      'assessedOn',
      'targetLevel',
      ...Object.keys(points).flatMap((point) => [
        `${point}Likelihood`,
        ...bearers.map((bearer) => `${point}${bearer}`),
      ]),
    ],
    in: ['closed'],
    says: 'Open it again first.',
  },
  acyclic: ['arisesFrom', 'risks', 'waitsFor'],
  approvable: {
    by: ['risk-owner', 'aims-manager', 'top-management'],
    as: 'accept',
    authority: acceptanceDemand,
    requires: ['event', 'owner', 'acceptanceType', 'acceptanceReason'],
    lacks: ({ fields }, { today, ratedBy }) => acceptanceLack(fields, today, ratedBy),
  },
  lifecycle: {
    initial: 'identified',
    mayBeBroughtIn: true,
    states: {
      identified: { label: 'Identified', shape: 'hollow' },
      assessed: { label: 'Assessed', shape: 'half' },
      'in-treatment': { label: 'In treatment', shape: 'half' },
      borne: { label: 'Borne', shape: 'full' },
      closed: { label: 'Closed', shape: 'crossed', ended: true },
    },
    transitions: {
      assess: {
        label: 'Assess',
        from: ['identified', 'in-treatment', 'borne'],
        to: 'assessed',
        requires: [
          'event',
          'owner',
          'currentOrganisation',
          'currentIndividuals',
          'currentSociety',
          'assessedOn',
        ],
      },
      treat: { label: 'Treat', from: ['assessed', 'borne'], to: 'in-treatment', requires: ['owner'] },
      bear: {
        label: 'Bear',
        from: ['assessed', 'in-treatment'],
        to: 'borne',
        requires: ['residualLevel', 'acceptanceReason'],
        approved: true,
      },
      close: {
        label: 'Close',
        from: ['identified', 'assessed', 'in-treatment', 'borne'],
        to: 'closed',
        requires: ['closingNote'],
      },
      reopen: { label: 'Open again', from: ['closed'], to: 'identified' },
    },
  },
  cadence: { months: 12, from: 'assessedOn' },
  nextLook: { field: 'nextReview', from: ['assessedOn', 'reviewedOn'], interval: 'risk_assessment' },
  serves: ['6.1.1', '6.1.2', '6.1.3', '8.2'],
  guard: ({ fields }): Record<string, string> => ({
    ...(reversed(fields.eventsLow, fields.eventsHigh)
      ? { eventsHigh: 'At most lies below at least. Exchange the two.' }
      : {}),
    ...(reversed(fields.lossLow, fields.lossHigh)
      ? { lossHigh: 'At most lies below at least. Exchange the two.' }
      : {}),
  }),
  sequence: ({ fields: before }, { fields: next }) => typedOver(before, next),
  derive: (content) => ({
    inherentLevel: worst(content, 'inherent'),
    currentLevel: worst(content, 'current'),
    residualLevel: worst(content, 'residual'),
    targetLevel: worst(content, 'target') ?? content.fields.targetLevel ?? null,
  }),
});
