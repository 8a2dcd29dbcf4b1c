import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { useKinds } from '../../api/kinds.ts';
import { formatInstant } from '../../text/dates.ts';
import { formatNumber, t } from '../../text/t.ts';
import { useTimeZone } from '../../ui/clock.ts';
import { Drawer } from '../../ui/dialog.tsx';
import { RefLink } from '../../ui/link.tsx';
import { type Property, PropertyList } from '../../ui/property-list.tsx';
import { actWord } from './act-words.ts';
import { Who } from './entry-row.tsx';
import css from './log.module.css';

const Digest = ({ entry }: { entry: LogEntryWire }) => (
  <div className={css.digestBox}>
    <h3 className={css.digestTitle}>{t('log.digest')}</h3>
    <code className={css.digest}>{entry.digest}</code>
    <p className={css.explain}>{t('log.digest-note')}</p>
  </div>
);

/** One entry with its digest. What proves it against a checkpoint comes with the release that has checkpoints. */
export const EntryDrawer = ({ entry, onClose }: { entry: LogEntryWire | null; onClose: () => void }) => {
  const kinds = useKinds();
  const zone = useTimeZone();
  if (entry === null) return null;
  const kind = entry.kind === null ? undefined : kinds.byName(entry.kind);
  const labelOf = (part: string): string => kind?.fields[part]?.label ?? kind?.relations[part]?.label ?? part;
  const properties: Property[] = [
    { id: 'time', label: t('log.time'), value: formatInstant(new Date(entry.at), zone) },
    { id: 'who', label: t('log.who'), value: <Who entry={entry} /> },
    { id: 'did', label: t('log.did'), value: actWord(entry.act) },
    {
      id: 'record',
      label: t('log.record'),
      value:
        entry.record === null ? null : (
          <>
            <RefLink refText={entry.record.ref} href={kinds.href(entry.record)} /> {entry.record.title}
          </>
        ),
      note: entry.version === null ? undefined : t('log.version', { n: entry.version }),
    },
    { id: 'changed', label: t('log.changed'), value: entry.changed.map(labelOf).join(', ') },
    { id: 'because', label: t('log.because'), value: entry.because },
    { id: 'request', label: t('log.request'), value: entry.request },
  ];
  return (
    <Drawer
      opened
      onClose={onClose}
      title={entry.index === null ? t('log.entry-pending') : t('log.entry', { n: formatNumber(entry.index) })}
    >
      <PropertyList properties={properties} />
      <Digest entry={entry} />
    </Drawer>
  );
};
