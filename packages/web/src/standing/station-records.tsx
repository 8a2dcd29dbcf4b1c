import type { StationWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { useKinds } from '../api/kinds.ts';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { Link } from '../ui/link.tsx';
import { VerdictLabel } from '../ui/marks/verdict-mark.tsx';
import { ScrollBox } from '../ui/scroll-box.tsx';
import css from './station-records.module.css';

const inSight = 5;

export type StationRecordsProps = {
  name: string;
  records: StationWire['records'];
  /** All there are; the answer carries the first of them. */
  count: number;
  all?: boolean;
};

/** The records a station was judged on: five in sight, the rest one press away (UX d 5). */
export const StationRecords = ({ name, records, count, all = false }: StationRecordsProps) => {
  const kinds = useKinds();
  const [opened, setOpened] = useState(false);
  if (records.length === 0) return null;
  const shown = opened || all ? records : records.slice(0, inSight);
  const hidden = records.length - shown.length;
  const elsewhere = Math.max(0, count - records.length);
  return (
    <div className={css.box}>
      <ScrollBox label={t('line.records', { name })}>
        <table className={css.table} aria-label={t('line.records', { name })}>
          <thead>
            <tr>
              <th scope="col">{t('line.record')}</th>
              <th scope="col">{t('line.record-title')}</th>
              <th scope="col">{t('line.record-note')}</th>
              <th scope="col">{t('line.record-verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((record) => (
              <tr key={record.id}>
                <td className={css.ref}>{record.ref}</td>
                <th scope="row" className={css.title}>
                  <Link href={kinds.href(record)} look="plain">
                    {record.title}
                  </Link>
                </th>
                <td className={css.note}>{record.note}</td>
                <td className={css.verdict}>
                  {record.verdict === null ? null : <VerdictLabel verdict={record.verdict} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {hidden > 0 ? (
        <Button look="ghost" className={css.more} onClick={() => setOpened(true)}>
          {t('line.show-more', { n: hidden })}
        </Button>
      ) : null}
      {hidden === 0 && elsewhere > 0 ? (
        <p className={css.elsewhere}>{t('line.not-shown', { n: elsewhere })}</p>
      ) : null}
    </div>
  );
};
