import { isObject, type Json } from '@throughline/domain/json.ts';
import type { RecordWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { valueText } from '../../kinds/parts.ts';
import { Button } from '../../ui/button.tsx';
import css from './decided-criteria.module.css';
import { w } from './words.ts';

/** More than these begin folded: what stands below them on the page stays in reach. */
const foldsAbove = 10;
const shownFolded = 6;

type Row = Readonly<Record<string, Json>>;

/** The criteria of a gate as it was asked or decided: three columns, with what each answer rests on in small print. All are on paper. */
export const DecidedCriteria = ({ fields }: Pick<RecordWire, 'fields'>) => {
  const [whole, setWhole] = useState(false);
  const declared = useKinds().byName('gate')?.fields.criteria;
  const columns = declared?.type === 'rows' ? declared.columns : undefined;
  const rows = Array.isArray(fields.criteria)
    ? fields.criteria.filter((row): row is Row => isObject(row))
    : [];
  const folds = rows.length > foldsAbove;
  if (columns === undefined) return null;
  const text = (row: (typeof rows)[number], name: string): string => {
    const column = columns[name];
    return column === undefined ? '' : valueText(column, row[name], {});
  };
  return (
    <>
      <table className={css.table}>
        <thead>
          <tr>
            {['criterion', 'finding', 'answer'].map((name) => (
              <th key={name} scope="col">
                {columns[name]?.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr
              key={`${text(row, 'key')} ${text(row, 'criterion')}`}
              className={folds && !whole && at >= shownFolded ? css.folded : undefined}
            >
              <th scope="row">{text(row, 'criterion')}</th>
              <td data-label={columns.finding?.label}>
                <Said main={text(row, 'finding')} small={[text(row, 'seen')]} />
              </td>
              <td data-label={columns.answer?.label}>
                <Said main={text(row, 'answer')} small={[text(row, 'checked'), text(row, 'answerToMiss')]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {folds ? (
        <span className={css.unfold}>
          <Button look="ghost" flush aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {whole ? w('gates.criteria-fewer') : w('gates.criteria-all', { n: rows.length })}
          </Button>
        </span>
      ) : null}
    </>
  );
};

const Said = ({ main, small }: { main: string; small: readonly string[] }) => (
  <div>
    {main === '' ? '–' : main}
    {small
      .filter((line) => line !== '')
      .map((line) => (
        <span key={line} className={css.small}>
          {line}
        </span>
      ))}
  </div>
);
