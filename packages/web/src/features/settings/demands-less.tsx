import { p } from '../../proposals/proposal-text.ts';
import { WhyField } from '../../proposals/why-field.tsx';
import { ProblemBox, type Trouble } from '../../ui/problem.tsx';
import css from './settings.module.css';

type Props = { less: boolean; why: string; problem: Trouble | null; onWhy: (why: string) => void };

/** Before rules are saved that demand less of people: that it takes another one, and why it is wanted; and what was refused. */
export const DemandsLess = ({ less, why, problem, onWhy }: Props) => {
  const error = problem?.errors?.find(({ at }) => at === 'reason')?.message;
  return (
    <>
      {less ? (
        <>
          <p className={css.explain}>{p('proposal.proof-less')}</p>
          <WhyField value={why} error={error} onChange={onWhy} />
        </>
      ) : null}
      {problem === null || (less && error !== undefined) ? null : <ProblemBox problem={problem} />}
    </>
  );
};
