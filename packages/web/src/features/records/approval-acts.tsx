import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import type { ApprovalWire } from '@throughline/domain/wire-approval.ts';
import type { Names } from '../../api/members.ts';
import { dayIn, formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { useTimeZone } from '../../ui/clock.ts';
import css from './record.module.css';

type Act = ApprovalWire['acts'][number];

/** Who gave it: a member by name; a rule goes by its own name, which is no id, and is Throughline acting by itself. */
export const giverOf = (by: string, names: Names): string =>
  names[by] ?? t(/^[\da-f-]{36}$/.test(by) ? 'record.fact.someone' : 'record.fact.rule');

/** Who acted, and in whose place. */
export const actorWords = (
  { by, onBehalfOf }: { by: string; onBehalfOf?: string },
  name: (member: string) => string,
): string => {
  const who = name(by);
  return onBehalfOf === undefined ? who : t('acts.for', { who, for: name(onBehalfOf) });
};

/** What let an approval of one's own through. */
export const waivedWords = ({ waived }: Pick<Act, 'waived'>, zone: string): string | null => {
  if (waived === undefined) return null;
  return waived.waiver === null
    ? t('acts.waived-undated')
    : t('acts.waived', { day: formatDay(dayIn(new Date(waived.waiver.at), zone)) });
};

/** Every act of approval on the record, newest first: who, in whose place, and under which waiver. */
export const ApprovalActs = ({
  kind,
  record,
  names,
}: {
  kind: KindWire;
  record: RecordWire;
  names: Names;
}) => {
  const zone = useTimeZone();
  const acts = record.approval?.acts ?? [];
  // One act is what the box says already, unless it says more than the box.
  if (acts.length < 2 && acts.every(({ waived }) => waived === undefined)) return null;
  const name = (member: string): string => giverOf(member, { ...record.members, ...names });
  return (
    <details className={css.acts} open={acts.some(({ waived }) => waived !== undefined)}>
      <summary>{t('acts.title')}</summary>
      <ul>
        {[...acts].reverse().map((act) => (
          <li key={`${act.act} ${act.version} ${act.at} ${act.by}`}>
            {t('acts.line', {
              n: act.version,
              act: t(
                act.act === 'approve' && kind.approving === 'accept' ? 'acts.accept' : `acts.${act.act}`,
              ),
              who: actorWords(act, name),
              when: formatDay(dayIn(new Date(act.at), zone)),
            })}
            {act.waived === undefined ? null : <span className={css.quiet}> {waivedWords(act, zone)}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
};
