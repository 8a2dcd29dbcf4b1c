import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { searchRecords } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { formatNumber, t } from '../../text/t.ts';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { Link } from '../../ui/link.tsx';
import { announce } from '../../ui/live-region.tsx';
import { usePageTitle, useSearchState } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { exactFirst } from './order.ts';
import css from './search.module.css';

/** A pause in typing this long asks the server (UX i). */
const pause = 120;

/** Records by words or ref, grouped by kind with counts; the address holds what was asked. */
export const Page = () => {
  const kinds = useKinds();
  const [search, change] = useSearchState();
  const query = search.q ?? '';
  const [typed, setTyped] = useState(query);
  usePageTitle(t('search.title'));
  useEffect(() => {
    if (typed === query) return;
    const timer = setTimeout(() => change({ q: typed.trim() === '' ? undefined : typed }), pause);
    return () => clearTimeout(timer);
  }, [typed, query, change]);
  const found = useQuery({
    queryKey: ['search', query, search.kind ?? ''],
    queryFn: ({ signal }) => searchRecords({ q: query, kind: search.kind, limit: 100 }, signal),
    enabled: query.trim() !== '',
    placeholderData: keepPreviousData,
  });
  const groups = query.trim() === '' ? [] : exactFirst(found.data?.groups ?? [], query);
  const listed = groups.reduce((sum, group) => sum + group.items.length, 0);
  const { count: total, more } = found.data?.total ?? { count: 0, more: false };
  useEffect(() => {
    if (found.isSuccess) announce(t('search.count', { n: total }));
  }, [found.isSuccess, total]);
  return (
    <div className={css.page}>
      <h1>{t('search.title')}</h1>
      <div className={css.asked}>
        <TextField type="search" label={t('search.input')} autoFocus value={typed} onChange={setTyped} />
        <ChoiceField
          label={t('search.only')}
          optional
          placeholder={t('search.kind')}
          value={search.kind ?? null}
          onChange={(kind) => change({ kind: kind ?? undefined })}
          options={kinds.all.map((kind) => ({ value: kind.name, label: kind.plural }))}
        />
      </div>
      {found.error === null ? null : (
        <ErrorLine problem={problemOf(found.error)} onRetry={() => void found.refetch()} />
      )}
      {query.trim() === '' ? <p className={css.lead}>{t('search.begin')}</p> : null}
      {found.isLoading ? <Skeleton height={32} lines={6} /> : null}
      {found.isSuccess && groups.length === 0 && query.trim() !== '' ? (
        <p className={css.lead}>{t('search.none', { text: query })}</p>
      ) : null}
      {groups.length === 0 ? null : (
        <p className={css.sentence}>
          {t('search.results', { n: listed, kinds: t('search.kinds', { n: groups.length }) })}
          {more
            ? ` ${t('search.ranked', { n: formatNumber(total) })}`
            : listed < total
              ? ` ${t('search.best', { n: formatNumber(total) })}`
              : ''}
        </p>
      )}
      {groups.map((group) => {
        const kind = kinds.byName(group.kind);
        const count = group.items.length;
        return (
          <section key={group.kind} aria-label={kind?.plural ?? group.kind} className={css.group}>
            <h2>
              {kind?.plural ?? group.kind} <span className={css.count}>{formatNumber(count)}</span>
            </h2>
            <ul>
              {group.items.map((item) => {
                const state = kind?.states[item.state];
                return (
                  <li key={item.id} className={css.result}>
                    <span className={css.ref}>{item.ref}</span>
                    <Link href={kinds.href(item)} look="plain" className={css.title}>
                      {item.title}
                    </Link>
                    {state === undefined ? null : <StateDot shape={state.shape}>{state.label}</StateDot>}
                  </li>
                );
              })}
            </ul>
            {kind === undefined || count <= group.items.length ? null : (
              <Link href={`/${kind.collection}?q=${encodeURIComponent(query)}`}>
                {t('search.more', { plural: kind.plural })}
              </Link>
            )}
          </section>
        );
      })}
    </div>
  );
};
