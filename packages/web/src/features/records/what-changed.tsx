import { useQuery } from '@tanstack/react-query';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import type { AroundWire } from '@throughline/domain/wire-around.ts';
import type { Names } from '../../api/members.ts';
import { readAround } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { byWords } from '../../kinds/revision-words.ts';
import { Sentence, sentenceText } from '../../standing/sentence.tsx';
import { t } from '../../text/t.ts';
import { classNames } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/date-text.tsx';
import { Link } from '../../ui/link.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import css from './record.module.css';

/** The panel holds this many lines. */
const shown = 6;

/** What happened to a record and around it. The key names the ref, so that the event stream makes it old. */
export const useAround = (kind: KindWire, record: RecordWire) =>
  useQuery<AroundWire>({
    queryKey: ['around', record.id, record.ref],
    queryFn: ({ signal }) => readAround(kind.collection, record.ref, signal),
    enabled: record.asOf === undefined,
  });

type WhatChangedProps = { kind: KindWire; record: RecordWire; names: Names };

/** The last things that happened to the record, and what mattered of what it stands on and holds, and links that came or went. */
export const WhatChanged = ({ kind, record, names }: WhatChangedProps) => {
  const { data, error, refetch } = useAround(kind, record);
  if (data === undefined && error === null) return null;
  const here = `/${kind.collection}/${record.ref}`;
  return (
    <section className={classNames(css.block, css.screen)} aria-labelledby="changed-title">
      <h2>
        <span id="changed-title">{t('changed.title')}</span>
        <Link href={`${here}?tab=history`}>{t('record.tab.history')}</Link>
      </h2>
      {error === null ? null : <ErrorLine problem={problemOf(error)} onRetry={() => void refetch()} />}
      <ol className={css.trail}>
        {(data?.items ?? []).slice(0, shown).map((item) => (
          <li
            key={`${item.at} ${sentenceText(item.sentence)}`}
            data-significant={item.significant || undefined}
          >
            <span>
              <Sentence parts={item.sentence} />
            </span>
            <span className={css.note}>
              {item.significant ? `${t('changed.significant')}, ` : ''}
              {byWords(item, names)}, <RelativeTime at={item.at} />
            </span>
          </li>
        ))}
      </ol>
      {data === undefined || data.comments === 0 ? null : (
        <Link href={`${here}?tab=comments`}>{t('changed.comments', { n: data.comments })}</Link>
      )}
    </section>
  );
};
