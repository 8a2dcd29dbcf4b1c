import type { RiskMatrixWire } from '@throughline/domain/wire-risk.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Link } from '../../ui/link.tsx';
import { useNavigate, usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LevelTrend } from './level-trend.tsx';
import { type Levels, useLevels } from './levels.ts';
import { type Bearer, bearers, type Point, points } from './rating-state.ts';
import css from './register-matrix.module.css';
import { CountMatrix, LevelCounts } from './register-matrix.tsx';
import { useRegisterMatrix } from './use-register-matrix.ts';
import { w } from './words.ts';

/** One sentence first: how many risks stand open, and how many above what is borne, and for whom (UX a2). */
const sentenceOf = (matrix: RiskMatrixWire, levels: Levels): string => {
  const { criteria, bearer, total } = matrix;
  const threshold = criteria?.scales[bearer].threshold ?? null;
  if (total === 0) return w('register-matrix.none');
  const whom = w(`register-matrix.whom.${bearer}`);
  if (criteria === null) return w('register-matrix.sentence', { n: total });
  if (threshold === null) return w('register-matrix.sentence-no-line', { n: total, whom });
  const above = Object.entries(matrix.levels[matrix.point])
    .filter(([level]) => levels.rank(level) > levels.rank(threshold))
    .reduce((sum, [, risks]) => sum + risks, 0);
  return w('register-matrix.sentence-above', { n: total, above, whom, level: levels.words(threshold) });
};

/** What the matrix cannot show, each with its number, so that all of them add up. */
const Aside = ({ matrix, onCriteria }: { matrix: RiskMatrixWire; onCriteria: (name: string) => void }) => {
  const { unplaced, others, unrated } = matrix;
  if (unplaced + unrated + others.length === 0) return null;
  return (
    <ul className={css.aside}>
      {unplaced === 0 ? null : <li>{w('register-matrix.unplaced', { n: unplaced })}</li>}
      {others.map(({ criteria, risks }) => (
        <li key={criteria ?? ''}>
          {criteria === null
            ? w('register-matrix.by-hand', { n: risks })
            : w('register-matrix.by-others', { n: risks, criteria })}{' '}
          {criteria === null ? null : (
            <Button look="ghost" flush onClick={() => onCriteria(criteria)}>
              {w('register-matrix.show', { criteria })}
            </Button>
          )}
        </li>
      ))}
      {unrated === 0 ? null : <li>{w('register-matrix.unrated', { n: unrated })}</li>}
    </ul>
  );
};

const chosen = <T extends string>(among: readonly T[], value: string | undefined, usual: T): T =>
  among.find((one) => one === value) ?? usual;

/** All open risks on the matrix of the criteria, how many stand at each level, and how that went day by day. */
export const Page = () => {
  usePageTitle(w('register-matrix.title'));
  const [search, change] = useSearchState();
  const navigate = useNavigate();
  const levels = useLevels();
  const point: Point = chosen(points, search.point, 'current');
  const bearer: Bearer = chosen(bearers, search.bearer, 'individuals');
  const { data, error, refetch, isPlaceholderData } = useRegisterMatrix({
    ...{ point, bearer, criteria: search.criteria },
  });
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined || levels.all.length === 0) return <Skeleton height={28} lines={10} />;
  return (
    <div className={css.page} aria-busy={isPlaceholderData}>
      <header className={css.head}>
        <h1>{w('register-matrix.title')}</h1>
        <p>{sentenceOf(data, levels)}</p>
        {data.criteria === null ? null : (
          <p className={css.quiet}>
            {w('register-matrix.by', { criteria: data.criteria.name })}{' '}
            {data.inForce === null || data.inForce === data.criteria.name ? null : (
              <Button look="ghost" flush onClick={() => change({ criteria: undefined })}>
                {w('register-matrix.show', { criteria: data.inForce })}
              </Button>
            )}
          </p>
        )}
      </header>
      <div className={css.choose}>
        <Segmented
          label={w('risk.point')}
          value={point}
          options={points.map((value) => ({ value, label: w(`risk.point.${value}`) }))}
          onChange={(value) => change({ point: value })}
        />
        <Segmented
          label={w('register-matrix.bearer')}
          value={bearer}
          options={bearers.map((value) => ({ value, label: w(`risk.for.${value}`) }))}
          onChange={(value) => change({ bearer: value })}
        />
        <Link href="/risks?state.not=closed">{w('register-matrix.all')}</Link>
      </div>
      {data.criteria === null ? (
        <EmptyState
          sentence={w('register-matrix.no-criteria')}
          clause="6.1.2"
          actions={<Button onClick={() => navigate('/risk-criteria')}>{w('risk.write-criteria')}</Button>}
        />
      ) : (
        <CountMatrix matrix={data} levels={levels} />
      )}
      <Aside matrix={data} onCriteria={(criteria) => change({ criteria })} />
      <h2>{w('register-matrix.levels')}</h2>
      <LevelCounts matrix={data} levels={levels} />
      <div className={css.trend}>
        <LevelTrend point={point} bearer={bearer} levels={levels.all} />
      </div>
    </div>
  );
};
