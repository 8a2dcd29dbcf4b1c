import { type RatedFilter, writeRated } from '@throughline/domain/risk/rated-filter.ts';
import type { RiskMatrixWire } from '@throughline/domain/wire-risk.ts';
import { classNames } from '../../ui/class-names.ts';
import { Link } from '../../ui/link.tsx';
import ratings from '../../ui/matrix.module.css';
import type { Levels } from './levels.ts';
import { ConsequenceAxis, LikelihoodAxis } from './matrix-axes.tsx';
import { edgesOf } from './matrix-state.ts';
import { points } from './rating-state.ts';
import css from './register-matrix.module.css';
import { w } from './words.ts';

/** The register, narrowed to the open risks that are rated so. */
export const hrefOf = (filter: RatedFilter): string =>
  `/risks?state.not=closed&rated=${encodeURIComponent(writeRated(filter))}`;

type Props = { matrix: RiskMatrixWire; levels: Levels };

/** How many open risks stand in each cell, the likeliest on top; a count leads to its risks. */
export const CountMatrix = ({ matrix, levels }: Props) => {
  const { criteria, point, bearer } = matrix;
  if (criteria === null) return null;
  const { consequences, threshold } = criteria.scales[bearer];
  const cells = new Map(
    matrix.cells.map((cell) => [JSON.stringify([cell.likelihood, cell.consequence]), cell]),
  );
  const likelihoods = criteria.likelihoods.toReversed();
  const cellAt = (likelihood: string, consequence: string) =>
    cells.get(JSON.stringify([likelihood, consequence]));
  const edges = edgesOf(
    likelihoods.map(({ step: likelihood }) =>
      consequences.map(({ step: consequence }) => {
        const level = cellAt(likelihood, consequence)?.level ?? '';
        return threshold !== null && levels.rank(level) > levels.rank(threshold);
      }),
    ),
  );
  return (
    <div className={css.scroll}>
      <table
        className={classNames(ratings.matrix, css.matrix)}
        aria-label={w('risk.matrix', { bearer: w(`risk.for.${bearer}`) })}
      >
        <tbody>
          {likelihoods.map(({ step: likelihood }, row) => (
            <tr key={likelihood}>
              <LikelihoodAxis row={row} rows={likelihoods.length} />
              <th scope="row">{likelihood}</th>
              {consequences.map(({ step: consequence }, column) => {
                const cell = cellAt(likelihood, consequence);
                const level = cell?.level ?? '';
                const n = cell?.risks ?? 0;
                const words = w('register-matrix.cell', {
                  ...{ likelihood, consequence, n, level: levels.words(level) },
                });
                const filter = { point, bearer, likelihood, consequence, criteria: criteria.name };
                return (
                  <td
                    key={consequence}
                    data-rank={levels.rank(level)}
                    data-edge={edges[row]?.[column]?.join(' ') || undefined}
                  >
                    {n === 0 ? (
                      <span className={css.none}>–</span>
                    ) : (
                      <Link href={hrefOf(filter)} aria-label={words}>
                        {n}
                      </Link>
                    )}
                    <span className={css.level}>{levels.words(level)}</span>
                  </td>
                );
              })}
            </tr>
          ))}
          <ConsequenceAxis steps={consequences} />
        </tbody>
      </table>
      {threshold === null || edges.flat(2).length === 0 ? null : (
        <p className={css.key}>
          <span className={css.line} aria-hidden="true" />
          {w('register-matrix.line', { level: levels.words(threshold) })}
        </p>
      )}
    </div>
  );
};

/** Open risks at each level, by the moment that is rated: what was, what is, what is to remain, what is borne. */
export const LevelCounts = ({ matrix, levels }: Props) => (
  <div className={css.scroll}>
    <table className={css.counts} aria-label={w('register-matrix.levels')}>
      <thead>
        <tr>
          <th scope="col">{w('register-matrix.level')}</th>
          {points.map((point) => (
            <th key={point} scope="col">
              {w(`risk.point.${point}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...levels.all.toReversed(), { id: 'none', label: w('register-matrix.unrated-column') }].map(
          ({ id, label }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              {points.map((point) => {
                const n = matrix.levels[point][id] ?? 0;
                const filter = { point, bearer: matrix.bearer, level: id === 'none' ? null : id } as const;
                return <td key={point}>{n === 0 ? '–' : <Link href={hrefOf(filter)}>{n}</Link>}</td>;
              })}
            </tr>
          ),
        )}
      </tbody>
    </table>
  </div>
);
