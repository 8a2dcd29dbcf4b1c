import { useQuery } from '@tanstack/react-query';
import type { ReadinessWire } from '@throughline/domain/wire.ts';
import { get } from '../../api/client.ts';
import { t } from '../../text/t.ts';
import { Link } from '../../ui/link.tsx';
import { VerdictMark } from '../../ui/marks/verdict-mark.tsx';
import css from './home.module.css';

/** Enough to choose from; the rest is on the page Readiness. */
const most = 5;

/**
 * Where a register stops most, for a day on which nothing is assigned: a page in front of open gaps that says only
 * "nothing" would be a dead end (UX a6). What stops every line at once, the organisation's own items, comes first.
 */
export const WhereToBegin = ({ mandatory }: { mandatory: { passes: number; of: number } }) => {
  const { data } = useQuery({
    queryKey: ['readiness', 'system'],
    queryFn: ({ signal }) => get<ReadinessWire>('/api/v1/readiness', { signal }),
  });
  if (data === undefined) return null;
  const open = mandatory.of - mandatory.passes;
  const stations = data.stations
    .map((station, at) => ({ ...station, number: at + 1 }))
    .filter(({ gap }) => gap > 0)
    .sort((a, b) => b.gap - a.gap)
    .slice(0, most);
  if (open === 0 && stations.length === 0) return null;
  return (
    <section className={css.group} aria-labelledby="home-begin">
      <h2 id="home-begin" className={css.heading}>
        {t('home.begin')}
      </h2>
      <ul>
        {open === 0 ? null : (
          <li className={css.begin}>
            <VerdictMark verdict="gap" size={14} />
            <Link href="/readiness">{t('home.begin-mandatory', { n: open, of: mandatory.of })}</Link>
          </li>
        )}
        {stations.map(({ id, number, name, gap }) => (
          <li key={id} className={css.begin}>
            <VerdictMark verdict="gap" size={14} />
            <Link href={`/systems?gap=${id}`}>
              {t('home.begin-station', { n: gap, number: String(number), name })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};
