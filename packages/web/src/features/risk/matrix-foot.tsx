type FootProps = {
  steps: readonly { readonly step: string }[];
  /** How many columns of headings stand before the cells. */
  before?: number;
};

/** The row under a matrix that names the steps of consequence, the mildest first. */
export const MatrixFoot = ({ steps, before = 1 }: FootProps) => (
  <tr>
    <td colSpan={before} />
    {steps.map(({ step }) => (
      <th key={step} scope="col">
        {step}
      </th>
    ))}
  </tr>
);
