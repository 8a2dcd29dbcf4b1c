import { useQueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import { useEffect, useState } from 'react';
import { newIdempotencyKey, post } from '../api/client.ts';
import { useKinds } from '../api/kinds.ts';
import { troubleOf } from '../api/trouble.ts';
import { problemOf } from '../kinds/blobs.ts';
import { FieldEditor, tidyValue } from '../kinds/field-editor.tsx';
import { t } from '../text/t.ts';
import { FormDialog } from '../ui/form-dialog.tsx';
import { ErrorLine } from '../ui/problem.tsx';
import { notify } from '../ui/toast.tsx';
import css from './dialogs.module.css';
import { type Needed, neededFor, stillEmpty } from './step-needs.ts';
import { useRecord, useRecordChange } from './use-record.ts';

export type StepDialogProps = { record: string; transition: string; label: string; onClose: () => void };

/** Takes the step back by a new change; what was written with it stays, and is there when it is taken again. */
const useUndo = (path: string, record: string) => {
  const client = useQueryClient();
  return (version: number): void => {
    const undone = post(`${path}/undo`, { version }, { idempotencyKey: newIdempotencyKey() });
    undone
      .then(
        () => notify({ text: t('action.undone', { ref: record }) }),
        (error) =>
          notify({ text: t('action.undo-refused', { ref: record, reason: problemOf(error).message }) }),
      )
      .finally(() => client.invalidateQueries());
  };
};

type NeededFieldsProps = {
  needed: readonly Needed[];
  typed: Readonly<Record<string, Json>>;
  /** Set once somebody tried without them. */
  missing: readonly string[];
  onType: (name: string, value: Json) => void;
};

const focusOn = (name: string | undefined): void => document.getElementById(`step-${name}`)?.focus();

const NeededFields = ({ needed, typed, missing, onType }: NeededFieldsProps) => {
  const first = needed[0]?.name;
  // The dialog is open before the record is read: it had nothing to focus but its own buttons.
  useEffect(() => focusOn(first), [first]);
  return (
    <div className={css.fields}>
      {needed.map(({ name, field }) => (
        <FieldEditor
          key={name}
          field={field}
          id={`step-${name}`}
          label={field.label}
          value={typed[name] ?? null}
          onChange={(value) => onType(name, value)}
          {...(field.help === undefined ? {} : { help: field.help })}
          error={missing.includes(name) ? t('form.needed', { label: field.label }) : undefined}
        />
      ))}
    </div>
  );
};

/**
 * A step of the life cycle, asked before it is taken: it waits for the server and is never shown as done before (UX a7).
 * What the step needs is asked for here and kept in the same change.
 */
export const StepDialog = ({ record, transition, label, onClose }: StepDialogProps) => {
  const kind = useKinds().ofRef(record);
  const { path, query } = useRecord(record);
  const [key] = useState(newIdempotencyKey);
  const [typed, setTyped] = useState<Readonly<Record<string, Json>>>({});
  const [tried, setTried] = useState(false);
  const undo = useUndo(path, record);
  const change = useRecordChange(path, query.data?.etag, (now) => {
    const { version } = now.record;
    const action = { label: t('register.undo'), run: () => undo(version) };
    notify({ text: t('action.done', { label, ref: record }), action });
    onClose();
  });
  const body = query.data?.body;
  const to = kind?.transitions[transition]?.to;
  const needed = kind === undefined || body === undefined ? [] : neededFor(kind, body, transition);
  const missing = stillEmpty(needed, typed);
  const take = (): void => {
    setTried(true);
    const first = missing[0];
    if (first !== undefined) {
      focusOn(first);
      return;
    }
    const fields = Object.fromEntries(
      needed.map(({ name, field }) => [name, tidyValue(field, typed[name] ?? null)]),
    );
    change.mutate({
      part: 'transitions',
      body: { transition, ...(needed.length === 0 ? {} : { fields }) },
      key,
    });
  };
  const problem = troubleOf(change.error ?? query.error);
  return (
    <FormDialog
      onClose={onClose}
      title={t('action.step.title', { label })}
      submit={label}
      cancel={t('action.step.keep')}
      busy={change.isPending || body === undefined}
      onSubmit={take}
    >
      <p className={css.text}>
        <b>{body?.title ?? record}</b>
      </p>
      {to === undefined ? null : (
        <p className={css.text}>
          {t('action.step.text', { ref: record, state: kind?.states[to]?.label ?? to })}
        </p>
      )}
      {needed.length === 0 ? null : (
        <NeededFields
          needed={needed}
          typed={typed}
          missing={tried ? missing : []}
          onType={(name, value) => setTyped((now) => ({ ...now, [name]: value }))}
        />
      )}
      {problem === null ? null : <ErrorLine problem={problem} />}
    </FormDialog>
  );
};
