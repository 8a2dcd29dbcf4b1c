import type { WalkDrawWire } from '@throughline/domain/wire-pages.ts';
import { useEffect, useRef } from 'react';
import { formatInstant } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { useNavigate } from '../../ui/navigate.ts';
import css from './draw.module.css';

/** What was drawn, and all that repeats the draw exactly: population, filter, seed, moment. */
export const Drawn = ({ draw }: { draw: WalkDrawWire }) => {
  const zone = useTimeZone();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const { ref } = draw.walk;
  useEffect(() => {
    if (ref !== '') heading.current?.focus();
  }, [ref]);
  return (
    <section className={css.drawn} aria-labelledby="drawn">
      <h2 id="drawn" ref={heading} tabIndex={-1} className={css.drawnTitle}>
        {t('walk.draw.drawn', { ref: draw.system.ref, n: draw.population })}
      </h2>
      <p className={css.name}>{draw.system.title}</p>
      <ul className={css.facts}>
        {draw.row === null ? null : <li>{t('walk.draw.row', { row: draw.row })}</li>}
        {draw.from === 'outside' ? null : (
          <li>
            {draw.filter === null
              ? t('walk.draw.no-filter')
              : t('walk.draw.filter-was', { filter: draw.filter })}
          </li>
        )}
        <li className={css.seed}>{t('walk.draw.seed-was', { seed: draw.seed })}</li>
        <li>{t('walk.draw.at', { at: formatInstant(new Date(draw.drawnAt), zone) })}</li>
      </ul>
      <Button
        look="primary"
        size="form"
        onClick={() => navigate(`/systems/${draw.system.ref}/walk?walk=${draw.walk.ref}`)}
      >
        {t('walk.draw.start')}
      </Button>
    </section>
  );
};
