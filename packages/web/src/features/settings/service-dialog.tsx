import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MemberWire } from '@throughline/domain/wire.ts';
import type { WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { membersQuery, useMembers } from '../../api/members.ts';
import { proposalsQuery } from '../../api/proposals.ts';
import { p } from '../../proposals/proposal-text.ts';
import { whyOf } from '../../proposals/why-field.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import { fieldErrors } from './field-errors.ts';
import { isRole, roleOptions } from './roles.ts';
import css from './settings.module.css';
import { TwoHands } from './two-hands.tsx';
import { t } from './words.ts';

type OwnerFieldProps = {
  value: string | null;
  error?: string | undefined;
  onChange: (owner: string | null) => void;
};

/** The person who answers for a service account: whoever has not left. */
export const OwnerField = ({ value, error, onChange }: OwnerFieldProps) => {
  const people = useMembers().filter((member) => member.active);
  return (
    <ChoiceField
      label={t('settings.people.service-owner')}
      value={value}
      options={people.map(({ id, name }) => ({ value: id, label: name }))}
      error={error}
      onChange={onChange}
    />
  );
};

/** Adds an account that acts by tokens alone. */
export const ServiceDialog = ({ onClose }: { onClose: () => void }) => {
  const client = useQueryClient();
  const [key] = useState(newIdempotencyKey);
  const [name, setName] = useState('');
  const [owner, setOwner] = useState<string | null>(null);
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  const add = useMutation({
    mutationFn: () =>
      post<MemberWire & Partial<WaitsWire>>(
        '/api/v1/service-accounts',
        { name: name.trim(), owner, roles: roles.filter(isRole), ...whyOf(why) },
        { idempotencyKey: key },
      ),
    onSuccess: ({ waits }) => {
      if (waits !== undefined) notify({ text: p('proposal.roles-wait') });
      void client.invalidateQueries({ queryKey: proposalsQuery.queryKey });
      void client.invalidateQueries({ queryKey: membersQuery.queryKey });
      onClose();
    },
  });
  const errors = fieldErrors(add.error, ['reason', 'name', 'owner', 'roles']);
  const given = [{ gains: roles, members: 'program' as const }];
  const submit = (): void => {
    setAsked(true);
    if (name.trim() !== '' && owner !== null && roles.length > 0) add.mutate();
  };
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={t('settings.people.service-title')}
      submit={t('settings.people.service-do')}
      cancel={t('form.cancel')}
      busy={add.isPending}
      onSubmit={submit}
    >
      <div className={css.dialogForm}>
        <p className={css.dialogText}>{t('settings.people.service-text')}</p>
        <TextField
          label={t('settings.people.name')}
          help={t('settings.people.service-name-help')}
          value={name}
          maxLength={200}
          autoFocus
          error={asked && name.trim() === '' ? t('settings.needed') : errors.at('name')}
          onChange={setName}
        />
        <OwnerField
          value={owner}
          error={asked && owner === null ? t('settings.needed') : errors.at('owner')}
          onChange={setOwner}
        />
        <ChoicesField
          label={t('settings.people.roles')}
          value={roles}
          options={roleOptions()}
          error={asked && roles.length === 0 ? t('settings.role-needed') : errors.at('roles')}
          onChange={setRoles}
        />
        <TwoHands given={given} value={why} error={errors.at('reason')} onChange={setWhy} />
        {errors.rest === null ? null : <ProblemBox problem={errors.rest} />}
      </div>
    </FormDialog>
  );
};
