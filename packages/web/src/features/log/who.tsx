import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { FingerprintIcon, InfoIcon, LinkIcon, OperationIcon } from '../../ui/icons.ts';
import css from './log.module.css';
import { t } from './words.ts';

const icons = { token: LinkIcon, telemetry: OperationIcon, rule: InfoIcon, visitor: FingerprintIcon };

/** Who acted, in words: a person by name, anything else by what it is and how it is called. */
export const whoWords = ({
  by,
  byName,
  onBehalfOf,
  askedBy,
}: Pick<LogEntryWire, 'by' | 'byName' | 'onBehalfOf' | 'askedBy'>): string => {
  const person = byName ?? t('log.actor.person');
  if (by.type === 'person') {
    const who =
      onBehalfOf === undefined
        ? person
        : t('acts.for', { who: person, for: onBehalfOf.name || t('log.actor.person') });
    return askedBy === undefined ? who : t('acts.asked', { who, by: askedBy.name || t('log.actor.person') });
  }
  const name = byName ?? (by.type === 'rule' ? by.id : null);
  return name === null ? t(`log.actor.${by.type}`) : `${t(`log.actor.${by.type}`)} ${name}`;
};

/** Who acted, with a mark of what it is; the words say it too. */
export const Who = ({ entry }: { entry: LogEntryWire }) => {
  const words = whoWords(entry);
  if (entry.by.type === 'person')
    return (
      <span className={css.who}>
        <Avatar name={entry.byName ?? words} /> <span>{words}</span>
      </span>
    );
  const Icon = icons[entry.by.type];
  return (
    <span className={css.who}>
      <Icon size={14} /> <span>{words}</span>
    </span>
  );
};
