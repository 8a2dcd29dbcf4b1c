import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ChosenScope } from '@throughline/domain/acting.ts';
import type { MemberWire } from '@throughline/domain/wire.ts';
import type { WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { useState } from 'react';
import { patch } from '../../api/client.ts';
import { membersQuery } from '../../api/members.ts';
import { takeOutPerson } from '../../api/person-export.ts';
import { isWaiting, proposalsQuery } from '../../api/proposals.ts';
import { p } from '../../proposals/proposal-text.ts';
import { whyOf } from '../../proposals/why-field.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import { AuditorScope } from './auditor-scope.tsx';
import { choiceOf, chosenScope } from './auditor-words.ts';
import { fieldErrors } from './field-errors.ts';
import { OutsideAccounts } from './outside-accounts.tsx';
import { isRole, roleOptions } from './roles.ts';
import { OwnerField } from './service-dialog.tsx';
import css from './settings.module.css';
import { TwoHands } from './two-hands.tsx';
import { t } from './words.ts';

type MemberPatch = {
  name?: string;
  roles?: readonly string[];
  active?: boolean;
  until?: string | null;
  owner?: string;
  scope?: ChosenScope | null;
  reason?: string;
};

/** Changes a member: name, roles, last day, access. */
export const MemberDialog = ({
  member,
  onClose,
  onErase,
}: {
  member: MemberWire;
  onClose: () => void;
  onErase: () => void;
}) => {
  const client = useQueryClient();
  const [name, setName] = useState(member.name);
  const [roles, setRoles] = useState<readonly string[]>(member.roles);
  const [until, setUntil] = useState<string | null>(member.until ?? null);
  const [choice, setChoice] = useState(() => choiceOf(member.scope, member.scopeRecords));
  const [owner, setOwner] = useState(member.service?.owner?.id ?? null);
  const [why, setWhy] = useState('');
  const save = useMutation({
    mutationFn: (change: MemberPatch) =>
      patch<MemberWire | WaitsWire>(`/api/v1/members/${member.id}`, { ...change, ...whyOf(why) }),
    onSuccess: (answer) => {
      notify({ text: isWaiting(answer) ? p('proposal.waits') : t('settings.saved') });
      void client.invalidateQueries({ queryKey: proposalsQuery.queryKey });
      void client.invalidateQueries({ queryKey: membersQuery.queryKey });
      onClose();
    },
  });
  const ownerChange = owner === null || owner === member.service?.owner?.id ? {} : { owner };
  const audits = roles.includes('external-auditor');
  const scopeChange = audits ? { scope: chosenScope(choice) } : {};
  const managed = member.provisioned === true;
  // Whoever comes from outside may have all their roles by groups.
  const roleNeeded = roles.length === 0 && !managed;
  const untilNeeded = audits && until === null;
  const take = useMutation({
    mutationFn: takeOutPerson,
    onSuccess: ({ state, message }) =>
      notify({ text: state === 'done' ? t('export.made') : `${t('export.failed')} ${message}` }),
  });
  const errors = fieldErrors(save.error ?? take.error, ['reason', 'name', 'roles', 'until', 'owner']);
  const whyError = errors.at('reason');
  const gains = roles.filter((role) => !member.roles.some((had) => had === role));
  const given = { gains, members: member.service === undefined ? [member.id] : ('program' as const) };
  // An administrator who is one again, or for longer, is made one by two.
  const asked = roles.includes('admin') && (!member.active || member.until !== undefined);
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={t('settings.people.edit-title', { name: member.name })}
      submit={t('settings.save')}
      cancel={t('settings.cancel')}
      busy={save.isPending}
      onSubmit={() => {
        if (untilNeeded || roleNeeded) return;
        save.mutate({
          ...(managed ? {} : { name: name.trim() }),
          roles: roles.filter(isRole),
          until,
          ...ownerChange,
          ...scopeChange,
        });
      }}
      more={
        <>
          <Button
            look={member.active ? 'danger' : 'default'}
            size="form"
            busy={save.isPending}
            onClick={() => save.mutate({ active: !member.active })}
          >
            {member.active ? t('settings.people.end') : t('settings.people.restore')}
          </Button>
          {member.service !== undefined ? null : (
            <Button size="form" busy={take.isPending} onClick={() => take.mutate(member.id)}>
              {t('export.of')}
            </Button>
          )}
          {member.active || member.service !== undefined ? null : (
            <Button look="danger" size="form" onClick={onErase}>
              {t('erase.name-open')}
            </Button>
          )}
        </>
      }
    >
      <div className={css.dialogForm}>
        {managed ? (
          <p className={css.explain}>{t('provisioning.member-text')}</p>
        ) : (
          <TextField
            label={t('settings.people.name')}
            value={name}
            maxLength={200}
            error={errors.at('name')}
            onChange={setName}
          />
        )}
        {member.service === undefined ? null : (
          <OwnerField value={owner} error={errors.at('owner')} onChange={setOwner} />
        )}
        <ChoicesField
          label={t('settings.people.roles')}
          value={roles}
          options={roleOptions()}
          error={roleNeeded ? t('settings.role-needed') : errors.at('roles')}
          onChange={setRoles}
        />
        <OutsideAccounts member={member} />
        <DayField
          label={t('settings.people.last-day')}
          help={t('settings.people.last-day-help')}
          value={until}
          optional={!audits}
          error={untilNeeded ? t('auditor.until-needed') : errors.at('until')}
          onChange={setUntil}
        />
        {audits ? <AuditorScope choice={choice} onChange={setChoice} /> : null}
        <TwoHands given={[given]} asked={asked} value={why} error={whyError} onChange={setWhy} />
        {errors.rest === null ? null : <ProblemBox problem={errors.rest} />}
      </div>
    </FormDialog>
  );
};
