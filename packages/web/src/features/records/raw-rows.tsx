import { useQuery } from '@tanstack/react-query';
import type { KindWire, ListWire, RecordWire } from '@throughline/domain/wire.ts';
import type { RawRowWire } from '@throughline/domain/wire-import.ts';
import { useState } from 'react';
import { readRawRows } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Drawer } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import css from './record.module.css';

const from = (row: RawRowWire): string => t('raw.from', { row: row.row, file: row.file });

/** The cells as the file has them: what was read of them stands in the fields, and here is what it was read from. */
const Cells = ({ row, onClose }: { row: RawRowWire; onClose: () => void }) => (
  <Drawer opened onClose={onClose} title={from(row)}>
    <p className={css.note}>
      {t('raw.applied')} <DateText value={row.at} />. {t('raw.help')}
    </p>
    <dl className={css.cells}>
      {row.cells.map(({ column, heading, text }) => (
        <div key={column} className={css.cell}>
          <dt>{heading === '' ? t('raw.column', { n: column + 1 }) : heading}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  </Drawer>
);

/** Where a record came from, quietly: one line for each row of a file that wrote it. */
export const RawRows = ({ kind, record }: { kind: KindWire; record: RecordWire }) => {
  const [opened, setOpened] = useState<RawRowWire | null>(null);
  const { data, error, refetch } = useQuery<ListWire<RawRowWire>>({
    queryKey: ['raw-rows', record.id, record.ref],
    queryFn: ({ signal }) => readRawRows(kind.collection, record.ref, signal),
    // An import names what it writes by the key of its source; nothing else is asked about.
    enabled: record.external.length > 0,
  });
  if (error !== null) return <ErrorLine problem={problemOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined || data.items.length === 0) return null;
  return (
    <div className={css.origins}>
      {data.items.map((row) => (
        <Button
          key={`${row.import} ${row.row}`}
          look="ghost"
          flush
          aria-haspopup="dialog"
          onClick={() => setOpened(row)}
        >
          {from(row)}
        </Button>
      ))}
      {opened === null ? null : <Cells row={opened} onClose={() => setOpened(null)} />}
    </div>
  );
};
