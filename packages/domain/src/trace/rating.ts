import { aboveCriteria, type Bearer, bearers, type Criteria } from '../risk/criteria.ts';
import { criteriaToday } from '../risk/in-force.ts';
import { differing, levelField, versionName } from '../risk/rate.ts';
import type { Approved } from './approved.ts';
import type { Clock } from './clock.ts';
import type { TraceRecord } from './inputs.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import { textOf } from './read.ts';
import { aboveThreshold } from './risks.ts';

/** The criteria by which risks are rated today, and how risks name them. */
export type CriteriaNow = {
  readonly record: TraceRecord;
  readonly approved: Approved;
  readonly criteria: Criteria;
  readonly name: string;
};

/** The criteria that rate risks today; `null` where none are approved, kept up, valid and whole. */
export function criteriaInForce(o: {
  readonly organisation: OrganisationFacts;
  readonly clock: Clock;
}): CriteriaNow | null {
  const all = o.organisation.byKind.get('risk-criteria') ?? [];
  const approved = all.flatMap((record) => {
    const version = record.state === 'withdrawn' ? null : o.organisation.approved(record);
    const number = Number(record.ref.slice(record.ref.lastIndexOf('-') + 1));
    return version
      ? [
          {
            ref: record.ref,
            number,
            version: version.version,
            fields: version.fields,
            record,
            approved: version,
          },
        ]
      : [];
  });
  const today = criteriaToday(approved, (day) => o.clock.reached(day));
  return today && { ...today, name: versionName(today.ref, today.version) };
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
