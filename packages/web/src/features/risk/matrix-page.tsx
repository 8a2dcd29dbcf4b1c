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
import { isEarlier } from './matrix-state.ts';
import { type Bearer, bearers, type Point, points } from './rating-state.ts';
import css from './register-matrix.module.css';
import { CountMatrix, hrefOf, LevelCounts } from './register-matrix.tsx';
import { useRegisterMatrix } from './use-register-matrix.ts';
import { w } from './words.ts';

const risksIn = (cells: RiskMatrixWire['cells']): number => cells.reduce((sum, { risks }) => sum + risks, 0);

/** One sentence first: how many risks the picture shows, how many above what is borne, and for whom (UX a2). */
const sentenceOf = (matrix: RiskMatrixWire, levels: Levels): string => {
  const { criteria, bearer, total, cells } = matrix;
  const threshold = criteria?.scales[bearer].threshold ?? null;
  if (total === 0) return w('register-matrix.none');
  const whom = w(`register-matrix.whom.${bearer}`);
  if (criteria === null) return w('register-matrix.sentence', { n: total });
  const n = risksIn(cells);
  if (threshold === null) return w('register-matrix.sentence-no-line', { n, whom });
  const above = risksIn(cells.filter(({ level }) => levels.rank(level) > levels.rank(threshold)));
  return w('register-matrix.sentence-above', { n, above, whom, level: levels.words(threshold) });
};

/** What the matrix cannot show, each with its number, so that all of them add up. */
const Aside = ({ matrix, onCriteria }: { matrix: RiskMatrixWire; onCriteria: (name: string) => void }) => {
  const { unplaced, others, unrated, total, point, bearer } = matrix;
  const shown = matrix.criteria?.name ?? '';
  const n = total - risksIn(matrix.cells);
  if (n === 0 || matrix.criteria === null) return null;
  return (
    <div className={css.aside}>
      <p>{w('register-matrix.aside', { n, total })}</p>
      <ul>
        {others.map(({ criteria, risks }) => (
          <li key={criteria ?? ''}>
            {criteria === null
              ? w('register-matrix.by-hand', { n: risks })
              : w(isEarlier(criteria, shown) ? 'register-matrix.by-earlier' : 'register-matrix.by-others', {
                  ...{ n: risks, criteria },
                })}{' '}
            <Link href={hrefOf({ point, bearer, ratedBy: criteria })}>{w('register-matrix.list')}</Link>{' '}
            {criteria === null ? null : (
              <>
                ·{' '}
                <Button look="ghost" flush onClick={() => onCriteria(criteria)}>
                  {w('register-matrix.show', { criteria })}
                </Button>
              </>
            )}
          </li>
        ))}
        {unplaced === 0 ? null : <li>{w('register-matrix.unplaced', { n: unplaced })}</li>}
        {unrated === 0 ? null : (
          <li>
            {w('register-matrix.unrated', { n: unrated })}{' '}
            <Link href={hrefOf({ point, bearer, level: null })}>{w('register-matrix.list')}</Link>
          </li>
        )}
      </ul>
    </div>
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
        <Aside matrix={data} onCriteria={(criteria) => change({ criteria })} />
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
      <h2>{w('register-matrix.levels')}</h2>
      <LevelCounts matrix={data} levels={levels} />
      <div className={css.trend}>
        <LevelTrend point={point} bearer={bearer} levels={levels.all} />
      </div>
    </div>
  );
};
