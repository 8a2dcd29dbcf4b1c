import type { KindWire } from '@throughline/domain/wire.ts';
import type { ImportCellWire, ImportMissingWire, ImportRowWire } from '@throughline/domain/wire-import.ts';
import type { ReactNode } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { formatNumber } from '../../text/t.ts';
import { RefLink } from '../../ui/link.tsx';
import plain from '../../ui/plain.module.css';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import css from './imports.module.css';
import { valueText } from './wizard-state.ts';
import { w } from './words.ts';

type Part = 'added' | 'changed' | 'missing' | 'coerced' | 'rejected';
const partsShown = 6;

const Frame = ({
  part,
  shown,
  total,
  headings,
  children,
}: {
  part: Part;
  shown: number;
  total: number;
  headings: readonly string[];
  children: ReactNode;
}) => {
  if (shown === 0) return <p className={css.none}>{w(`import.preview.none.${part}`)}</p>;
  return (
    <>
      {shown < total ? (
        <p className={css.small}>{w('import.preview.first', { n: shown, of: total })}</p>
      ) : null}
      <ScrollBox label={w(`import.preview.${part}`)}>
        <table className={plain.table} aria-label={w(`import.preview.${part}`)}>
          <thead>
            <tr>
              {headings.map((heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </ScrollBox>
    </>
  );
};

const Changes = ({ row, kind }: { row: ImportRowWire; kind: KindWire }) => {
  const labelOf = (part: string): string => kind.fields[part]?.label ?? kind.relations[part]?.label ?? part;
  const rest = row.changes.length - partsShown;
  return (
    <ul className={css.changes}>
      {row.changes.slice(0, partsShown).map(({ part, before, after }) => (
        <li key={part}>
          <span className={css.part}>{labelOf(part)}</span>{' '}
          {before === null ? null : <del>{valueText(before)}</del>} <ins>{valueText(after)}</ins>
        </li>
      ))}
      {rest > 0 ? <li>{w('import.preview.more-parts', { n: rest })}</li> : null}
    </ul>
  );
};

/** A preview may name new rows without their cells. */
const told = (rows: readonly ImportRowWire[]): boolean => rows.some(({ changes }) => changes.length > 0);

export const RowTable = ({
  rows,
  kind,
  part,
  total,
}: {
  rows: readonly ImportRowWire[];
  kind: KindWire;
  part: 'added' | 'changed';
  total: number;
}) => (
  <Frame
    part={part}
    shown={rows.length}
    total={total}
    headings={[
      w('import.preview.row'),
      w('import.preview.title'),
      ...(told(rows) ? [w('import.preview.changes')] : []),
    ]}
  >
    {rows.map((row) => (
      <tr key={row.row}>
        <td className={css.rowNumber}>{formatNumber(row.row)}</td>
        <th scope="row">
          {row.ref === null ? null : <RefLink refText={row.ref} href={`/${kind.collection}/${row.ref}`} />}{' '}
          {row.title}
        </th>
        {told(rows) ? (
          <td>
            <Changes row={row} kind={kind} />
          </td>
        ) : null}
      </tr>
    ))}
  </Frame>
);

export const MissingTable = ({
  records,
  total,
}: {
  records: readonly ImportMissingWire[];
  total: number;
}) => {
  const kinds = useKinds();
  const someStay = records.some(({ whyItStays }) => whyItStays !== undefined);
  return (
    <Frame
      part="missing"
      shown={records.length}
      total={total}
      headings={[
        w('import.preview.record'),
        w('import.preview.title'),
        ...(someStay ? [w('import.preview.why-it-stays')] : []),
      ]}
    >
      {records.map((record) => (
        <tr key={record.id}>
          <td className={plain.tight}>
            <RefLink refText={record.ref} href={kinds.href(record)} />
          </td>
          <th scope="row">{record.title}</th>
          {someStay ? <td>{record.whyItStays}</td> : null}
        </tr>
      ))}
    </Frame>
  );
};

/** Cells as the file has them and as they become, with why. */
export const CellTable = ({
  cells,
  part,
  total,
}: {
  cells: readonly ImportCellWire[];
  part: 'coerced' | 'rejected';
  total: number;
}) => (
  <Frame
    part={part}
    shown={cells.length}
    total={total}
    headings={[
      w('import.preview.row'),
      w('import.preview.column'),
      w('import.preview.raw'),
      ...(part === 'coerced' ? [w('import.preview.parsed')] : []),
      w('import.preview.why'),
    ]}
  >
    {cells.map((cell) => (
      <tr key={`${cell.row} ${cell.column} ${cell.message}`}>
        <td className={css.rowNumber}>{formatNumber(cell.row)}</td>
        <th scope="row" className={css.cellColumn}>
          {cell.column === '' ? w('import.preview.whole-row') : cell.column}
        </th>
        <td className={css.raw}>{cell.raw}</td>
        {part === 'coerced' ? <td className={css.parsed}>{valueText(cell.parsed)}</td> : null}
        <td>{cell.message}</td>
      </tr>
    ))}
  </Frame>
);
