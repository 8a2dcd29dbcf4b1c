import type { HomeWire } from '@throughline/domain/wire-pages.ts';
import { stationOrder } from '../../kinds/stations.ts';
import { t } from '../../text/t.ts';
import { Link } from '../../ui/link.tsx';
import { VerdictMark } from '../../ui/marks/verdict-mark.tsx';
import css from './home.module.css';

/**
 * Where a register stops most, for a day on which nothing is assigned: a page in front of open gaps that says only
 * "nothing" would be a dead end (UX a6). What stops every line at once, the organisation's own items, comes first.
 */
export const WhereToBegin = ({ mandatory, worst }: Pick<HomeWire['readiness'], 'mandatory' | 'worst'>) => {
  const open = mandatory.of - mandatory.passes;
  if (open === 0 && worst.length === 0) return null;
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
        {worst.map(({ station, name, systems }) => (
          <li key={station} className={css.begin}>
            <VerdictMark verdict="gap" size={14} />
            <Link href={`/systems?gap=${station}`}>
              {t('home.begin-station', { n: systems, number: String(stationOrder(station)), name })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};
