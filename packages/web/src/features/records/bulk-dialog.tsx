import { useQueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { KindWire, RowWire } from '@throughline/domain/wire.ts';
import { useRef, useState } from 'react';
import { jobsQuery } from '../../api/jobs.ts';
import { type BulkBody, changeMany } from '../../api/records.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { FieldEditor, tidyValue } from '../../kinds/field-editor.tsx';
import { isEmptyValue, isLocked, isShort } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { refuseUnread } from '../../ui/fields/unread.ts';
import { announce } from '../../ui/live-region.tsx';
import { ErrorLine, type Trouble } from '../../ui/problem.tsx';
import { Progress } from '../../ui/progress.tsx';
import { notify } from '../../ui/toast.tsx';
import { BulkOutcome } from './bulk-outcome.tsx';
import css from './register.module.css';
import { useDryRun } from './use-dry-run.ts';

/** What is to be done with the rows: a field that is known, one to be chosen, a step, or the archive. */
export type BulkTask = { do: 'field'; name?: string } | { do: 'step' } | { do: 'archive' };

/** The rows meant: those ticked, or all that the register's filter finds. */
export type BulkTarget = {
  rows: readonly RowWire[];
  filter?: Readonly<Record<string, string>>;
  count: number;
};

export type BulkDialogProps = {
  kind: KindWire;
  task: BulkTask;
  target: BulkTarget;
  onClose: () => void;
  onDone: () => void;
};

/** What is chosen so far. To empty a field is said on purpose: a value that is missing, or was not read, never does it. */
type Chosen = { name: string | null; value: Json; empty: boolean; step: string | null };

const actOf = (kind: KindWire, task: BulkTask, { name, value, empty, step }: Chosen): BulkBody | null => {
  if (task.do === 'archive') return { archive: true };
  if (task.do === 'step') return step === null ? null : { transition: step };
  const field = name === null ? undefined : kind.fields[name];
  if (name === null || field === undefined) return null;
  const given = tidyValue(field, value);
  if (empty) return { patch: { clear: [name] } };
  return isEmptyValue(given) ? null : { patch: { fields: { [name]: given } } };
};

const targetOf = (target: BulkTarget): BulkBody =>
  target.filter === undefined ? { refs: target.rows.map((row) => row.ref) } : { filter: target.filter };

const titles = { field: 'bulk.field', step: 'bulk.step', archive: 'bulk.archive' } as const;

/** A change of many records: what it would do is said first, then it is done (UX d, Selection). */
export const BulkDialog = ({ kind, task, target, onClose, onDone }: BulkDialogProps) => {
  const client = useQueryClient();
  const [name, setName] = useState<string | null>(task.do === 'field' ? (task.name ?? null) : null);
  const [value, setValue] = useState<Json>(null);
  const [empty, setEmpty] = useState(false);
  const [step, setStep] = useState<string | null>(null);
  const dryRun = useDryRun();
  const { tried, job, forget } = dryRun;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Trouble | null>(null);
  const field = name === null ? undefined : kind.fields[name];
  const act = actOf(kind, task, { name, value, empty, step });
  const box = useRef<HTMLDivElement>(null);
  const missing = field === undefined ? t('bulk.which-field') : t('bulk.no-value', { label: field.label });

  const send = async (trial: boolean): Promise<void> => {
    const unread = empty ? undefined : refuseUnread(box.current);
    if (unread !== undefined) {
      forget();
      return announce(unread);
    }
    if (act === null) return;
    setBusy(true);
    setProblem(null);
    try {
      const answer = await changeMany(kind.collection, { ...targetOf(target), ...act }, { dryRun: trial });
      if (trial) dryRun.take(answer);
      else {
        const n = answer.applied?.length ?? 0;
        const rest = target.count - n;
        const told =
          answer.job !== undefined
            ? t('bulk.job')
            : rest > 0
              ? t('bulk.done-rest', { n, rest })
              : t('bulk.done', { n });
        notify({ text: told });
        // The tray shows a job from its first moment.
        if (answer.job !== undefined) void client.invalidateQueries({ queryKey: jobsQuery.queryKey });
        await client.invalidateQueries({ queryKey: ['list', kind.name] });
        onDone();
      }
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const change =
    <V,>(put: (value: V) => void) =>
    (next: V): void => {
      forget();
      put(next);
    };
  const trouble = problem ?? dryRun.problem;
  return (
    <Dialog
      opened
      onClose={onClose}
      size="medium"
      title={task.do === 'field' && field !== undefined ? field.label : t(titles[task.do])}
      actions={
        <>
          {tried === null ? (
            <Button
              size="form"
              look="primary"
              busy={busy || job !== null}
              reason={act === null ? missing : undefined}
              reasonShown
              onClick={() => void send(true)}
            >
              {t('bulk.check')}
            </Button>
          ) : (
            <Button
              size="form"
              look={task.do === 'archive' ? 'danger' : 'primary'}
              busy={busy}
              reason={tried.applied === 0 ? t('bulk.nothing') : undefined}
              onClick={() => void send(false)}
            >
              {t('bulk.run', { n: tried.applied })}
            </Button>
          )}
          {job === null ? null : (
            <Button size="form" onClick={forget}>
              {t('bulk.check-stop')}
            </Button>
          )}
          <Button size="form" onClick={onClose}>
            {t('bulk.keep')}
          </Button>
        </>
      }
    >
      {/* What was said of another value does not hold for one that is being typed, read or not. */}
      <div ref={box} className={css.choice} onChange={forget}>
        {task.do === 'archive' ? <p>{t('bulk.archive-text', { n: target.count })}</p> : null}
        {task.do === 'step' ? (
          <ChoiceField
            label={t('bulk.which-step')}
            value={step}
            onChange={change(setStep)}
            options={Object.entries(kind.transitions).map(([id, transition]) => ({
              value: id,
              label: transition.label,
              hint: kind.states[transition.to]?.label ?? transition.to,
            }))}
          />
        ) : null}
        {task.do === 'field' && task.name === undefined ? (
          <ChoiceField
            label={t('bulk.which-field')}
            value={name}
            onChange={change((next: string | null) => {
              setName(next);
              setValue(null);
              setEmpty(false);
            })}
            options={Object.entries(kind.fields)
              .filter(([id, entry]) => id !== kind.title && isShort(entry) && !isLocked(entry))
              .map(([id, entry]) => ({ value: id, label: entry.label }))}
          />
        ) : null}
        {task.do === 'field' && field !== undefined ? (
          <>
            {empty ? null : (
              <FieldEditor
                key={name}
                field={field}
                label={task.name === undefined ? t('bulk.value') : field.label}
                value={value}
                onChange={change(setValue)}
              />
            )}
            {field.required === true ? null : (
              <Checkbox
                label={t('bulk.clear', { label: field.label })}
                checked={empty}
                onChange={change(setEmpty)}
              />
            )}
          </>
        ) : null}
        {trouble === null ? null : <ErrorLine problem={trouble} />}
        {job === null ? null : <Progress label={t('bulk.checking')} done={job.done} total={job.total} />}
        {tried === null ? null : <BulkOutcome tried={tried} target={target} />}
      </div>
    </Dialog>
  );
};
