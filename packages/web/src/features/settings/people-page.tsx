import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ProposalMatter } from '@throughline/domain/proposals.ts';
import type { MemberWire } from '@throughline/domain/wire.ts';
import type { InvitationWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { membersQuery } from '../../api/members.ts';
import { useSession } from '../../api/session.ts';
import { troubleOf } from '../../api/trouble.ts';
import { Proposals } from '../../proposals/proposals.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { EraseNameDialog } from './erase-name-dialog.tsx';
import { InviteDialog, LinkDialog } from './invite-dialog.tsx';
import { FactorsDialog, MemberAccess } from './member-access.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { PeopleTable } from './people-table.tsx';
import { refusedBut } from './roles.ts';
import { SamePersons } from './same-persons.tsx';
import { ServiceDialog } from './service-dialog.tsx';
import css from './settings.module.css';
import { SettingsFrame } from './settings-frame.tsx';
import { ShownOnce } from './shown-once.tsx';
import { t } from './words.ts';

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
        <PeopleTable
          members={data}
          administers={administers}
          onEdit={setDialog}
          onAccess={(member) => setAccess({ member, factors: false })}
          onAgain={(member, byHand) => again.mutate({ member, byHand })}
        />
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
