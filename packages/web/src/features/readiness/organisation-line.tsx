import type { ReadinessWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { firstActionable, opensByItself } from '../../standing/gap-order.ts';
import type { LineItem } from '../../standing/line-item.ts';
import { StationList } from '../../standing/station-list.tsx';
import { useAction } from '../../standing/use-action.tsx';
import { usePrinting } from '../../standing/use-printing.ts';
import { t } from '../../text/t.ts';
import css from './readiness.module.css';

type Question = ReadinessWire['organisation'][number];

const itemOf = (question: Question): LineItem => ({
  id: question.id,
  number: question.id,
  name: question.title,
  question: question.question,
  verdict: question.verdict,
  statement: question.statement,
  holdsUntil: null,
  soon: false,
  gaps: question.gaps,
  unverifiable: [],
  ...(question.id === '6.1.3' ? { see: { label: t('place.soa'), href: '/soa' } } : {}),
});

/** The organisation's own line: the same stations, one per leaf clause and per control of the organisation (DESIGN 2). */
export const OrganisationLine = ({ organisation }: { organisation: readonly Question[] }) => {
  const { run, dialog } = useAction();
  const printing = usePrinting();
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const holds = organisation.filter(({ verdict }) => verdict === 'holds').length;
  const applies = organisation.filter(({ verdict }) => verdict !== 'not-applicable').length;
  const gaps = organisation.filter(({ verdict }) => verdict === 'gap').length;
  const accepted = organisation.filter(({ verdict }) => verdict === 'accepted').length;
  const unjudged = organisation.filter(({ verdict }) => verdict === 'unverifiable').length;
  // Fifty questions at once would bury the first: only those with a gap of their own stand open.
  const opensAlone = (item: LineItem): boolean =>
    item.verdict === 'gap' && opensByItself(item) && item.gaps.some(({ causedBy }) => causedBy === null);
  const listOf = (type: Question['type'], label: string) => {
    const items = organisation.filter((question) => question.type === type).map(itemOf);
    const opened = new Set(
      items.flatMap((item) => (printing || opensAlone(item) !== turned.has(item.id) ? [item.id] : [])),
    );
    const toggle = (id: string): void =>
      setTurned((now) => {
        const next = new Set(now);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    return (
      <section className={css.questions} aria-label={label} data-type={type}>
        <h2 className={css.sectionTitle}>{label}</h2>
        <StationList
          label={label}
          items={items}
          opened={opened}
          onToggle={toggle}
          primaryGap={type === 'clause' ? firstActionable(items) : null}
          onAction={run}
          whole={printing}
        />
      </section>
    );
  };
  return (
    <>
      <p className={css.sentence}>
        {t('readiness.organisation.sentence', { n: holds, of: applies })}{' '}
        {[
          gaps === 0 ? [] : t('readiness.organisation.gaps', { n: gaps }),
          accepted === 0 ? [] : t('readiness.organisation.accepted', { n: accepted }),
          unjudged === 0 ? [] : t('readiness.organisation.unjudged', { n: unjudged }),
        ]
          .flat()
          .map((part) => `${part}.`)
          .join(' ')}
      </p>
      {listOf('clause', t('readiness.organisation.clauses'))}
      {listOf('control', t('readiness.organisation.controls'))}
      {dialog}
    </>
  );
};
