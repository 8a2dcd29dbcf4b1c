import type { WalkDrawWire } from '@throughline/domain/wire-pages.ts';
import { useEffect, useRef } from 'react';
import { DemoTag } from '../../kinds/demo-tag.tsx';
import { newRecordHref } from '../../kinds/prefill.ts';
import { formatInstant } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { Link } from '../../ui/link.tsx';
import { useNavigate } from '../../ui/navigate.ts';
import css from './draw.module.css';
import { useSources } from './sources.ts';
import { w } from './words.ts';

/** What was drawn, and all that repeats the draw exactly: population, filter, seed, moment. */
export const Drawn = ({ draw, onRepeat }: { draw: WalkDrawWire; onRepeat: (seed: string) => void }) => {
  const source = useSources().find(({ value }) => value === draw.source)?.label;
  const zone = useTimeZone();
  const navigate = useNavigate();
  const heading = useRef<HTMLHeadingElement>(null);
  const { ref } = draw.walk;
  const { system } = draw;
  useEffect(() => {
    if (ref !== '') heading.current?.focus();
  }, [ref]);
  return (
    <section className={css.drawn} aria-labelledby="drawn">
      <h2 id="drawn" ref={heading} tabIndex={-1} className={css.drawnTitle}>
        {system === null
          ? w('walk.draw.unknown', { n: draw.population })
          : w(draw.from === 'outside' ? 'walk.draw.drawn-outside' : 'walk.draw.drawn', {
              ref: system.ref,
              n: draw.population,
            })}
      </h2>
      {system === null ? null : (
        <p className={css.name}>
          {system.title} <DemoTag of={system.ref} />
        </p>
      )}
      <ul className={css.facts}>
        {source === undefined ? null : (
          <li>
            {w('walk.draw.source-was', { source: draw.note === null ? source : `${source}, ${draw.note}` })}
          </li>
        )}
        {draw.row === null ? null : <li>{w('walk.draw.row', { row: draw.row })}</li>}
        {draw.from === 'outside' ? null : (
          <li>
            {draw.filter === null || draw.filter === ''
              ? w('walk.draw.no-filter')
              : w('walk.draw.filter-was', { filter: draw.filter })}
          </li>
        )}
        <li className={css.seed}>
          {w('walk.draw.seed-was', { seed: draw.seed })}{' '}
          <Button look="ghost" onClick={() => onRepeat(draw.seed)}>
            {w('walk.draw.repeat')}
          </Button>
        </li>
        <li>{w('walk.draw.at', { at: formatInstant(new Date(draw.drawnAt), zone) })}</li>
      </ul>
      {system === null ? (
        <Link href={newRecordHref('systems', { fields: { name: draw.row ?? '' } })}>
          {w('walk.draw.add')}
        </Link>
      ) : (
        <Button
          look="primary"
          size="form"
          onClick={() => navigate(`/systems/${system.ref}/walk?walk=${draw.walk.ref}`)}
        >
          {w('walk.draw.start')}
        </Button>
      )}
    </section>
  );
};
