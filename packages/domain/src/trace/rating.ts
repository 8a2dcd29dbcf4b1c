import { aboveCriteria, type Bearer, bearers, type Criteria, canRate, criteriaOf } from '../risk/criteria.ts';
import { criteriaName, differing, levelField } from '../risk/rate.ts';
import type { Approved } from './approved.ts';
import type { Clock } from './clock.ts';
import type { TraceRecord } from './inputs.ts';
import { byDay, byName } from './order.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import { dayOf, textOf } from './read.ts';
import { aboveThreshold } from './risks.ts';

/** The criteria by which risks are rated today, and how risks name them. */
export type CriteriaNow = {
  readonly record: TraceRecord;
  readonly approved: Approved;
  readonly criteria: Criteria;
  readonly name: string;
};

/** The approved criteria that are kept up and valid today; of several those valid last. `null` where none can rate. */
export function criteriaInForce(o: {
  readonly organisation: OrganisationFacts;
  readonly clock: Clock;
}): CriteriaNow | null {
  const all = o.organisation.byKind.get('risk-criteria') ?? [];
  const found = all.flatMap((record) => {
    const approved = record.state === 'withdrawn' ? null : o.organisation.approved(record);
    if (!approved) return [];
    const from = dayOf(approved, 'validFrom');
    const criteria = criteriaOf(approved.fields);
    if ((from !== null && !o.clock.reached(from)) || !canRate(criteria)) return [];
    return [{ record, approved, criteria, name: criteriaName(record.ref, approved.version), from }];
  });
  found.sort((a, b) => byDay(b.from, a.from) || byName(a.record.ref, b.record.ref));
  const [newest] = found;
  return newest ?? null;
}

/** Whether the present levels of a risk were read from these very criteria. */
export const ratedBy = (now: CriteriaNow, risk: TraceRecord): boolean =>
  textOf(risk, 'criteriaVersion') === now.name;

/** Rated by these criteria, with a level that they do not give the steps beside it. */
export const ratedOtherwise = (now: CriteriaNow, risk: TraceRecord): boolean =>
  ratedBy(now, risk) && differing(risk.fields, now.criteria).length > 0;

/**
 * Whether a risk stands above what is borne without treatment: by its own threshold where it names one, else by that
 * of the criteria in force, for each bearer. `null` where neither says (6.1.2).
 */
export function needsTreatment(now: CriteriaNow | null, risk: TraceRecord): boolean | null {
  if (textOf(risk, 'targetLevel') !== null || now === null) return aboveThreshold(risk);
  const level = (bearer: Bearer) => textOf(risk, levelField('current', bearer));
  return aboveCriteria(now.criteria, Object.fromEntries(bearers.map((bearer) => [bearer, level(bearer)])));
}
