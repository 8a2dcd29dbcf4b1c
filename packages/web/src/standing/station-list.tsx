import { type ReactNode, useId } from 'react';
import { daysUntil, formatDay } from '../text/dates.ts';
import { t } from '../text/t.ts';
import { useToday } from '../ui/clock.ts';
import { ChevronDownIcon, ChevronRightIcon, ClockIcon } from '../ui/icons.ts';
import { Rail } from '../ui/marks/rail.tsx';
import { verdictWord } from '../ui/marks/verdict.ts';
import { VerdictLabel } from '../ui/marks/verdict-mark.tsx';
import { standsSince } from './gap-order.ts';
import type { LineItem, StationListProps } from './line-item.ts';
import { Sentence, sentenceText } from './sentence.tsx';
import { StationBody } from './station-body.tsx';
import css from './station-list.module.css';

const Until = ({ item }: { item: LineItem }) => {
  const today = useToday();
  const since = item.verdict === 'gap' ? standsSince(item.gaps) : null;
  if (since !== null) {
    const days = -(daysUntil(since, today) ?? 0);
    return <span>{days < 1 ? t('line.open-today') : t('line.open-days', { n: days })}</span>;
  }
  if (item.holdsUntil === null || (item.verdict !== 'holds' && item.verdict !== 'accepted')) return null;
  if (!item.soon)
    return <time dateTime={item.holdsUntil}>{t('line.until', { day: formatDay(item.holdsUntil) })}</time>;
  const left = daysUntil(item.holdsUntil, today) ?? 0;
  return (
    <span className={css.soon} title={formatDay(item.holdsUntil)}>
      <ClockIcon size={14} />
      {left < 1 ? t('line.ends-today') : t('line.ends-in', { n: left })}
    </span>
  );
};

/** What the row says beside the name: the verdict's word where it asks for something, the statement where it does not. */
const Statement = ({ item, open }: { item: LineItem; open: boolean }): ReactNode => {
  const { verdict, statement } = item;
  const said = <Sentence parts={statement} linked={false} />;
  if (verdict === 'holds') return said;
  if (open && (verdict === 'gap' || item.gaps.length > 0)) {
    return <b className={css[verdict]}>{verdictWord(verdict)}</b>;
  }
  return (
    <>
      <b className={css[verdict]}>{verdictWord(verdict)}.</b> {said}
    </>
  );
};

const Station = ({
  item,
  list,
  first,
  last,
}: {
  item: LineItem;
  list: StationListProps;
  first: boolean;
  last: boolean;
}) => {
  const id = useId();
  const open = list.opened.has(item.id);
  return (
    <li className={css.station} id={`station-${item.id}`} data-open={open || undefined}>
      <Rail verdict={item.verdict} first={first} last={last} />
      <div className={css.content}>
        <h3 className={css.head}>
          <button
            type="button"
            className={css.row}
            aria-expanded={open}
            aria-controls={open ? `${id}-body` : undefined}
            title={sentenceText(item.statement)}
            onClick={() => list.onToggle(item.id)}
          >
            <span className={css.number}>{item.number}</span>
            <span className={css.name}>{item.name}</span>
            <span className={css.paperMark}>
              <VerdictLabel verdict={item.verdict} />
            </span>
            <span className={css.statement}>
              <Statement item={item} open={open} />
            </span>
            <span className={css.until}>
              <Until item={item} />
            </span>
            <span className={css.chevron}>
              {open ? <ChevronDownIcon size={14} /> : <ChevronRightIcon size={14} />}
            </span>
          </button>
        </h3>
        {open ? (
          <div id={`${id}-body`} className={css.body}>
            <StationBody item={item} list={list} />
          </div>
        ) : null}
      </div>
    </li>
  );
};

/** The line down a page: an ordered list, each station a heading with a button that opens it (UX d 3, g). */
export const StationList = (props: StationListProps) => (
  <ol className={css.list} aria-label={props.label}>
    {props.items.map((item, index) => (
      <Station
        key={item.id}
        item={item}
        list={props}
        first={index === 0}
        last={index === props.items.length - 1}
      />
    ))}
  </ol>
);
