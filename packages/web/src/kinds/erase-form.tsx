import { type ErasureReason, erasureReason, erasureReasons } from '@throughline/domain/erasure.ts';
import { useState } from 'react';
import { t } from '../text/t.ts';
import { ChoiceField } from '../ui/fields/choice-field.tsx';
import { TextField } from '../ui/fields/text-field.tsx';
import { FormDialog } from '../ui/form-dialog.tsx';
import { ErrorLine, type Trouble } from '../ui/problem.tsx';
import css from './erase-form.module.css';

export type EraseFormProps = {
  title: string;
  submit: string;
  /** What nobody gets back, and what can still be proven afterwards. */
  gone: readonly string[];
  stays: readonly string[];
  /** The word to type, so that nobody erases by a slip; `label` asks for it. */
  word: string;
  label: string;
  /** The reason that is chosen at first, where the page is about one. */
  because?: ErasureReason;
  busy: boolean;
  problem: Trouble | null;
  onErase: (reason: ErasureReason) => void;
  onClose: () => void;
};

const Lines = ({ title, lines }: { title: string; lines: readonly string[] }) => (
  <div className={css.lists}>
    <h3>{title}</h3>
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  </div>
);

/** Asks before something is erased for good: what goes, what stays provable, why, and the word typed in (UX f 18). */
export const EraseForm = (props: EraseFormProps) => {
  const { title, submit, gone, stays, word, label, because, busy, problem, onErase, onClose } = props;
  const [reason, setReason] = useState(because);
  const [typed, setTyped] = useState('');
  const missing =
    reason === undefined
      ? t('erase.reason-needed')
      : typed.trim() === word
        ? undefined
        : t('erase.word-needed', { word });
  return (
    <FormDialog
      onClose={onClose}
      size="medium"
      title={title}
      submit={submit}
      cancel={t('record.keep')}
      look="danger"
      busy={busy}
      reason={missing}
      onSubmit={() => (reason === undefined ? undefined : onErase(reason))}
    >
      <div className={css.form}>
        <Lines title={t('erase.gone')} lines={gone} />
        <Lines title={t('erase.stays')} lines={stays} />
        <ChoiceField
          label={t('erase.reason')}
          value={reason ?? null}
          options={erasureReasons.map((value) => ({ value, label: t(`erase.reason.${value}`) }))}
          onChange={(chosen) => setReason(erasureReason(chosen))}
        />
        <TextField label={label} value={typed} maxLength={200} onChange={setTyped} />
        {problem === null ? null : <ErrorLine problem={problem} />}
      </div>
    </FormDialog>
  );
};
