import type { KindWire } from '@throughline/domain/wire.ts';
import { t } from '../../text/t.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import css from './record.module.css';
import { LineCell, StateCell } from './register-cells.tsx';
import type { TrailRow } from './row-trail.ts';

/** What the list that a person came from says of the record, where the page itself will say it. */
export const OnTheWay = ({ kind, row }: { kind: KindWire; row: TrailRow }) => (
  <div className={css.body}>
    <header className={css.head}>
      <div className={css.title}>
        <h1>{row.title}</h1>
        <span className={css.tags}>
          <Tag>
            <StateCell kind={kind} state={row.state} />
          </Tag>
        </span>
      </div>
      {row.line === undefined ? null : <LineCell record={row.ref} line={row.line} />}
    </header>
    <div className={css.content}>
      <div className={css.tabs}>
        <Skeleton height={28} lines={8} />
      </div>
    </div>
    <aside className={css.panel} aria-label={t('record.properties')} />
  </div>
);
