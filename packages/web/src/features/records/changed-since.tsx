import type { RefWire } from '@throughline/domain/wire.ts';
import type { ApprovalWire } from '@throughline/domain/wire-approval.ts';
import { useKinds } from '../../api/kinds.ts';
import { dayIn, formatDay } from '../../text/dates.ts';
import { t } from '../../text/t.ts';
import { useTimeZone } from '../../ui/clock.ts';
import { RefLink } from '../../ui/link.tsx';
import css from './record.module.css';

/** Records that changed since an approval was given; nothing where none did. */
const Changed = ({ says, refs }: { says: string; refs: readonly RefWire[] }) => {
  const kinds = useKinds();
  return refs.length === 0 ? null : (
    <div>
      <p className={css.quiet}>{says}</p>
      <ul className={css.refs}>
        {refs.map((input) => (
          <li key={input.id}>
            <RefLink refText={input.ref} href={kinds.href(input)} /> {input.title}
          </li>
        ))}
      </ul>
    </div>
  );
};

const how = {
  'taken-in': 'approval.taken-in',
  'judged-anew': 'approval.judged-anew',
  'approved-since': 'approval.approved-since',
} as const;

type StaleProps = { approval: ApprovalWire; says: string };

/** What made an approval stale: findings by number that whoever gave it did not see, whatever else it stood on, and changes of an assessed system. */
export const Stale = ({ approval, says }: StaleProps) => {
  const kinds = useKinds();
  const zone = useTimeZone();
  const unseen = approval.unseen ?? [];
  const moved = approval.moved ?? [];
  const told = new Set([...unseen.map(({ assessment }) => assessment.id), ...moved.map(({ id }) => id)]);
  const others = approval.stale.filter(({ id }) => !told.has(id));
  return (
    <>
      {unseen.length === 0 ? null : (
        <div>
          <p className={css.quiet}>{t('approval.unseen')}</p>
          <ul className={css.refs}>
            {unseen.map(({ assessment, number, how: since, at }) => (
              <li key={`${assessment.id} ${number}`}>
                <RefLink refText={assessment.ref} href={kinds.href(assessment)} />{' '}
                {t(how[since], { n: number, when: formatDay(dayIn(new Date(at), zone)) })}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Changed says={says} refs={others} />
      <Changed says={t('approval.moved')} refs={moved} />
    </>
  );
};
