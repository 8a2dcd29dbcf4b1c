/**
 * What the catalogue asks at each gate: rules of the line by their ids, judged as if the step were taken; what only the
 * gate itself can say; and what no record can tell, asked of a person. Texts and sources of rules stand in stations.yaml.
 */
import type { GateType } from './stages.ts';

/** Judged by the gate itself: what came before it, its version, its plan, what it settles. */
export type OwnJudge = 'earlier' | 'version' | 'verdict' | 'plan' | 'settled-data' | 'settled-people';

export type CatalogueCriterion =
  | { readonly rule: string }
  | { readonly own: OwnJudge; readonly text: string; readonly refs: readonly string[] }
  | { readonly ask: string; readonly text: string; readonly refs: readonly string[] };

const rules = (ids: string): CatalogueCriterion[] => ids.split(' ').map((rule) => ({ rule }));
const earlier = (text: string): CatalogueCriterion => ({ own: 'earlier', text, refs: ['A.6.2.5'] });
const version: CatalogueCriterion = {
  own: 'version',
  text: 'The gate names a version of this system.',
  refs: ['A.6.2.5'],
};

export const catalogueCriteria: Readonly<Record<GateType, readonly CatalogueCriterion[]>> = {
  'use-case-approval': [
    ...rules('SC1 SC3 OW1 UC1 UC3 CL1 CL2 CL4'),
    {
      ask: 'need',
      text: 'The need justifies the use of AI, and a way without it was weighed.',
      refs: ['A.6.2.2', 'A.9.2'],
    },
  ],
  'design-review': [
    earlier('The use cases passed their approval, and it stands.'),
    ...rules('CL3 SU4'),
    {
      own: 'verdict',
      text: 'Requirements are approved, and the design record where the organisation builds or adapts.',
      refs: ['A.6.2.2', 'A.6.2.3'],
    },
    {
      ask: 'design',
      text: 'The design meets the requirements, human oversight and logging among them.',
      refs: ['A.6.1.3', 'A.6.2.3'],
    },
  ],
  'evaluation-verdict': [
    earlier('The design passed its review, and it stands.'),
    version,
    ...rules('RE3 RE4'),
    {
      ask: 'fit',
      text: 'The tests fit the purpose, the conditions of use and the people concerned.',
      refs: ['A.6.2.4'],
    },
  ],
  'deployment-approval': [
    earlier('The verdict on the evaluation passed, and it stands.'),
    version,
    ...rules('OW1 OW5 SU1 SU2 CL1 CL3 CL4 CL5 IM1 IM2 IM6 IM7 IM9 IM11 RI1 RI2 RI4 RI5 CO1 CO3 CO4'),
    ...rules('RE3 RE4 RE6 RE7 IN1 IN3 IN4 IN5 OP1 OP3 OP4'),
    { own: 'plan', text: 'Plan and way back are written down.', refs: ['A.6.2.5'] },
    {
      ask: 'target',
      text: 'The conditions of the target environment are met, and the way back was tried.',
      refs: ['A.6.2.5'],
    },
  ],
  'continuation-decision': [
    ...rules('OW1 UC5 SU6 CL4 CL6 IM1 IM3 IM9 RI1 RI5 OP1 OP3 EV4 AS4 CR1'),
    {
      ask: 'continue',
      text: 'Results and objectives were judged afresh, and going on is right.',
      refs: ['A.5.2', 'A.6.2.6'],
    },
  ],
  'decommission-approval': [
    { own: 'settled-data', text: 'Data and models are settled.', refs: ['A.6.2.6'] },
    { own: 'settled-people', text: 'Users, access and records are settled.', refs: ['A.4.6', 'A.6.2.6'] },
    ...rules('IM5 EV6 AS4 AS5 CR1'),
    {
      ask: 'told',
      text: 'Users and affected people know that it ends, and what comes in its place.',
      refs: ['A.8.2', 'A.6.2.6'],
    },
  ],
};

/** The gate that comes before: what an earlier one left open is carried into none after it unseen. */
export const gateBefore: Readonly<Partial<Record<GateType, GateType>>> = {
  'design-review': 'use-case-approval',
  'evaluation-verdict': 'design-review',
  'deployment-approval': 'evaluation-verdict',
};
