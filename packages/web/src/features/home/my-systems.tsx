import type { HomeWire } from '@throughline/domain/wire-pages.ts';
import { DemoTag } from '../../kinds/demo-tag.tsx';
import { lineSentence } from '../../kinds/line-label.ts';
import { t } from '../../text/t.ts';
import { Link } from '../../ui/link.tsx';
import { Strip } from '../../ui/marks/strip.tsx';
import css from './home.module.css';

/** The caller's own systems as strips: what a monthly owner came to see. */
export const MySystems = ({ systems }: { systems: HomeWire['systems'] }) => (
  <section className={css.group} aria-labelledby="home-systems">
    <h2 id="home-systems" className={css.heading}>
      {t('home.my-systems')} <span className={css.count}>{systems.length}</span>
    </h2>
    <ul>
      {systems.map(({ id, ref, title, line }) => (
        <li key={id} className={css.system}>
          <span className={css.ref}>{ref}</span>
          <Link href={`/systems/${ref}`} look="plain" className={css.systemName}>
            {title} <DemoTag of={ref} />
          </Link>
          {line === null || line.strip === null ? (
            <span className={css.closes}>{t('home.no-line')}</span>
          ) : (
            <Strip line={line.strip} label={`${ref}: ${lineSentence(line.strip)}`} />
          )}
          <span className={css.gaps} data-any={(line?.gaps ?? 0) > 0 || undefined}>
            {line === null || line.gaps === 0 ? '' : t('home.gaps', { n: line.gaps })}
          </span>
        </li>
      ))}
    </ul>
  </section>
);
