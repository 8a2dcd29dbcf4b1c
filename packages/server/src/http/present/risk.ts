import { impactDimensions } from '@throughline/domain/kinds/vocabulary/impact.ts';
import { severities } from '@throughline/domain/kinds/vocabulary/scales.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import { type Bearer, type Criteria, levelOf, rowsFor } from '@throughline/domain/risk/criteria.ts';
import type { DecidedPoint, DecidedRating } from '@throughline/domain/risk/lowered.ts';
import { levelField, type Point, ratingOf, versionName } from '@throughline/domain/risk/rate.ts';
import { cellText, dayOf, rowsOf, textOf } from '@throughline/domain/trace/read.ts';
import type {
  CarriedWire,
  CriteriaWire,
  MeasureWire,
  RiskRatingWire,
  StepWire,
} from '@throughline/domain/wire-risk.ts';
import type { Carried } from '../../features/risk/carried.ts';
import type { CriteriaNamed, RiskRating } from '../../features/risk/rating.ts';
import { refWire } from './ref.ts';

/** A risk's ratings beside what the criteria in force make of their steps. */
export function riskRatingWire(registry: Registry, found: RiskRating): RiskRatingWire {
  const { risk, criteria, measures, carried } = found;
  const { fields } = risk.content;
  const of = (point: Point, bearer: Bearer) => ratingOf(fields, criteria?.criteria ?? null, point, bearer);
  const point = (name: Point) => ({
    organisation: of(name, 'organisation'),
    individuals: of(name, 'individuals'),
    society: of(name, 'society'),
  });
  return {
    risk: refWire(registry, { ...risk, archived: risk.archivedAt !== null }),
    version: risk.version,
    criteria: criteria && criteriaWire(registry, criteria),
    ratedBy: typeof fields.criteriaVersion === 'string' ? fields.criteriaVersion : null,
    points: {
      inherent: point('inherent'),
      current: point('current'),
      residual: point('residual'),
      target: point('target'),
    },
    measures: measures.map(measureWire),
    carried: carried.map((one) => carriedWire(registry, one)),
  };
}

function measureWire({ as, at, fields }: DecidedRating): MeasureWire {
  const level = (point: DecidedPoint, bearer: Bearer) =>
    textOf({ fields, links: {} }, levelField(point, bearer));
  const of = (point: DecidedPoint) => ({
    organisation: level(point, 'organisation'),
    individuals: level(point, 'individuals'),
    society: level(point, 'society'),
  });
  return { as, at, levels: { current: of('current'), residual: of('residual') } };
}

function carriedWire(registry: Registry, finding: Carried): CarriedWire {
  const { assessment, number, row = {}, changes, closedBefore } = finding;
  const part = cellText(row, 'dimension');
  const named = (steps: readonly { readonly id: string; readonly label: string }[], id: string | null) =>
    steps.find((step) => step.id === id)?.label ?? id;
  return {
    assessment: refWire(registry, assessment),
    number,
    part,
    dimension: named(impactDimensions, part),
    effect: cellText(row, 'effect'),
    severity: named(severities, cellText(row, 'severity')),
    changes,
    closedBefore,
  };
}

export function criteriaWire(registry: Registry, now: CriteriaNamed): CriteriaWire {
  const { criteria, record } = now;
  const content = { fields: now.fields, links: {} };
  const scale = (bearer: Bearer) => ({
    consequences: steps(rowsFor(rowsOf(content, 'consequences'), bearer)),
    levels: levelsOf(criteria, bearer),
    threshold: criteria.scales[bearer].threshold,
  });
  return {
    criteria: refWire(registry, { ...record, archived: record.archivedAt !== null }),
    version: now.version,
    name: versionName(now.ref, now.version),
    transitionUntil: dayOf(content, 'transitionUntil'),
    likelihoods: steps(rowsOf(content, 'likelihoods')),
    scales: {
      organisation: scale('organisation'),
      individuals: scale('individuals'),
      society: scale('society'),
    },
  };
}

const steps = (rows: ReturnType<typeof rowsOf>): StepWire[] =>
  rows.flatMap((row) => {
    const step = cellText(row, 'step');
    return step === null ? [] : [{ step, meaning: cellText(row, 'meaning') }];
  });

const levelsOf = (criteria: Criteria, bearer: Bearer): string[][] =>
  criteria.likelihoods.map((likelihood) =>
    criteria.scales[bearer].consequences.map(
      (consequence) => levelOf(criteria, bearer, { likelihood, consequence }) ?? '',
    ),
  );
