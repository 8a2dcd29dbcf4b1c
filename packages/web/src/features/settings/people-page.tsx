import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProposalMatter } from '@throughline/domain/proposals.ts';
import type { MemberWire } from '@throughline/domain/wire.ts';
import type { InvitationWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { membersQuery } from '../../api/members.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Proposals } from '../../proposals/proposals.tsx';
import { formatDay } from '../../text/dates.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { DateText } from '../../ui/date-text.tsx';
import plain from '../../ui/plain.module.css';
import { ErrorLine } from '../../ui/problem.tsx';
import { ScrollBox } from '../../ui/scroll-box.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { auditorWords } from './auditor-words.ts';
import { EraseNameDialog } from './erase-name-dialog.tsx';
import { InviteDialog, LinkDialog } from './invite-dialog.tsx';
import { FactorsDialog, MemberAccess } from './member-access.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { refusedBut, roleWords } from './roles.ts';
import { SamePersons } from './same-persons.tsx';
import { ServiceDialog } from './service-dialog.tsx';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { ShownOnce } from './shown-once.tsx';
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
        <span className={classNames(css.quiet, css.note)}>{t('settings.people.opened')}</span>
      </>
    );
  if (member.until === undefined) return <>{t('settings.people.active')}</>;
  return <DateText value={member.until} before={t('settings.people.until', { day: '' }).trim()} />;
};

/** Whether somebody signs in as this member: not a program, nobody who was only invited, nobody who left. */
const signsIn = ({ active, service, invitedUntil, erased }: MemberWire): boolean =>
  active && service === undefined && invitedUntil === undefined && erased !== true;

type RowProps = {
  member: MemberWire;
  administers: boolean;
  labelOf: (kind: string) => string;
  onEdit: () => void;
  onAgain: (byHand: boolean) => void;
  onAccess: () => void;
};

const Row = ({ member, administers, labelOf, onEdit, onAgain, onAccess }: RowProps) => (
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

/** What waits about people is seen here, whichever page it was asked for on. */
const aboutPeople: readonly ProposalMatter[] = [
  'password-reset',
  'factors-reset',
  'administrator',
  'administrator-end',
  'administrator-group',
  'same-person-end',
];

/** `/members`: who is here, in which roles, until when; administrators invite and change. */
export const Page = () => {
  const client = useQueryClient();
  const me = useSession();
  const kinds = useKinds();
  const labelOf = (kind: string): string => kinds.byName(kind)?.plural ?? kind;
  const [dialog, setDialog] = useState<'invite' | 'service' | MemberWire | null>(null);
  const [access, setAccess] = useState<{ member: MemberWire; factors: boolean } | null>(null);
  const [erasing, setErasing] = useState<MemberWire | null>(null);
  const [link, setLink] = useState<{ name: string; invitation: InvitationWire } | null>(null);
  const { data, error, refetch } = useQuery({ ...membersQuery, staleTime: 0 });
  const again = useMutation({
    mutationFn: ({ member: { id }, byHand }: { member: MemberWire; byHand: boolean }) =>
      post<InvitationWire>(
        `/api/v1/members/${id}/invitation${byHand ? '?byHand=true' : ''}`,
        {},
        { idempotencyKey: newIdempotencyKey() },
      ),
    onSuccess: (invitation, { member }) => {
      setLink({ name: member.name, invitation });
      void client.invalidateQueries({ queryKey: membersQuery.queryKey });
    },
  });
  const administers = me?.roles.includes('admin') === true;
  const problem = troubleOf(error ?? again.error);
  const refused = refusedBut('admin', me?.roles);
  const actions = (
    <span className={css.buttons}>
      {administers ? (
        <Button size="form" onClick={() => setDialog('service')}>
          {t('settings.people.service-add')}
        </Button>
      ) : null}
      {me === undefined ? null : (
        <Button
          look={administers ? 'primary' : 'default'}
          size="form"
          reason={refused}
          reasonShown
          onClick={() => setDialog('invite')}
        >
          {t('settings.people.invite')}
        </Button>
      )}
    </span>
  );
  return (
    <SettingsFrame
      title={data === undefined ? t('settings.people') : t('settings.people.sentence', { n: data.length })}
      actions={actions}
    >
      {problem === null ? null : <ErrorLine problem={problem} onRetry={() => void refetch()} />}
      {data === undefined && problem === null ? <Skeleton height={28} lines={6} /> : null}
      {data === undefined ? null : (
        <ScrollBox label={t('settings.people')}>
          <table className={plain.table} aria-label={t('settings.people')}>
            <thead>
              <tr>
                <th scope="col">{t('settings.people.name')}</th>
                <th scope="col">{t('settings.people.roles')}</th>
                <th scope="col">{t('settings.people.access')}</th>
                {administers ? (
                  <>
                    <th scope="col">{t('settings.people.email')}</th>
                    <td />
                  </>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {data.map((member) => (
                <Row
                  key={member.id}
                  member={member}
                  administers={administers}
                  labelOf={labelOf}
                  onEdit={() => setDialog(member)}
                  onAccess={() => setAccess({ member, factors: false })}
                  onAgain={(byHand) => again.mutate({ member, byHand })}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      <Proposals
        matters={aboutPeople}
        className={css.form}
        secret={(link) => <ShownOnce label={t('settings.access.link-label')} text={link} />}
      />
      {data === undefined ? null : <SamePersons administers={administers} />}
      {dialog === 'invite' ? (
        <InviteDialog
          onClose={() => setDialog(null)}
          onInvited={(name, invitation) => {
            setDialog(null);
            setLink({ name, invitation });
          }}
        />
      ) : null}
      {dialog === 'service' ? <ServiceDialog onClose={() => setDialog(null)} /> : null}
      {dialog !== null && dialog !== 'invite' && dialog !== 'service' ? (
        <MemberDialog
          key={dialog.id}
          member={dialog}
          onClose={() => setDialog(null)}
          onErase={() => {
            setDialog(null);
            setErasing(dialog);
          }}
        />
      ) : null}
      {access === null ? null : access.factors ? (
        <FactorsDialog member={access.member} onClose={() => setAccess({ ...access, factors: false })} />
      ) : (
        <MemberAccess
          member={data?.find(({ id }) => id === access.member.id) ?? access.member}
          onClose={() => setAccess(null)}
          onFactors={() => setAccess({ ...access, factors: true })}
        />
      )}
      {erasing === null ? null : <EraseNameDialog member={erasing} onClose={() => setErasing(null)} />}
      {link === null ? null : (
        <LinkDialog name={link.name} invitation={link.invitation} onClose={() => setLink(null)} />
      )}
    </SettingsFrame>
  );
};
