import { useQuery } from '@tanstack/react-query';
import type { KindWire, ListWire, RecordWire, RevisionWire } from '@throughline/domain/wire.ts';
import type { Names } from '../../api/members.ts';
import { readSignificant } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { partLabel } from '../../kinds/parts.ts';
import { actWords, byWords } from '../../kinds/revision-words.ts';
import { t } from '../../text/t.ts';
import { RelativeTime } from '../../ui/date-text.tsx';
import { Link } from '../../ui/link.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import css from './record.module.css';

/** The panel holds this many. */
const shown = 4;

const whatWords = (kind: KindWire, revision: RevisionWire): string =>
  revision.act === 'edited'
    ? t('changed.parts', { list: revision.changed.map((part) => partLabel(kind, part)).join(', ') })
    : actWords(kind, revision);

type WhatChangedProps = { kind: KindWire; record: RecordWire; names: Names };

/** The last versions that mattered: significant edits, steps, the beginning. Every version stands under History. */
export const WhatChanged = ({ kind, record, names }: WhatChangedProps) => {
  const { data, error, refetch } = useQuery<ListWire<RevisionWire>>({
    queryKey: ['significant', record.id, record.ref],
    queryFn: ({ signal }) => readSignificant(kind.collection, record.ref, shown, signal),
  });
  if (data === undefined && error === null) return null;
  return (
    <section className={css.block} aria-labelledby="changed-title">
      <h2>
        <span id="changed-title">{t('changed.title')}</span>
        <Link href={`/${kind.collection}/${record.ref}?tab=history`}>{t('record.tab.history')}</Link>
      </h2>
      {error === null ? null : <ErrorLine problem={problemOf(error)} onRetry={() => void refetch()} />}
      <ol className={css.trail}>
        {(data?.items ?? []).map((revision) => (
          <li key={revision.version} data-significant={revision.act === 'edited' || undefined}>
            <span>{whatWords(kind, revision)}</span>
            <span className={css.note}>
              {revision.act === 'edited' ? `${t('changed.significant')}, ` : ''}
              {byWords(revision, names)}, <RelativeTime at={revision.at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};
