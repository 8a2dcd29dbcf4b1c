import { useQuery } from '@tanstack/react-query';
import type { RecusalRowWire } from '@throughline/domain/wire-duties.ts';
import { useState } from 'react';
import { recusalsQuery } from '../../api/duties.ts';
import { useKinds } from '../../api/kinds.ts';
import { troubleOf } from '../../api/trouble.ts';
import { refusal } from '../../kinds/roles.ts';
import { ReasonDialog } from '../../proposals/reason-dialog.tsx';
import { dayIn, formatDay } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { RefLink } from '../../ui/link.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import css from './settings.module.css';
import { t } from './words.ts';

const columns = ['who', 'record', 'since', 'why', 'until'] as const;

const Row = ({ row, onEnd }: { row: RecusalRowWire; onEnd: () => void }) => {
  const kinds = useKinds();
  const zone = useTimeZone();
  const day = (at: string): string => formatDay(dayIn(new Date(at), zone));
  const { ended, member, record } = row;
  return (
    <tr>
      <th scope="row">{member.name}</th>
      <td>
        <RefLink refText={record.ref} href={kinds.href(record)} /> {record.title}
      </td>
      <td>{day(row.at)}</td>
      <td>{row.reason ?? t('recusals.gone')}</td>
      <td>
        {ended === undefined ? (
          <Button
            aria-label={t('recusals.end-of', { who: member.name, ref: record.ref })}
            reason={refusal(row.abilities.end)}
            onClick={onEnd}
          >
            {t('recusals.end')}
          </Button>
        ) : (
          t('recusals.ended', {
            day: day(ended.at),
            who: ended.by.name,
            why: ended.reason ?? t('recusals.gone'),
          })
        )}
      </td>
    </tr>
  );
};

/** Who stands back from what, and who did (DESIGN 7). */
export const RecusalList = () => {
  const { data, error, refetch } = useQuery(recusalsQuery);
  const [ending, setEnding] = useState<RecusalRowWire | null>(null);
  const problem = troubleOf(error);
  return (
    <section className={css.below} aria-labelledby="recusals">
      <h2 id="recusals" className={css.heading}>
        {t('recusals.title')}
      </h2>
      <p className={css.explain}>{t(data?.items.length === 0 ? 'recusals.none' : 'recusals.explain')}</p>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined || data.items.length === 0 ? null : (
        <ScrollBox label={t('recusals.title')}>
          <table className={plain.table} aria-label={t('recusals.title')}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`recusals.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.items.map((row) => (
                <Row key={row.id} row={row} onEnd={() => setEnding(row)} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {ending === null ? null : (
        <ReasonDialog
          title={t('recusals.end-title', { who: ending.member.name })}
          text={t('recusals.end-text', { who: ending.member.name, ref: ending.record.ref })}
          label={t('waiver.end-reason')}
          submit={t('recusals.end-do')}
          cancel={t('waiver.keep')}
          done={t('recusals.done', { who: ending.member.name, ref: ending.record.ref })}
          path={`/api/v1/recusals/${ending.id}/end`}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  );
};
