import type { MemberWire } from '@throughline/domain/wire.ts';
import { formatDay } from '../../text/dates.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { DateText } from '../../ui/date-text.tsx';
import plain from '../../ui/plain.module.css';
import { auditorWords } from './auditor-words.ts';
import { roleWords } from './roles.ts';
import css from './settings.module.css';
import { t } from './words.ts';

/** What a service account is, and who answers for it. */
const Service = ({ service }: { service: NonNullable<MemberWire['service']> }) => (
  <span className={css.quiet}>
    {t('settings.people.service')},{' '}
    {service.owner === null
      ? t('settings.people.service-alone')
      : t('settings.people.service-of', { name: service.owner.name })}
  </span>
);

/** Over two lines where it must, it breaks before whose house it is. */
const Address = ({ email }: { email: string }) => {
  const at = email.lastIndexOf('@');
  return at === -1 ? (
    email
  ) : (
    <>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </>
  );
};

const Access = ({ member }: { member: MemberWire }) => {
  if (
    member.provisioned === true &&
    member.active &&
    member.invitedUntil !== undefined &&
    member.mail === undefined
  )
    return <span className={css.quiet}>{t('provisioning.waits')}</span>;
  if (member.invitedUntil !== undefined && member.active) {
    return (
      <>
        {t('settings.people.invited', { day: formatDay(member.invitedUntil.slice(0, 10)) })}
        {member.mail === undefined ? null : (
          <span className={css.quiet}>
            {' '}
            {t(`settings.people.mail.${member.mail.state}`)} {member.mail.message}
          </span>
        )}
      </>
    );
  }
  if (!member.active) return <span className={css.quiet}>{t('settings.people.ended')}</span>;
  if (member.opened !== undefined)
    return (
      <>
        {t('settings.people.active')}{' '}
        <span className={classNames(css.quiet, css.note)}>
          {t(member.opened.linked ? 'settings.people.linked' : 'settings.people.opened')}
        </span>
      </>
    );
  if (member.until === undefined) return <>{t('settings.people.active')}</>;
  return <DateText value={member.until} before={t('settings.people.until', { day: '' }).trim()} />;
};

/** Whether somebody signs in as this member: not a program, nobody who was only invited, nobody who left. */
const signsIn = ({ active, service, invitedUntil, erased }: MemberWire): boolean =>
  active && service === undefined && invitedUntil === undefined && erased !== true;

export type RowProps = {
  member: MemberWire;
  administers: boolean;
  labelOf: (kind: string) => string;
  onEdit: () => void;
  onAgain: (byHand: boolean) => void;
  onAccess: () => void;
};

/** One member of the table of people; whoever administers them has what they do about it beside. */
export const PeopleRow = ({ member, administers, labelOf, onEdit, onAgain, onAccess }: RowProps) => (
  <tr>
    <th scope="row">
      <span className={css.person}>
        <Avatar name={member.name} />{' '}
        <span className={css.named}>
          {member.name}
          {member.service === undefined ? null : <Service service={member.service} />}
          {member.provisioned === true ? (
            <span className={css.quiet}>{t('provisioning.of-member')}</span>
          ) : null}
          {member.you === true ? <span className={css.quiet}>{t('settings.people.you')}</span> : null}
        </span>
      </span>
    </th>
    <td>
      {member.roles.length === 0 ? (
        <span className={css.quiet}>{t('groups.roles-none')}</span>
      ) : (
        roleWords(member.roles)
      )}
      {administers && member.roles.includes('external-auditor') ? (
        <div className={css.quiet}>{auditorWords(member.scope, member.scopeRecords ?? [], labelOf)}</div>
      ) : null}
    </td>
    <td>
      <Access member={member} />
    </td>
    {administers ? (
      <>
        <td className={css.address}>
          <Address email={member.email ?? ''} />
        </td>
        <td className={plain.tight}>
          <span className={css.oneLine}>
            {member.invitedUntil === undefined || !member.active ? null : (
              <Button
                aria-label={t('settings.people.again-of', { name: member.name })}
                onClick={() => onAgain(false)}
              >
                {t('settings.people.again')}
              </Button>
            )}
            {member.invitedUntil === undefined || member.mail === undefined || !member.active ? null : (
              <Button
                aria-label={t('settings.people.by-hand-of', { name: member.name })}
                onClick={() => onAgain(true)}
              >
                {t('settings.people.by-hand')}
              </Button>
            )}
            {signsIn(member) ? (
              <Button aria-label={t('settings.access.open-of', { name: member.name })} onClick={onAccess}>
                {t('settings.access.open')}
              </Button>
            ) : null}
            {member.erased === true ? null : (
              <Button aria-label={t('settings.people.edit-of', { name: member.name })} onClick={onEdit}>
                {t('settings.people.edit')}
              </Button>
            )}
          </span>
        </td>
      </>
    ) : null}
  </tr>
);
