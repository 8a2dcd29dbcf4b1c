import type { KindWire } from '@throughline/domain/wire.ts';
import type { ReactNode } from 'react';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { ErrorSummary } from '../../ui/fields/field.tsx';
import { TextField } from '../../ui/fields/text-field.tsx';
import { refuseUnread } from '../../ui/fields/unread.ts';
import { announce } from '../../ui/live-region.tsx';
import { ProblemBox } from '../../ui/problem.tsx';
import type { FormPartProps } from './form-fields.tsx';
import { fieldId } from './form-state.ts';
import css from './record.module.css';
import type { Form } from './use-form.ts';

/** What the fields and relations of a form are handed. */
export const partOf = (kind: KindWire, form: Form): FormPartProps => ({
  kind,
  draft: form.draft,
  errors: form.errors,
  onField: form.setField,
  onLinks: form.setLinks,
});

const DraftLine = ({ form }: { form: Form }) =>
  form.restored === undefined ? null : (
    <p className={css.draft}>
      <span>{t('form.draft')}</span> <DateText value={form.restored} />
      <Button look="ghost" onClick={form.startAgain}>
        {t('form.draft-drop')}
      </Button>
    </p>
  );

type BecauseProps = {
  form: Form;
  help: string;
  optional?: boolean;
  value: string;
  onChange: (because: string) => void;
};

/** Why a record is written so, which stands beside the version; where the server asks for it, it says so here. */
export const BecauseField = ({ form, ...field }: BecauseProps) => (
  <TextField
    {...field}
    id={fieldId('because')}
    label={t('form.because')}
    maxLength={500}
    error={becauseAsked(form)?.message}
  />
);

/** What the server says where it asks why; nothing where it does not. */
export const becauseAsked = ({ errors }: Form) => errors.find(({ id }) => id === fieldId('because'));

type RecordFormProps = { form: Form; children: ReactNode };

/** The form of a new or an edited record: what was refused stands above its fields, and nothing goes out that cannot be read. */
export const RecordForm = ({ form, children }: RecordFormProps) => (
  <>
    <DraftLine form={form} />
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const unread = refuseUnread(event.currentTarget);
        if (unread === undefined) void form.submit();
        else announce(unread);
      }}
    >
      <ErrorSummary errors={form.errors} />
      {form.problem === null ? null : <ProblemBox problem={form.problem} />}
      {children}
    </form>
  </>
);
