/** An impact assessment with nothing left blank: what tests take parts away from. */
import type { Json } from '../../src/json.ts';
import type { Content } from '../../src/kinds/kind.ts';
import { individualDimensions, societalDimensions } from '../../src/kinds/vocabulary/impact.ts';

const anna = '0199aaaa-0000-7000-8000-000000000001';

type Effect = Record<string, Json>;

export const harm: Effect = {
  dimension: 'fairness',
  level: 'individuals',
  polarity: 'harmful',
  effect: 'Claims of some people wait longer',
  severity: 'serious',
  likelihood: 'possible',
  reversibility: 'partly-reversible',
  reach: 'group',
  basis: 'Test on 4,000 claims of last year',
  measures: 'A person looks at every claim that waits',
  remaining: 'moderate',
  answer: 'risk',
};

/** Each dimension answered for harm and for benefit: two harms, one benefit, the other side and the rest with a reason. */
export const wholeEffects: readonly Effect[] = [
  ...individualDimensions.map(({ id }, n): Effect => {
    if (n === 0) return { ...harm, number: 1 };
    if (n === 1)
      return { ...harm, number: 2, dimension: id, level: 'groups', effect: 'A trade loses its voice' };
    return {
      number: n + 1,
      dimension: id,
      level: 'individuals',
      polarity: 'none',
      reason: `Nothing of it: ${id}`,
    };
  }),
  ...societalDimensions.map(({ id }, n): Effect => {
    const here = { number: individualDimensions.length + n + 1, dimension: id, level: 'society' };
    return n === 0
      ? {
          ...here,
          polarity: 'beneficial',
          effect: 'Fewer visits by car',
          severity: 'minor',
          likelihood: 'likely',
          reach: 'society',
          basis: 'Count of visits',
        }
      : { ...here, polarity: 'none', reason: `Too small to reach it: ${id}` };
  }),
  ...(
    [
      ['fairness', 'individuals', 'no-benefit', 'Nobody is treated better than by hand'],
      ['accountability', 'groups', 'no-benefit', 'Complaints go where they went before'],
      ['environment', 'society', 'no-harm', 'It runs on machines that run anyway'],
    ] as const
  ).map(
    ([dimension, level, polarity, reason], n): Effect => ({
      number: individualDimensions.length + societalDimensions.length + n + 1,
      ...{ dimension, level, polarity, reason },
    }),
  ),
];

export const wholeFields: Readonly<Record<string, Json>> = {
  name: 'Impact of claims triage',
  owner: anna,
  context: 'Claims arrive by post and web; a model puts them in an order for the desk.',
  intendedUse: 'Sort claims by urgency so that people in need are called back first.',
  misuse: 'The order could be taken for a judgement on whether a claim is honest.',
  jurisdictions: ['Ireland'],
  affectedGroups: [{ group: 'Claimants', care: 'older-persons' }],
  effects: [...wholeEffects],
  ropaReference: 'ROPA-12',
  privacyOwner: anna,
  dpia: 'done',
  dpiaReference: 'DPIA-4',
  safety: 'not-due',
  safetyReason: 'No body or machine is moved by it.',
  security: 'done',
  securityReference: 'SEC-9',
  securityOwner: anna,
  fria: 'not-due',
  friaReason: 'No public service and no listed use.',
  consulted: 'yes',
  consultation: 'The council of customers, twice; they asked for reasons in plain words.',
  conclusion: 'The use may go on with the measures named, and is looked at every month.',
  continuation: 'with-measures',
  remainingSeverity: 'moderate',
  assessedOn: '2026-10-01',
  retention: 'Ten years after the last use',
};

export const wholeContent = (
  fields: Readonly<Record<string, Json>> = {},
  links: Content['links'] = { covers: ['uc-1'] },
): Content => ({
  fields: Object.fromEntries(
    Object.entries({ ...wholeFields, ...fields }).filter(([, value]) => value !== null),
  ),
  links,
});

/** The whole content with the rows of one dimension changed. */
export const withEffects = (dimension: string, ...rows: readonly Effect[]): Content =>
  wholeContent({
    effects: [
      ...wholeEffects.filter((row) => row.dimension !== dimension),
      ...rows.map((row, n) => ({ number: 100 + n, dimension, ...row })),
    ],
  });
