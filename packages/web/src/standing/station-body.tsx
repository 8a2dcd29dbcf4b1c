import { useState } from 'react';
import { t } from '../text/t.ts';
import { Button } from '../ui/button.tsx';
import { Link } from '../ui/link.tsx';
import { GapBlock, UnjudgedBlock } from './gap-block.tsx';
import { gapId, gapsInSight, orderGaps } from './gap-order.ts';
import type { LineItem, StationListProps } from './line-item.ts';
import { Sentence } from './sentence.tsx';
import css from './station-list.module.css';
import { StationRecords } from './station-records.tsx';

type SealedProps = { sealed: NonNullable<LineItem['sealed']>; list: StationListProps; id: string };

/** What sealed records add for whoever reads: beside the line, never on paper, and no task of anybody. */
const SealedGaps = ({ sealed, list, id }: SealedProps) => (
  <>
    <p className={css.sealed}>
      <b>{t('line.sealed')}</b> {t('line.sealed-text')}
    </p>
    <ul className={css.gaps}>
      {sealed.gaps.map((gap) => (
        <GapBlock
          key={gap.rule}
          id={`${gapId(id, gap)}-sealed`}
          gap={gap}
          verdict="gap"
          primary={false}
          onAction={list.onAction}
          locked={list.locked}
          sealed
        />
      ))}
      {sealed.unverifiable.map((rule) => (
        <UnjudgedBlock key={rule.rule} ruleText={rule.ruleText} why={rule.why} quiet={false} />
      ))}
    </ul>
  </>
);

/** What an open station shows: the question, its gaps, what cannot be judged, and the records it was judged on. */
export const StationBody = ({ item, list }: { item: LineItem; list: StationListProps }) => {
  const [all, setAll] = useState(false);
  const gaps = orderGaps(item.gaps);
  const shown = all || list.whole === true ? gaps : gaps.slice(0, gapsInSight);
  const rest = gaps.length - shown.length;
  const quiet = gaps.length + item.unverifiable.length === 0;
  return (
    <>
      {quiet ? (
        <p className={css.question}>
          <b>{t('line.question')}</b> {item.question}
        </p>
      ) : null}
      {quiet && item.statement.length > 0 ? (
        <p className={css.full}>
          <Sentence parts={item.statement} />
        </p>
      ) : null}
      {shown.length + item.unverifiable.length === 0 ? null : (
        <ul className={css.gaps}>
          {shown.map((gap) => {
            const id = gapId(item.id, gap);
            return (
              <GapBlock
                key={id}
                id={id}
                gap={gap}
                verdict={item.verdict}
                primary={id === list.primaryGap}
                onAction={list.onAction}
                locked={list.locked}
                system={list.system}
              />
            );
          })}
          {item.unverifiable.map((rule) => (
            <UnjudgedBlock
              key={rule.rule}
              ruleText={rule.ruleText}
              why={rule.why}
              quiet={item.verdict !== 'unverifiable'}
            />
          ))}
        </ul>
      )}
      {item.sealed === undefined || list.whole === true ? null : (
        <SealedGaps sealed={item.sealed} list={list} id={item.id} />
      )}
      {rest > 0 ? (
        <Button look="ghost" className={css.more} onClick={() => setAll(true)}>
          {t('line.more-gaps', { n: rest })}
        </Button>
      ) : null}
      {item.see === undefined ? null : (
        <p className={css.question}>
          <Link href={item.see.href}>{item.see.label}</Link>
        </p>
      )}
      {item.records === undefined ? null : (
        <StationRecords
          name={item.name}
          records={item.records}
          count={item.recordCount ?? item.records.length}
          all={list.whole === true}
        />
      )}
    </>
  );
};
