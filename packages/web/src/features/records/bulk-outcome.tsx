import type { BulkResult } from '../../api/jobs.ts';
import type { BulkWire, Refusal } from '../../api/records.ts';
import { t } from '../../text/t.ts';
import type { BulkTarget } from './bulk-dialog.tsx';
import css from './register.module.css';

/** What an answer that was worked at once comes to, as a job's result would say it. */
export const resultOf = (answer: BulkWire): BulkResult => ({
  applied: answer.applied?.length ?? 0,
  unchanged: answer.unchanged?.length ?? 0,
  refused: answer.refused?.length ?? 0,
  refusals: answer.refused ?? [],
  voided: answer.voided ?? 0,
  stale: answer.stale ?? 0,
});

/** Refusals told in words; the rest are counted. */
const shownRefusals = 50;

const refusalName = (target: BulkTarget, refusal: Refusal): string => {
  const { id, ref, title } = refusal;
  if (ref !== undefined && title !== undefined) return t('register.select-row', { ref, title });
  const row = target.rows.find((entry) => entry.id === id);
  return row === undefined ? id : t('register.select-row', { ref: row.ref, title: row.title });
};

export const BulkOutcome = ({ tried, target }: { tried: BulkResult; target: BulkTarget }) => {
  const { applied, unchanged, refused, refusals, voided, stale } = tried;
  const told = refusals.slice(0, shownRefusals);
  return (
    <div role="status" className={css.choice}>
      <p className={css.sentence}>
        {applied === 0 ? t('bulk.nothing') : t('bulk.applies', { n: applied, total: target.count })}{' '}
        {unchanged === 0 ? '' : t('bulk.unchanged', { n: unchanged })}{' '}
        {voided === 0 ? '' : t('bulk.voids', { n: voided })}{' '}
        {stale === 0 ? '' : t('bulk.stales', { n: stale })}
      </p>
      {refused === 0 ? null : (
        <div>
          <p>{t('bulk.refuses', { n: refused })}</p>
          <ul className={css.refusals}>
            {told.map((refusal) => (
              <li key={refusal.id}>
                <b>{refusalName(target, refusal)}</b>: {refusal.reason}
              </li>
            ))}
            {refused <= told.length ? null : <li>{t('bulk.refuses-more', { n: refused - told.length })}</li>}
          </ul>
        </div>
      )}
    </div>
  );
};
