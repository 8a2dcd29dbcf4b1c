import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { useId, useState } from 'react';
import { newIdempotencyKey } from '../../api/client.ts';
import { useKinds } from '../../api/kinds.ts';
import { createRecord } from '../../api/records.ts';
import { troubleOf } from '../../api/trouble.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { DayField } from '../../ui/fields/day-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ErrorLine } from '../../ui/problem.tsx';
import { notify } from '../../ui/toast.tsx';
import { askedTask, peopleFor } from './ask-task.ts';
import type { Step } from './next-step.ts';
import css from './record.module.css';
import { stepLabel } from './step-label.ts';

type AskProps = { kind: KindWire; record: RecordWire; step: Step };

const AskDialog = ({ kind, record, step, onClose }: AskProps & { onClose: () => void }) => {
  const client = useQueryClient();
  const about = useKinds().byName('task')?.relations.concerns?.to ?? [];
  const people = peopleFor(step.ability);
  const [whom, setWhom] = useState<string | null>(people[0]?.id ?? null);
  const [due, setDue] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const [key] = useState(newIdempotencyKey);
  const id = useId();
  const label = stepLabel(kind, step, record);
  const make = useMutation({
    mutationFn: (assignee: string) =>
      createRecord('tasks', askedTask(record, label, { assignee, due }, about), key),
    onSuccess: async ({ body }) => {
      notify({ text: t('ask.done', { ref: body.record.ref }) });
      onClose();
      await client.invalidateQueries();
    },
  });
  const ask = (): void => {
    if (whom === null) {
      setMissing(true);
      document.getElementById(id)?.focus();
    } else make.mutate(whom);
  };
  const problem = troubleOf(make.error);
  return (
    <FormDialog
      onClose={onClose}
      title={t('ask.title', { ref: record.ref })}
      submit={t('ask.do')}
      cancel={t('ask.keep')}
      busy={make.isPending}
      onSubmit={ask}
    >
      <div className={css.stack}>
        <p>{t('ask.task', { label, ref: record.ref, title: record.title })}</p>
        <ChoiceField
          id={id}
          label={t('ask.who')}
          options={people.map((person) => ({ value: person.id, label: person.name }))}
          value={whom}
          error={missing && whom === null ? t('ask.needed') : undefined}
          onChange={setWhom}
        />
        <DayField label={t('ask.due')} optional value={due} onChange={setDue} />
        {problem === null ? null : <ErrorLine problem={problem} />}
      </div>
    </FormDialog>
  );
};

/** Beside a step that is refused: gives it as a task to somebody who could take it (UX d, Denied action). */
export const AskThem = ({ kind, record, step }: AskProps) => {
  const [asking, setAsking] = useState(false);
  const may = useKinds().byName('task')?.abilities.create?.allowed === true;
  if (!may || peopleFor(step.ability).length === 0) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('ask.button')}</Button>
      {asking ? <AskDialog kind={kind} record={record} step={step} onClose={() => setAsking(false)} /> : null}
    </>
  );
};
