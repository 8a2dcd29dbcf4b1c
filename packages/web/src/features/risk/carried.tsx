import type { CarriedWire, RiskRatingWire } from '@throughline/domain/wire-risk.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { daysUntil, formatDay } from '../../text/dates.ts';
import { useToday } from '../../ui/clock.ts';
import { Link, RefLink } from '../../ui/link.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { useLevels } from './levels.ts';
import css from './rating.module.css';
import { hasOtherSteps, readAnew } from './rating-state.ts';
import { useGround } from './use-rating.ts';
import { w } from './words.ts';

const hasMoved = ({ changes, closedBefore }: CarriedWire): boolean => closedBefore || changes.length > 0;

/** What findings were judged anew since the risk was rated, or first approved since it was closed, one to a line. */
export const MovedFindings = ({ carried }: { carried: readonly CarriedWire[] }) =>
  carried
    .filter(hasMoved)
    .map(({ assessment, number, changes, closedBefore }) => (
      <p key={`${assessment.ref}/${number}`}>
        {closedBefore
          ? w('risk.closed-before', { assessment: assessment.ref, n: number })
          : w('risk.moved', { assessment: assessment.ref, n: number, changes: changes.join(', ') })}
      </p>
    ));

/** That a rating was read from older criteria, what those in force make of its steps, and until when it counts. */
export const OlderCriteria = ({ rating }: { rating: RiskRatingWire }) => {
  const { words } = useLevels();
  const today = useToday();
  const { criteria, ratedBy } = rating;
  if (criteria === null || ratedBy === null || ratedBy === criteria.name) return null;
  const { name: now, transitionUntil: until } = criteria;
  const levels = readAnew(rating).map(({ point, bearer, level }) =>
    w(`risk.older.${point}`, { level: words(level), bearer: w(`risk.older.for.${bearer}`) }),
  );
  const otherwise = levels.length > 0 ? w('risk.older.otherwise', { now, levels: levels.join(', ') }) : null;
  const ended = until !== null && (daysUntil(until, today) ?? 0) < 0;
  return (
    <p>
      {w('risk.older', { kept: ratedBy, now })} {otherwise ?? w('risk.older.same', { now })}{' '}
      {hasOtherSteps(rating) ? `${w('risk.older.steps', { now })} ` : null}
      {until === null ? null : w(ended ? 'risk.older.ended' : 'risk.older.until', { day: formatDay(until) })}
    </p>
  );
};

type OfRisk = { of: string; version: number };

/** What the rating no longer rests on: criteria with a newer version, findings that were judged anew since. */
export const MovedOn = ({ of: ref, version }: OfRisk) => {
  const { data } = useGround(ref, version);
  if (data === undefined || data.version !== version) return null;
  const { carried, criteria, ratedBy } = data;
  const moved = carried.filter(hasMoved);
  const older = criteria !== null && ratedBy !== null && ratedBy !== criteria.name;
  if (moved.length === 0 && !older) return null;
  return (
    <div role="status" className={css.notice}>
      <OlderCriteria rating={data} />
      <MovedFindings carried={moved} />
      <Link href={`/risks/${ref}/rating`}>{w('risk.rate-again')}</Link>
    </div>
  );
};

const Finding = ({ finding }: { finding: CarriedWire }) => {
  const kinds = useKinds();
  const { assessment, number, part, dimension, effect, severity } = finding;
  const href = kinds.href(assessment);
  return (
    <li className={css.finding}>
      <RefLink refText={assessment.ref} href={href} />{' '}
      {part === null ? (
        <>
          {w('carried.effect', { n: number })}. {w('carried.gone')}
        </>
      ) : (
        <>
          <Link href={`${href}/sheet?part=${part}`}>
            {w('carried.effect', { n: number })}, {dimension}
          </Link>
          {effect === null ? null : <>: {effect}</>}
          {severity === null ? null : (
            <span className={css.meaning}> {w('carried.severity', { severity })}</span>
          )}
        </>
      )}
    </li>
  );
};

/** The effects behind the numbers that a risk carries, in words, each leading to its place in the assessment. */
export const CarriedFindings = ({ of: ref, version, numbers }: OfRisk & { numbers: string }) => {
  const { data, error, refetch } = useGround(ref, version);
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined || data.carried.length === 0) return numbers;
  return (
    <ul className={css.carried}>
      {data.carried.map((finding) => (
        <Finding key={`${finding.assessment.ref}/${finding.number}`} finding={finding} />
      ))}
    </ul>
  );
};
