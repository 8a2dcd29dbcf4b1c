import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { GapWire, RefWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { newIdempotencyKey } from '../api/client.ts';
import { useKinds } from '../api/kinds.ts';
import { useMembers } from '../api/members.ts';
import { createRecord } from '../api/records.ts';
import { troubleOf } from '../api/trouble.ts';
import { t } from '../text/t.ts';
import { ChoiceField } from '../ui/fields/choice-field.tsx';
import { DayField } from '../ui/fields/day-field.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { ErrorLine } from '../ui/problem.tsx';
import { notify } from '../ui/toast.tsx';
import css from './dialogs.module.css';
import { taskName, taskOf } from './task-of.ts';

export type MakeTaskDialogProps = { gap: GapWire; system: RefWire; onClose: () => void };

/** Gives a gap to a person as a task: asks who and until when, the rest is known from the gap. */
export const MakeTaskDialog = ({ gap, system, onClose }: MakeTaskDialogProps) => {
  const client = useQueryClient();
  const about = useKinds().byName('task')?.relations.concerns?.to ?? [];
  const people = useMembers().filter((member) => member.active);
  const [assignee, setAssignee] = useState<string | null>(null);
  const [due, setDue] = useState<string | null>(null);
  const [key] = useState(newIdempotencyKey);
  const make = useMutation({
    mutationFn: () => createRecord('tasks', taskOf(gap, system, { assignee, due }, about), key),
    onSuccess: async ({ body }) => {
      notify({ text: t('task.made', { ref: body.record.ref }) });
      onClose();
      await client.invalidateQueries();
    },
  });
  const problem = troubleOf(make.error);
  return (
    <FormDialog
      onClose={onClose}
      title={t('task.title')}
      submit={t('task.make')}
      cancel={t('action.step.keep')}
      busy={make.isPending}
      onSubmit={() => make.mutate()}
    >
      <p className={css.text}>
        <b>{taskName(gap)}</b>
      </p>
      <div className={css.fields}>
        <ChoiceField
          label={t('task.assignee')}
          optional
          autoFocus
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={assignee}
          onChange={setAssignee}
        />
        <DayField label={t('task.due')} optional value={due} onChange={setDue} />
      </div>
      {problem === null ? null : <ErrorLine problem={problem} />}
    </FormDialog>
  );
};
