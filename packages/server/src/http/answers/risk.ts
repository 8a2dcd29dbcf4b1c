import { leftInVain } from '@throughline/domain/risk/answered.ts';
import type {
  RiskMatrixWire,
  RiskOpinionsWire,
  RiskRatingWire,
  RiskTrendWire,
  SuggestionsWire,
} from '@throughline/domain/wire-risk.ts';
import { z } from 'zod';
import { day, id, moment, namedMember, ref } from './common.ts';

/** Shapes of the rating's answers, for the contract alone; see common.ts. */
const step = z.strictObject({ step: z.string(), meaning: z.string().nullable() });
const scale = z.strictObject({
  consequences: z.array(step),
  levels: z.array(z.array(z.string())),
  threshold: z.string().nullable(),
});
const criteria = z.strictObject({
  criteria: ref,
  version: z.int(),
  name: z.string(),
  transitionUntil: day.nullable(),
  likelihoods: z.array(step),
  scales: z.strictObject({ organisation: scale, individuals: scale, society: scale }),
});
const rating = z.strictObject({
  likelihood: z.string().nullable(),
  consequence: z.string().nullable(),
  level: z.string().nullable(),
  byCriteria: z.string().nullable(),
});
const point = z.enum(['inherent', 'current', 'residual', 'target']);
const ofPoint = <Shape extends z.ZodType>(shape: Shape) =>
  z.strictObject({ inherent: shape, current: shape, residual: shape, target: shape });
const level = z.string().nullable();
const levelOfEach = z.strictObject({ organisation: level, individuals: level, society: level });
const byBearer = z.strictObject({ organisation: rating, individuals: rating, society: rating });

export const riskRating = z
  .strictObject({
    risk: ref,
    version: z.int(),
    criteria: criteria.nullable(),
    ratedBy: z.string().nullable(),
    points: ofPoint(byBearer),
    measures: z.array(
      z.strictObject({
        as: z.enum(['accepted', 'planned', 'found']),
        at: moment,
        levels: z.strictObject({ current: levelOfEach, residual: levelOfEach }),
      }),
    ),
    carried: z.array(
      z.strictObject({
        assessment: ref,
        number: z.int(),
        part: z.string().nullable(),
        dimension: z.string().nullable(),
        effect: z.string().nullable(),
        severity: z.string().nullable(),
        changes: z.array(z.string()),
        closedBefore: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'RiskRating' }) satisfies z.ZodType<RiskRatingWire>;

const each = <T extends z.ZodType>(of: T) =>
  z.strictObject({ organisation: of, individuals: of, society: of });
const opinion = z.strictObject({
  id,
  by: namedMember,
  at: moment,
  criteria: z.string(),
  likelihood: z.string(),
  consequences: each(z.string()),
  levels: each(z.string()),
  reason: z.string(),
});
const differences = z.strictObject({
  likelihood: z.boolean(),
  consequences: each(z.boolean()),
  apart: each(z.int()),
  criteria: z.boolean(),
});
const round = z.strictObject({
  open: z.boolean(),
  raters: z.array(namedMember),
  opinions: z.array(opinion),
  own: id.nullable(),
  differences: differences.nullable(),
  obstacle: z.string().nullable(),
});

export const riskOpinions = z
  .strictObject({
    risk: ref,
    version: z.int(),
    criteria: criteria.nullable(),
    rounds: ofPoint(round),
    settled: z.array(
      z.strictObject({
        point,
        version: z.int(),
        by: namedMember,
        at: moment,
        reason: z.string().nullable(),
        opinions: z.array(opinion),
        differences,
      }),
    ),
  })
  .meta({ id: 'RiskOpinions' }) satisfies z.ZodType<RiskOpinionsWire>;

const counted = z.record(z.string(), z.int());
export const riskMatrix = z
  .strictObject({
    point,
    bearer: z.enum(['organisation', 'individuals', 'society']),
    criteria: criteria.nullable(),
    inForce: z.string().nullable(),
    cells: z.array(
      z.strictObject({
        likelihood: z.string(),
        consequence: z.string(),
        level: z.string(),
        risks: z.int(),
      }),
    ),
    unplaced: z.int(),
    others: z.array(z.strictObject({ criteria: z.string().nullable(), risks: z.int() })),
    unrated: z.int(),
    total: z.int(),
    levels: ofPoint(counted),
  })
  .meta({ id: 'RiskMatrix' }) satisfies z.ZodType<RiskMatrixWire>;

export const riskTrend = z
  .strictObject({
    days: z.array(z.strictObject({ day, levels: counted, total: z.int() })),
  })
  .meta({ id: 'RiskTrend' }) satisfies z.ZodType<RiskTrendWire>;

const suggestion = z.strictObject({
  id: z.string(),
  from: z.enum(['annex-c', 'owasp-llm', 'owasp-ml', 'mitre-atlas', 'impact']),
  title: z.string(),
  words: z.string(),
  because: z.array(z.string()),
  sources: z.array(z.string()),
  objectives: z.array(z.string()),
  considered: z.enum(['open', 'listed', 'risk', 'no-risk']),
  risks: z.array(ref),
  asks: z.enum(leftInVain).nullable(),
});
export const riskSuggestions = z
  .strictObject({
    run: ref,
    version: z.int(),
    facts: z.array(z.strictObject({ id: z.string(), words: z.string() })),
    suggestions: z.array(suggestion),
  })
  .meta({ id: 'RiskSuggestions' }) satisfies z.ZodType<SuggestionsWire>;
