import type { DutyWaiversWire, DutyWaiverWire, WaivedCountWire } from '@throughline/domain/wire-duties.ts';
import { useDutyWaivers } from '../api/duties.ts';
import { dayIn, formatDay } from '../text/dates.ts';
import { t } from '../text/t.ts';
import { classNames } from '../ui/class-names.ts';
import { useTimeZone } from '../ui/clock.ts';
import css from './waived-approvals.module.css';

/** The day in a person's words on which a waiver was given; nothing for one that is no longer told apart. */
export const waiverDay = (
  { items }: Pick<DutyWaiversWire, 'items'>,
  waiver: string | null,
  zone: string,
): string | null => {
  const found = items.find(({ id }) => id === waiver);
  return found === undefined ? null : formatDay(dayIn(new Date(found.at), zone));
};

/** Who gave a waiver, in whose place, and who asked for it: both hands, wherever it is printed. */
export const waiverHands = ({ by, onBehalfOf, askedBy }: DutyWaiverWire): string => {
  const given = onBehalfOf === undefined ? by.name : t('waiver.for', { by: by.name, for: onBehalfOf.name });
  return askedBy === undefined ? given : t('waiver.asked', { by: given, asked: askedBy.name });
};

/** "3 of 12 approvals of this register were given by their author under the waiver of 4 May 2026." */
export const countWords = (count: WaivedCountWire, day: string | null, here: boolean): string => {
  const slots = { n: count.approvals, of: count.of, register: count.label };
  if (day === null) return t(here ? 'waived.here-undated' : 'waived.count-undated', slots);
  return t(here ? 'waived.here' : 'waived.count', { ...slots, day });
};

/** What stands approved by its author in one register: every report shows it. */
export const WaivedHere = ({ kind, approvable }: { kind: string; approvable: boolean }) => {
  const zone = useTimeZone();
  const waivers = useDutyWaivers(kind, approvable);
  if (waivers === undefined || waivers.counts.length === 0) return null;
  return (
    <div className={classNames(css.waived, css.here)}>
      {waivers.counts.map((count) => (
        <p key={count.waiver ?? ''}>{countWords(count, waiverDay(waivers, count.waiver, zone), true)}</p>
      ))}
    </div>
  );
};

/** The waiver in force, and what stands by any, register by register; nothing where there is neither. */
export const WaivedEverywhere = () => {
  const zone = useTimeZone();
  const waivers = useDutyWaivers(null);
  if (waivers === undefined) return null;
  const [standing] = waivers.items.filter(({ inForce }) => inForce);
  if (standing === undefined && waivers.counts.length === 0) return null;
  return (
    <section className={css.waived} aria-label={t('waived.heading')}>
      {standing === undefined ? null : (
        <p>
          {t('waived.standing', {
            day: formatDay(dayIn(new Date(standing.at), zone)),
            until: formatDay(standing.until),
            by: waiverHands(standing),
            reason: standing.reason,
          })}
        </p>
      )}
      {waivers.counts.map((count) => (
        <p key={`${count.kind} ${count.waiver ?? ''}`}>
          {countWords(count, waiverDay(waivers, count.waiver, zone), false)}
        </p>
      ))}
    </section>
  );
};
