import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NewTokenWire } from '@throughline/domain/wire-pages.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { ChoicesField } from '../../ui/fields/choices-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { isRole, roleOptions } from './roles.ts';
import css from './settings.module.css';

export type TokenDialogProps = { onClose: () => void; onMade: (token: NewTokenWire) => void };

/** Makes a token: what it is for, in which roles, until when. The last day counts whole, in UTC. */
export const TokenDialog = ({ onClose, onMade }: TokenDialogProps) => {
  const client = useQueryClient();
  const [key] = useState(newIdempotencyKey);
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<readonly string[]>([]);
  const [until, setUntil] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const make = useMutation({
    mutationFn: () =>
      post<NewTokenWire>(
        '/api/v1/tokens',
        {
          name: name.trim(),
          roles: roles.filter(isRole),
          expiresAt: until === null ? null : `${until}T23:59:59Z`,
        },
        { idempotencyKey: key },
      ),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['tokens'] });
      onMade(made);
    },
  });
  const problem = troubleOf(make.error);
  const submit = (): void => {
    setAsked(true);
    if (name.trim() !== '' && roles.length > 0) make.mutate();
  };
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={t('settings.tokens.make-title')}
      submit={t('settings.tokens.make-do')}
      cancel={t('settings.cancel')}
      busy={make.isPending}
      onSubmit={submit}
    >
      <div className={css.dialogForm}>
        <TextField
          label={t('settings.tokens.name')}
          help={t('settings.tokens.name-help')}
          value={name}
          maxLength={200}
          autoFocus
          error={asked && name.trim() === '' ? t('settings.needed') : undefined}
          onChange={setName}
        />
        <ChoicesField
          label={t('settings.tokens.roles')}
          value={roles}
          options={roleOptions()}
          error={asked && roles.length === 0 ? t('settings.role-needed') : undefined}
          onChange={setRoles}
        />
        <DayField label={t('settings.tokens.last-day')} value={until} optional onChange={setUntil} />
        {problem === null ? null : <ProblemBox problem={problem} />}
      </div>
    </FormDialog>
  );
};
