import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { useKinds } from '../../api/kinds.ts';
import { Because } from '../../kinds/because.tsx';
import { formatInstant } from '../../text/dates.ts';
import { formatNumber, t } from '../../text/t.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { useTimeZone } from '../../ui/clock.ts';
import { FingerprintIcon, InfoIcon, LinkIcon, OperationIcon } from '../../ui/icons.ts';
import { RefLink } from '../../ui/link.tsx';
import plain from '../../ui/plain.module.css';
import { actWord } from './act-words.ts';
import css from './log.module.css';

const icons = { token: LinkIcon, telemetry: OperationIcon, rule: InfoIcon, visitor: FingerprintIcon };

/** Who acted: a person by name, anything else by what it is and how it is called. */
export const Who = ({ entry }: { entry: LogEntryWire }) => {
  const { type, id } = entry.by;
  if (type === 'person') {
    const name = entry.byName ?? t('log.actor.person');
    return (
      <span className={css.who}>
        <Avatar name={name} /> {name}
      </span>
    );
  }
  const Icon = icons[type];
  const name = entry.byName ?? (type === 'rule' ? id : null);
  return (
    <span className={css.who}>
      <Icon size={14} /> {t(`log.actor.${type}`)}
      {name === null ? '' : ` ${name}`}
    </span>
  );
};

/** One line of the log. Its number opens the entry. */
export const EntryRow = ({ entry, onOpen }: { entry: LogEntryWire; onOpen: () => void }) => {
  const kinds = useKinds();
  const zone = useTimeZone();
  const number = entry.index === null ? t('log.pending') : formatNumber(entry.index);
  return (
    <tr>
      <td className={plain.number}>
        <button type="button" className={css.open} aria-label={t('log.open', { n: number })} onClick={onOpen}>
          {number}
        </button>
      </td>
      <td className={plain.tight}>
        <time dateTime={entry.at}>{formatInstant(new Date(entry.at), zone)}</time>
      </td>
      <td>
        <Who entry={entry} />
      </td>
      <td>{actWord(entry.act)}</td>
      <td>
        {entry.record === null ? (
          <span className={css.quiet}>{entry.kind ?? ''}</span>
        ) : (
          <>
            <RefLink refText={entry.record.ref} href={kinds.href(entry.record)} title={entry.record.title} />{' '}
            {entry.record.title}{' '}
            {entry.version === null ? null : (
              <span className={css.quiet}>{t('log.version', { n: entry.version })}</span>
            )}
          </>
        )}
      </td>
      <td className={css.because}>{entry.because === null ? '' : <Because because={entry.because} />}</td>
    </tr>
  );
};
