import type { HomeWire } from '@throughline/domain/wire-pages.ts';
import { useKinds } from '../../api/kinds.ts';
import { formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/date-text.tsx';
import { Link, RefLink } from '../../ui/link.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import { Sparkline } from '../../ui/sparkline.tsx';
import css from './home.module.css';
import { isTold, readinessSentence } from './home-sentence.tsx';

type Readiness = HomeWire['readiness'];

const Trend = ({ trend }: { trend: Readiness['trend'] }) => {
  const first = trend[0];
  const last = trend.at(-1);
  if (first === undefined || last === undefined || trend.length < 2) return null;
  return (
    <Link href="/readiness?tab=trend" look="plain" className={css.trend}>
      <Sparkline
        values={trend.map((day) => day.withGaps)}
        label={t('home.trend', {
          from: formatDay(first.day),
          to: formatDay(last.day),
          first: first.withGaps,
          last: last.withGaps,
        })}
      />
      <span className={css.closes}>{t('home.trend-caption', { n: trend.length })}</span>
    </Link>
  );
};

const Changes = ({ changes }: { changes: HomeWire['changes'] }) => {
  const kinds = useKinds();
  if (changes.length === 0) return <p className={css.closes}>{t('home.nothing-changed')}</p>;
  return (
    <ol className={css.changes}>
      {changes.map((change) => (
        <li
          key={`${change.record.id} ${change.at} ${change.what}`}
          data-significant={change.significant || undefined}
        >
          <span>
            <RefLink
              refText={change.record.ref}
              href={kinds.href(change.record)}
              title={change.record.title}
            />{' '}
            {change.what}
          </span>
          <span className={css.closes}>
            {change.by === null ? '' : t('home.by', { by: change.by })}
            <RelativeTime at={change.at} />
          </span>
        </li>
      ))}
    </ol>
  );
};

/** The right third: how the register stands, the mandatory set, the walk, and what changed. */
export const HomeSide = ({ home }: { home: HomeWire }) => {
  const navigate = useNavigate();
  const { readiness } = home;
  return (
    <aside className={css.side} aria-label={t('home.readiness')}>
      <section>
        {isTold(home) ? (
          <h2 className={css.sideHeading}>
            <Link href="/systems?gap=any">{t('home.open-running')}</Link>
          </h2>
        ) : (
          <h2 className={css.sideSentence}>
            <Link href="/systems?gap=any" look="plain">
              {readinessSentence(readiness)}
            </Link>
          </h2>
        )}
        {readiness.demo === 0 ? null : (
          <p className={css.closes}>
            {t('demo.includes', { n: readiness.demo })}
            {readiness.demo < readiness.systems ? (
              <>
                {' '}
                {t('demo.answers')} <Link href="/demo">{t('demo.remove')}</Link>
              </>
            ) : null}
          </p>
        )}
        {readiness.stale === 0 ? null : (
          <p className={css.closes}>{t('home.rechecked', { n: readiness.stale })}</p>
        )}
        <Trend trend={readiness.trend} />
      </section>
      <section className={css.sideRow}>
        <h2 className={css.sideHeading}>{t('home.mandatory')}</h2>
        <Link href="/readiness">
          {t('home.mandatory-pass', { n: readiness.mandatory.passes, of: readiness.mandatory.of })}
        </Link>
      </section>
      <section className={css.sideRow}>
        <h2 className={css.sideHeading}>{t('home.walk')}</h2>
        <p className={css.closes}>{t('home.walk-text', { n: readiness.systems })}</p>
        <Button onClick={() => navigate('/walks/draw')}>{t('home.draw')}</Button>
      </section>
      <section>
        <h2 className={css.sideHeading}>{t('home.changed')}</h2>
        <Changes changes={home.changes} />
      </section>
    </aside>
  );
};
