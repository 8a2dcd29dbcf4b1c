import type { ReactNode } from 'react';
import plain from './plain.module.css';
import { ScrollBox } from './scroll-box.tsx';

/** A plain table of a page that is no register, in a box of its own; with `acts` its rows end in buttons, under no heading. */
export const PlainRows = ({
  label,
  headings,
  acts = false,
  children,
}: {
  label: string;
  headings: readonly string[];
  acts?: boolean;
  children: ReactNode;
}) => (
  <ScrollBox label={label}>
    <table className={plain.table}>
      <thead>
        <tr>
          {headings.map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
          {acts ? <td /> : null}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </ScrollBox>
);
