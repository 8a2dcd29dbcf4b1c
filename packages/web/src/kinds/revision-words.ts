import type { KindWire } from '@throughline/domain/wire.ts';
import type { RevisionWire } from '@throughline/domain/wire-around.ts';
import type { Names } from '../api/members.ts';
import { t } from '../text/t.ts';

/** What a version came about by: "Created", "Moved to Live". */
export const actWords = (kind: KindWire, revision: RevisionWire): string =>
  revision.act === 'moved'
    ? t('history.act.moved', { state: kind.states[revision.state]?.label ?? revision.state })
    : t(`history.act.${revision.act}`);

/** Who made a version, or what did. */
export const byWords = (
  revision: Pick<RevisionWire, 'by' | 'byName' | 'onBehalfOf'>,
  names: Names,
): string => {
  const { onBehalfOf } = revision;
  const who = actorWords(revision, names);
  return onBehalfOf === undefined
    ? who
    : t('acts.for', { who, for: onBehalfOf.name || t('record.fact.someone') });
};

const actorWords = (revision: Pick<RevisionWire, 'by' | 'byName'>, names: Names): string => {
  if (revision.byName !== null) return revision.byName;
  if (revision.by.type === 'person') return names[revision.by.id] ?? t('record.fact.someone');
  return t(`record.fact.${revision.by.type}`);
};
