import { useQuery } from '@tanstack/react-query';
import { isSentence } from '@throughline/domain/text.ts';
import type { CriteriaWire, RiskRatingWire, StepWire } from '@throughline/domain/wire-risk.ts';
import { type ReactNode, useId, useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { Problem } from '../../api/problem.ts';
import { recordQuery } from '../../api/records.ts';
import { troubleOf } from '../../api/trouble.ts';
import { useEditRefusal } from '../../kinds/use-edit-refusal.ts';
import { dayIn, formatDay } from '../../text/dates.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LongTextField } from '../../ui/fields/text-field.tsx';
import { RefLink } from '../../ui/link.tsx';
import { useNavigate, usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine, ProblemBox } from '../../ui/problem.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { MovedFindings, OlderCriteria } from './carried.tsx';
import { useLevels } from './levels.ts';
import { Matrix } from './matrix.tsx';
import { Opinions } from './opinions.tsx';
import css from './rating.module.css';
import {
  type Bearer,
  bearers,
  type Choice,
  choiceOf,
  isKept,
  isWhole,
  type Lowered,
  levelOf,
  loweredIn,
  type Point,
  points,
  worsenedIn,
} from './rating-state.ts';
import { RangesOf } from './simulation.tsx';
import { useKeep, useRating } from './use-rating.ts';
import { w } from './words.ts';

type StepsProps = {
  label: string;
  steps: readonly StepWire[];
  chosen: string | null;
  disabled: boolean;
  onChoose: (step: string) => void;
};

/** Steps with their meanings, one of them chosen: radio buttons, so that arrow keys choose. */
const Steps = ({ label, steps, chosen, disabled, onChoose }: StepsProps) => {
  const name = useId();
  return (
    <fieldset className={css.steps} disabled={disabled}>
      <legend>{label}</legend>
      {steps.map(({ step, meaning }) => (
        <label key={step} className={css.step}>
          <input type="radio" name={name} checked={step === chosen} onChange={() => onChoose(step)} />
          <span>
            {step}
            {meaning === null ? null : <span className={css.meaning}>{meaning}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
};

type BearerProps = {
  bearer: Bearer;
  rating: RiskRatingWire;
  criteria: CriteriaWire;
  point: Point;
  choice: Choice;
  disabled: boolean;
  onChoose: (step: string) => void;
};

const BearerPart = ({ bearer, rating, criteria, point, choice, disabled, onChoose }: BearerProps) => {
  const { words, rank } = useLevels();
  const { threshold, consequences } = criteria.scales[bearer];
  const level = levelOf(criteria, choice, bearer);
  const stands = rating.points[point][bearer].level;
  const target = rating.points.target[bearer].level;
  // A target of its own goes before the threshold of the criteria, which is for those that have none.
  const isAbove = (borne: string | null) => level !== null && borne !== null && rank(level) > rank(borne);
  const above =
    point !== 'target' && target !== null
      ? isAbove(target) && `${w('risk.above-target', { level: words(target) })}. `
      : isAbove(threshold) && `${w('risk.above')}. `;
  const worse = worsenedIn({ rating, criteria, point, choice }, bearer, rank);
  const differs = stands !== null && level !== null && stands !== level;
  return (
    <section className={css.bearer} aria-label={w(`risk.for.${bearer}`)}>
      <h2>{w(`risk.for.${bearer}`)}</h2>
      <Steps
        label={w('risk.consequence')}
        steps={consequences}
        chosen={choice.consequences[bearer]}
        disabled={disabled}
        onChoose={onChoose}
      />
      <p className={css.level} aria-live="polite" data-open={level === null || undefined}>
        {level === null ? w('risk.level-open') : words(level)}
      </p>
      <p className={css.meaning}>
        {above}
        {differs ? w('risk.otherwise', { level: words(stands), now: words(level) }) : null}
        {stands !== null && level === null ? w('risk.on-record', { level: words(stands) }) : null}
      </p>
      {worse?.milder.map((than) => (
        <p key={than.point} role="status" className={css.notice}>
          {w(`risk.worse-than.${than.point}`, { after: words(worse.after), level: words(than.level) })}
        </p>
      ))}
      <Matrix criteria={criteria} bearer={bearer} choice={choice} levelWords={words} rankOf={rank} />
    </section>
  );
};

type LoweredProps = {
  lowered: readonly Lowered[];
  because: string;
  onChange: (because: string) => void;
};

/** Asks why a rating is lower than somebody decided on, or than a finding leads to, and says what that was. */
const WhyLower = ({ lowered, because, onChange }: LoweredProps) => {
  const { words } = useLevels();
  const zone = useTimeZone();
  const below = lowered.map(({ measure, of }) =>
    w(`risk.lower.${measure.as}`, {
      day: formatDay(dayIn(new Date(measure.at), zone)),
      levels: of.map(({ bearer, from }) => w(`risk.lower.${bearer}`, { level: words(from) })).join(', '),
    }),
  );
  return (
    <div className={css.why}>
      <LongTextField
        label={w('risk.lower.why')}
        help={[...below, w('risk.lower.stays')].join(' ')}
        value={because}
        rows={2}
        maxLength={2000}
        onChange={onChange}
      />
    </div>
  );
};

type RatingProps = { rating: RiskRatingWire; criteria: CriteriaWire };

const Rating = ({ rating, criteria }: RatingProps) => {
  const kinds = useKinds();
  const { words } = useLevels();
  const [point, setPoint] = useState<Point>('current');
  const [changed, setChanged] = useState<Partial<Record<Point, Choice>>>({});
  const [because, setBecause] = useState('');
  const reason = useEditRefusal('risks', rating.risk.ref);
  const { keep, met, problem } = useKeep(rating);
  const choice = changed[point] ?? choiceOf(rating, criteria, point);
  const choose = (next: Choice) => setChanged({ ...changed, [point]: next });
  const kept = isKept(rating, criteria, point, choice);
  const trouble = troubleOf(problem);
  const lowered = loweredIn({ rating, criteria, point, choice });
  const unsaid = lowered.length > 0 && !isSentence(because) ? w('risk.lower.missing') : undefined;
  const missing = isWhole(choice) ? unsaid : w('risk.missing');
  const why = lowered.length > 0 ? { because: because.trim() } : {};
  return (
    <div className={css.page}>
      <header className={css.head}>
        <h1>{rating.risk.title}</h1>
        <p className={css.sentence}>
          {w('risk.sentence', { criteria: `${criteria.criteria.title} (${criteria.name})` })}{' '}
          <RefLink refText={criteria.criteria.ref} href={kinds.href(criteria.criteria)} />
        </p>
      </header>
      {rating.ratedBy === null || rating.ratedBy === criteria.name ? null : (
        <div role="status" className={css.notice}>
          <OlderCriteria rating={rating} />
        </div>
      )}
      {rating.carried.some(({ changes }) => changes.length > 0) ? (
        <div role="status" className={css.notice}>
          <MovedFindings carried={rating.carried} />
        </div>
      ) : null}
      {met ? (
        <p role="status" className={css.notice}>
          {w('risk.met')}
        </p>
      ) : null}
      <div className={css.point}>
        <Segmented
          label={w('risk.point')}
          value={point}
          options={points.map((value) => ({ value, label: w(`risk.point.${value}`) }))}
          onChange={setPoint}
        />
      </div>
      <div className={css.likelihood}>
        <Steps
          label={w('risk.likelihood')}
          steps={criteria.likelihoods}
          chosen={choice.likelihood}
          disabled={reason !== undefined}
          onChoose={(likelihood) => choose({ ...choice, likelihood })}
        />
      </div>
      <div className={css.bearers}>
        {bearers.map((bearer) => (
          <BearerPart
            key={bearer}
            bearer={bearer}
            rating={rating}
            criteria={criteria}
            point={point}
            choice={choice}
            disabled={reason !== undefined}
            onChoose={(step) =>
              choose({ ...choice, consequences: { ...choice.consequences, [bearer]: step } })
            }
          />
        ))}
      </div>
      {lowered.length === 0 ? null : <WhyLower lowered={lowered} because={because} onChange={setBecause} />}
      {trouble === null ? null : <ProblemBox problem={trouble} />}
      <div className={css.foot}>
        <Button
          look="primary"
          reason={reason ?? missing}
          busy={keep.isPending}
          onClick={() => keep.mutate({ point, choice, ...why }, { onSuccess: () => setBecause('') })}
        >
          {w('risk.keep')}
        </Button>
        <span className={css.meaning} aria-live="polite">
          {kept ? w('risk.unchanged') : changed[point] === undefined ? null : w('risk.changed')}
        </span>
      </div>
      <Opinions recordRef={rating.risk.ref} point={point} choice={choice} words={words} refusal={reason} />
      <Ranges recordRef={rating.risk.ref} />
    </div>
  );
};

/** The risk itself, for the ranges that it names. */
const Ranges = ({ recordRef }: { recordRef: string }) => {
  const { data } = useQuery(recordQuery('risks', recordRef, undefined));
  return data === undefined ? null : <RangesOf record={data} />;
};

const NoCriteria = () => {
  const navigate = useNavigate();
  return (
    <EmptyState
      sentence={`${w('risk.none')} ${w('risk.none-help')}`}
      clause="6.1.2"
      actions={<Button onClick={() => navigate('/risk-criteria')}>{w('risk.write-criteria')}</Button>}
    />
  );
};

export type RatingPageProps = { recordRef: string; crumbs: readonly Crumb[]; absent: ReactNode };

/** The rating of a risk: how likely, how bad for each of the three, and the level that the matrix gives. */
export const RatingPage = ({ recordRef, crumbs, absent }: RatingPageProps) => {
  usePageTitle(w('risk.title', { ref: recordRef }));
  const { data, error, refetch } = useRating(recordRef);
  if (error instanceof Problem && error.code === 'not-found') return absent;
  const problem = troubleOf(error);
  return (
    <>
      <BreadcrumbBar crumbs={crumbs} />
      {data !== undefined && data.criteria === null ? <NoCriteria /> : null}
      {data?.criteria ? <Rating key={data.risk.id} rating={data} criteria={data.criteria} /> : null}
      {data === undefined && problem === null ? <Skeleton height={28} lines={8} /> : null}
      {data === undefined && problem !== null ? (
        <ErrorLine problem={problem} onRetry={() => void refetch()} />
      ) : null}
    </>
  );
};
