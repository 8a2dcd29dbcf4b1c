import { useQuery } from '@tanstack/react-query';
import type { ListWire } from '@throughline/domain/wire.ts';
import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { get } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { formatInstant } from '../../text/dates.ts';
import { useTimeZone } from '../../ui/clock.ts';
import { Link } from '../../ui/link.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { partWords } from './setting-parts.ts';
import css from './settings.module.css';
import { t } from './words.ts';

const acts =
  'organisation.created,organisation.changed,organisation.archived,organisation.restored,retention.applied';

/** Who changed which settings, when: from the log, which names them and says nothing of their content. */
export const SettingsHistory = () => {
  const zone = useTimeZone();
  const { data, error, refetch } = useQuery({
    queryKey: ['organisation', 'history'],
    queryFn: ({ signal }) =>
      get<ListWire<LogEntryWire>>('/api/v1/log', { signal, query: { act: acts, limit: 10 } }),
  });
  const problem = troubleOf(error);
  return (
    <section className={css.form} aria-labelledby="settings-history">
      <h2 id="settings-history" className={css.heading}>
        {t('settings.history')}
      </h2>
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data?.items.length === 0 ? <p className={css.explain}>{t('settings.history-none')}</p> : null}
      <ul className={css.history}>
        {data?.items.map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.at}>{formatInstant(new Date(entry.at), zone)}</time> {partWords(entry)}
          </li>
        ))}
      </ul>
      <p className={css.explain}>
        <Link href={`/log?act=${acts}`}>{t('settings.history-all')}</Link>
      </p>
    </section>
  );
};
