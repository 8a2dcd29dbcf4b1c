import type { KindWire } from '@throughline/domain/wire.ts';
import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import type { ReactNode } from 'react';
import type { useKinds } from '../../api/kinds.ts';
import { Because } from '../../kinds/because.tsx';
import { BrokenMark } from '../../proof/broken-mark.tsx';
import type { Fault } from '../../proof/faults.ts';
import { formatInstant } from '../../text/dates.ts';
import { formatNumber } from '../../text/t.ts';
import type { GridColumn } from '../../ui/grid/grid-types.ts';
import { RefLink } from '../../ui/link.tsx';
import { aboutWords } from './about-words.ts';
import { actWord } from './act-words.ts';
import css from './log.module.css';
import { Who } from './who.tsx';
import { t } from './words.ts';

type Kinds = ReturnType<typeof useKinds>;

/** The number of an entry as people read it; one without a place waits for it. */
export const numberWords = ({ index }: LogEntryWire): string =>
  index === null ? t('log.pending') : formatNumber(index);

/** The first fault that concerns the entry at a place. */
export const faultAt = (faults: readonly Fault[], index: number | null): Fault | undefined =>
  index === null
    ? undefined
    : faults.find(({ entries }) => entries !== null && entries.start <= index && index < entries.end);

const labelOf = (kind: KindWire | undefined, name: string | null): string => kind?.label ?? name ?? '';

const RecordCell = ({ entry, kinds }: { entry: LogEntryWire; kinds: Kinds }): ReactNode => {
  if (entry.record === null)
    return entry.about.length > 0 ? (
      <span>{aboutWords(entry)}</span>
    ) : (
      <span className={css.quiet}>{labelOf(kinds.byName(entry.kind ?? ''), entry.kind)}</span>
    );
  return (
    <span className={css.record}>
      <RefLink refText={entry.record.ref} href={kinds.href(entry.record)} title={entry.record.title} />{' '}
      {entry.record.title}{' '}
      {entry.version === null ? null : (
        <span className={css.quiet}>{t('log.version', { n: entry.version })}</span>
      )}
    </span>
  );
};

/** Columns of the log (UX d, Log page). The number leads to the entry. */
export const logColumns = (
  kinds: Kinds,
  zone: string,
  faults: readonly Fault[],
): readonly GridColumn<LogEntryWire>[] => [
  {
    id: 'number',
    header: t('log.number'),
    width: 88,
    align: 'end',
    kind: 'name',
    sticky: true,
    render: (entry) => <span className={css.number}>{numberWords(entry)}</span>,
  },
  {
    id: 'time',
    header: t('log.time'),
    width: 186,
    least: 176,
    render: ({ at }) => <time dateTime={at}>{formatInstant(new Date(at), zone)}</time>,
  },
  { id: 'who', header: t('log.who'), width: 208, least: 140, render: (entry) => <Who entry={entry} /> },
  {
    id: 'did',
    header: t('log.did'),
    width: 256,
    least: 148,
    render: ({ act }) => <span>{actWord(act)}</span>,
  },
  {
    id: 'record',
    header: t('log.about'),
    width: 240,
    grow: true,
    render: (entry) => {
      const fault = faultAt(faults, entry.index);
      return (
        <span className={css.record}>
          {fault === undefined ? null : <BrokenMark fault={fault} />}{' '}
          <RecordCell entry={entry} kinds={kinds} />
        </span>
      );
    },
  },
  {
    id: 'because',
    header: t('log.because'),
    width: 160,
    least: 104,
    render: ({ because, cause }) =>
      because === null ? null : (
        <span className={css.quiet}>
          <Because because={because} cause={cause ?? null} />
        </span>
      ),
  },
];
