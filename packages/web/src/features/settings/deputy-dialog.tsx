import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MemberWire } from '@throughline/domain/wire.ts';
import type { DeputyWire } from '@throughline/domain/wire-people.ts';
import { useState } from 'react';
import { newIdempotencyKey, post } from '../../api/client.ts';
import { useMembers } from '../../api/members.ts';
import { deputiesQuery } from '../../api/people.ts';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import { fieldErrors } from './field-errors.ts';
import css from './settings.module.css';
import { t } from './words.ts';

const fields = ['absent', 'member', 'first', 'last', 'why'] as const;

/** Whoever may stand in, or be stood in for. */
export const deputyOptions = (members: readonly MemberWire[]) =>
  members
    .filter((one) => one.active && !one.roles.includes('external-auditor'))
    .map(({ id, name }) => ({ value: id, label: name }));

export type DeputyDialogProps = {
  /** Whose deputy: oneself; administrators choose. */
  absent: string | null;
  chooses: boolean;
  onClose: () => void;
};

/** Names who stands in for somebody, from a day to a day. */
export const DeputyDialog = ({ absent: given, chooses, onClose }: DeputyDialogProps) => {
  const client = useQueryClient();
  const people = deputyOptions(useMembers());
  const [key, setKey] = useState(newIdempotencyKey);
  const [absent, setAbsent] = useState(given);
  const [member, setMember] = useState<string | null>(null);
  const [first, setFirst] = useState<string | null>(null);
  const [last, setLast] = useState<string | null>(null);
  const [why, setWhy] = useState('');
  const [asked, setAsked] = useState(false);
  const name = useMutation({
    mutationFn: () =>
      post<DeputyWire>(
        '/api/v1/deputies',
        { absent, member, first, last, why: why.trim() },
        { idempotencyKey: key },
      ),
    onSuccess: (named) => {
      notify({ text: t('deputies.named', { name: named.member.name }) });
      void client.invalidateQueries({ queryKey: deputiesQuery.queryKey });
      onClose();
    },
    // What is sent next differs, so that it is another request.
    onError: () => setKey(newIdempotencyKey()),
  });
  const { at, rest } = fieldErrors(name.error, fields);
  const error = (field: (typeof fields)[number], missing: boolean): string | undefined =>
    asked && missing ? t('settings.needed') : at(field);
  const whole = absent !== null && member !== null && first !== null && last !== null && why.trim() !== '';
  const submit = (): void => {
    setAsked(true);
    if (whole) name.mutate();
  };
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={t('deputies.name')}
      submit={t('deputies.name-do')}
      cancel={t('form.cancel')}
      busy={name.isPending}
      onSubmit={submit}
    >
      <div className={css.dialogForm}>
        {chooses ? (
          <ChoiceField
            label={t('deputies.absent')}
            value={absent}
            options={people}
            error={error('absent', absent === null)}
            onChange={setAbsent}
          />
        ) : null}
        <ChoiceField
          label={t('deputies.member')}
          value={member}
          options={people.filter(({ value }) => value !== absent)}
          error={error('member', member === null)}
          onChange={setMember}
        />
        <DayField
          label={t('deputies.first')}
          value={first}
          error={error('first', first === null)}
          onChange={setFirst}
        />
        <DayField
          label={t('deputies.last')}
          help={t('deputies.last-help')}
          value={last}
          error={error('last', last === null)}
          onChange={setLast}
        />
        <TextField
          label={t('deputies.why')}
          help={t('deputies.why-help')}
          value={why}
          maxLength={200}
          error={error('why', why.trim() === '')}
          onChange={setWhy}
        />
        {rest === null ? null : <ProblemBox problem={rest} />}
      </div>
    </FormDialog>
  );
};
