import type { ChangeWire, KindWire } from '@throughline/domain/wire.ts';
import { partLabel } from '../../kinds/parts.ts';
import { stationName, stationOrder } from '../../kinds/stations.ts';
import { t } from '../../text/t.ts';

/** The station that a change of this part opens again; nothing where the part is not material. */
export const reopenedStation = (kind: KindWire, part: string): string | undefined =>
  kind.material.includes(part) ? kind.fields[part]?.station : undefined;

/** One line under the editor of a cell: how to save, and what saving brings about. */
export const editNote = (kind: KindWire, part: string, long = false): string => {
  const station = reopenedStation(kind, part);
  const file = kind.fields[part]?.type === 'file';
  const saves = file ? t('register.edit.file') : t(long ? 'register.edit.saves-long' : 'register.edit.saves');
  if (!kind.material.includes(part)) return saves;
  if (station === undefined) return `${saves} ${t('register.edit.material')}`;
  return `${saves} ${t('register.edit.reopens', { n: stationOrder(station), station: stationName(station) })}`;
};

/** Whether a change does something beyond itself, so that a person is asked before (UX d, Consequence preview). */
export const hasConsequence = (change: ChangeWire): boolean =>
  change.voided.length > 0 || change.stale.length > 0;

/** What a change would bring about, as sentences: stations, approvals taken away, approvals made stale. */
export const consequences = (kind: KindWire, change: ChangeWire): readonly string[] => {
  const stations = [...new Set(change.material.flatMap((part) => reopenedStation(kind, part) ?? []))].sort(
    (a, b) => stationOrder(a) - stationOrder(b),
  );
  return [
    ...(change.material.length === 0
      ? []
      : [
          t('consequence.significant', {
            parts: change.material.map((part) => partLabel(kind, part)).join(', '),
          }),
        ]),
    ...stations.map((id) => t('consequence.reopens', { n: stationOrder(id), station: stationName(id) })),
    ...(change.voided.length === 0 ? [] : [t('consequence.voids', { n: change.voided.length })]),
    ...(change.stale.length === 0 ? [] : [t('consequence.stales', { n: change.stale.length })]),
  ];
};
