import { useQuery } from '@tanstack/react-query';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import type { FallWire } from '@throughline/domain/wire-withdrawal.ts';
import type { ReactNode } from 'react';
import { useKinds } from '../../api/kinds.ts';
import { readWithdrawal } from '../../api/records.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Sentence, sentenceText } from '../../standing/sentence.tsx';
import { t } from '../../text/t.ts';
import { RefLink } from '../../ui/link.tsx';
import { verdictWord } from '../../ui/marks/verdict.ts';
import { VerdictMark } from '../../ui/marks/verdict-mark.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { fallsAlike } from './falls-alike.ts';
import css from './what-falls.module.css';

const Fall = ({ fall: { name, before, after, gaps } }: { fall: FallWire }) => (
  <li>
    <span className={css.turn}>
      <VerdictMark verdict={before} size={14} />
      {before === after ? null : <VerdictMark verdict={after} size={14} />}
      <b>{name}</b>
      <span className={css.quiet}>
        {before === after
          ? t('withdrawal.stays', { verdict: verdictWord(before) })
          : t('withdrawal.turns', { before: verdictWord(before), after: verdictWord(after).toLowerCase() })}
      </span>
    </span>
    {gaps.map((gap) => (
      <p key={sentenceText(gap)} className={css.gap}>
        <Sentence parts={gap} linked={false} />
      </p>
    ))}
  </li>
);

const Falls = ({ of, falls }: { of: ReactNode; falls: readonly FallWire[] }) => (
  <li>
    <h4>{of}</h4>
    <ul className={css.falls}>
      {falls.map((fall) => (
        <Fall key={fall.id} fall={fall} />
      ))}
    </ul>
  </li>
);

/** Which stations of which systems fall with the approval: worked out before anybody confirms, written nowhere. */
export const WhatFalls = ({ kind, record }: { kind: KindWire; record: RecordWire }) => {
  const kinds = useKinds();
  const { data, error, refetch } = useQuery({
    queryKey: ['record', record.ref, 'withdrawal'],
    queryFn: ({ signal }) => readWithdrawal(kind.collection, record.ref, signal),
  });
  const problem = troubleOf(error);
  if (problem !== null) return <ErrorLine problem={problem} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={24} lines={3} />;
  const { systems, fallen, looked, of, organisation } = data;
  const hidden = fallen - systems.length;
  return (
    <section aria-labelledby="what-falls" className={css.block}>
      <h3 id="what-falls">{t('withdrawal.title')}</h3>
      <p className={css.quiet}>
        {fallen === 0 ? t('withdrawal.nothing', { n: looked }) : t('withdrawal.fallen', { n: fallen })}{' '}
        {looked < of ? t('withdrawal.part', { looked, of }) : ''}{' '}
        {hidden > 0 ? t('withdrawal.hidden', { n: hidden }) : ''}
      </p>
      {systems.length + organisation.length === 0 ? null : (
        <ul className={css.list}>
          {fallsAlike(systems).map(({ systems: alike, falls }) => (
            <Falls
              key={alike.map(({ id }) => id).join(' ')}
              falls={falls}
              of={
                alike.length === 1 ? (
                  alike.map((system) => (
                    <span key={system.id}>
                      <RefLink refText={system.ref} href={kinds.href(system)} /> {system.title}
                    </span>
                  ))
                ) : (
                  <span className={css.alike}>
                    {t('withdrawal.alike', { n: alike.length })}
                    {alike.map((system) => (
                      <RefLink
                        key={system.id}
                        refText={system.ref}
                        href={kinds.href(system)}
                        title={system.title}
                      />
                    ))}
                  </span>
                )
              }
            />
          ))}
          {organisation.length === 0 ? null : (
            <Falls of={t('withdrawal.organisation')} falls={organisation} />
          )}
        </ul>
      )}
    </section>
  );
};
