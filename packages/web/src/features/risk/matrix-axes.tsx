import ratings from '../../ui/matrix.module.css';
import { w } from './words.ts';

/** The heading at the side of a matrix, in the first of its rows. */
export const LikelihoodAxis = ({ row, rows }: { row: number; rows: number }) =>
  row > 0 ? null : (
    <th scope="rowgroup" rowSpan={rows} className={ratings.upright}>
      <span>{w('risk.axis-likelihood')}</span>
    </th>
  );

/** The rows under a matrix: the steps of consequence, the mildest first, and what they are steps of. */
export const ConsequenceAxis = ({ steps }: { steps: readonly { readonly step: string }[] }) => (
  <>
    <tr>
      <td colSpan={2} />
      {steps.map(({ step }) => (
        <th key={step} scope="col">
          {step}
        </th>
      ))}
    </tr>
    <tr>
      <td colSpan={2} />
      <th scope="colgroup" colSpan={steps.length}>
        {w('risk.axis-consequence')}
      </th>
    </tr>
  </>
);
