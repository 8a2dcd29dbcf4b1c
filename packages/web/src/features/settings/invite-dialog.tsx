import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { InvitationWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { membersQuery } from '../../api/members.ts';
import { proposalsQuery } from '../../api/proposals.ts';
import { p } from '../../proposals/proposal-text.ts';
import { whyOf } from '../../proposals/why-field.tsx';
import { formatDay } from '../../text/dates.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { AuditorScope } from './auditor-scope.tsx';
import { chosenScope, nothingChosen } from './auditor-words.ts';
import { fieldErrors } from './field-errors.ts';
import { isRole, roleOptions } from './roles.ts';
import css from './settings.module.css';
import { ShownOnce } from './shown-once.tsx';
import { TwoHands } from './two-hands.tsx';
import { t } from './words.ts';

export type InviteDialogProps = {
  onClose: () => void;
  onInvited: (name: string, invitation: InvitationWire) => void;
};

/** Adds a member and answers with the link that lets them in. */
export const InviteDialog = ({ onClose, onInvited }: InviteDialogProps) => {
  const client = useQueryClient();
  const [key] = useState(newIdempotencyKey);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [until, setUntil] = useState<string | null>(null);
  const [choice, setChoice] = useState(nothingChosen);
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  const audits = roles.includes('external-auditor');
  const invite = useMutation({
    mutationFn: () =>
      post<InvitationWire>(
        '/api/v1/members',
        {
          name: name.trim(),
          email: email.trim(),
          roles: roles.filter(isRole),
          until,
          ...(audits ? { scope: chosenScope(choice) } : {}),
          ...whyOf(why),
        },
        { idempotencyKey: key },
      ),
    onSuccess: (invitation) => {
      void client.invalidateQueries({ queryKey: membersQuery.queryKey });
      void client.invalidateQueries({ queryKey: proposalsQuery.queryKey });
      onInvited(name.trim(), invitation);
    },
  });
  const errors = fieldErrors(invite.error, ['reason', 'name', 'email', 'until']);
  const needed = (value: string): string | undefined =>
    asked && value.trim() === '' ? t('settings.needed') : undefined;
  const submit = (): void => {
    setAsked(true);
    if (name.trim() === '' || email.trim() === '' || roles.length === 0) return;
    if (!audits || until !== null) invite.mutate();
  };
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={t('settings.people.invite-title')}
      submit={t('settings.people.invite-do')}
      cancel={t('form.cancel')}
      busy={invite.isPending}
      onSubmit={submit}
    >
      <div className={css.dialogForm}>
        <TextField
          label={t('settings.people.name')}
          help={t('settings.people.name-help')}
          value={name}
          maxLength={200}
          autoFocus
          error={needed(name) ?? errors.at('name')}
          onChange={setName}
        />
        <TextField
          label={t('settings.people.email')}
          type="email"
          value={email}
          error={needed(email) ?? errors.at('email')}
          onChange={setEmail}
        />
        <ChoicesField
          label={t('settings.people.roles')}
          value={roles}
          options={roleOptions()}
          error={asked && roles.length === 0 ? t('settings.role-needed') : undefined}
          onChange={setRoles}
        />
        <DayField
          label={t('settings.people.last-day')}
          help={t('settings.people.last-day-help')}
          value={until}
          optional={!audits}
          error={audits && asked && until === null ? t('auditor.until-needed') : errors.at('until')}
          onChange={setUntil}
        />
        {audits ? <AuditorScope choice={choice} onChange={setChoice} /> : null}
        <TwoHands
          given={[{ gains: roles, members: 'invited' }]}
          value={why}
          error={errors.at('reason')}
          onChange={setWhy}
        />
        {errors.rest === null ? null : <ProblemBox problem={errors.rest} />}
      </div>
    </FormDialog>
  );
};

/** The link to hand over: shown this once. */
export const LinkDialog = ({
  name,
  invitation,
  onClose,
}: {
  name: string;
  invitation: InvitationWire;
  onClose: () => void;
}) => (
  <Dialog
    opened
    onClose={onClose}
    size="medium"
    title={t('settings.people.link-title', { name })}
    actions={
      <Button look="primary" size="form" onClick={onClose}>
        {t('settings.done')}
      </Button>
    }
  >
    {invitation.waits === undefined ? null : <p className={css.dialogText}>{p('proposal.roles-wait')}</p>}
    {invitation.mailed ? (
      <p>{t('settings.people.mailed', { name })}</p>
    ) : invitation.link === null ? (
      <p>{t('settings.people.link-gone')}</p>
    ) : (
      <>
        <p className={css.dialogText}>
          {t('settings.people.link', { name, day: formatDay((invitation.until ?? '').slice(0, 10)) })}
        </p>
        <ShownOnce label={t('settings.people.link-label')} text={invitation.link} />
      </>
    )}
  </Dialog>
);
