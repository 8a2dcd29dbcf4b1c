import type { CriteriaWire } from '@throughline/domain/wire-risk.ts';
import { classNames } from '../../ui/class-names.ts';
import ratings from '../../ui/matrix.module.css';
import { ConsequenceAxis, LikelihoodAxis } from './matrix-axes.tsx';
import { edgesOf } from './matrix-state.ts';
import css from './rating.module.css';
import { type Bearer, type Choice, placeOf } from './rating-state.ts';
import { w } from './words.ts';

export type MatrixProps = {
  criteria: CriteriaWire;
  bearer: Bearer;
  choice: Choice;
  levelWords: (level: string) => string;
  /** Place of a level among all, for its shade; the words stand in each cell too. */
  rankOf: (level: string) => number;
};

/** The matrix of one bearer, the likeliest on top, with the pair that is chosen marked and the line of what is borne. */
export const Matrix = ({ criteria, bearer, choice, levelWords, rankOf }: MatrixProps) => {
  const { consequences, levels, threshold } = criteria.scales[bearer];
  const [row, column] = placeOf(criteria, choice, bearer);
  const rows = criteria.likelihoods.map(({ step }, at) => ({ step, at })).reverse();
  const edges = edgesOf(
    rows.map(({ at }) =>
      consequences.map(
        (_, place) => threshold !== null && rankOf(levels[at]?.[place] ?? '') > rankOf(threshold),
      ),
    ),
  );
  return (
    <table
      className={classNames(ratings.matrix, css.matrix)}
      aria-label={w('risk.matrix', { bearer: w(`risk.for.${bearer}`) })}
    >
      <tbody>
        {rows.map(({ step, at }, line) => (
          <tr key={step}>
            <LikelihoodAxis row={line} rows={rows.length} />
            <th scope="row">{step}</th>
            {consequences.map((one, place) => {
              const level = levels[at]?.[place] ?? '';
              const chosen = at === row && place === column;
              return (
                <td
                  key={one.step}
                  data-rank={rankOf(level)}
                  data-edge={edges[line]?.[place]?.join(' ') || undefined}
                  data-chosen={chosen || undefined}
                  aria-current={chosen || undefined}
                >
                  {levelWords(level)}
                </td>
              );
            })}
          </tr>
        ))}
        <ConsequenceAxis steps={consequences} />
      </tbody>
    </table>
  );
};
