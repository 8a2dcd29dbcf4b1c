import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { type ReactNode, useState } from 'react';
import { Problem } from '../../api/problem.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { refusal } from '../../kinds/roles.ts';
import { t } from '../../text/t.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { announce } from '../../ui/live-region.tsx';
import { useNavigate, usePageTitle } from '../../ui/navigate.ts';
import { ErrorLine } from '../../ui/problem.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { ConsequenceDialog } from './consequence-dialog.tsx';
import { FormField, FormRelation } from './form-fields.tsx';
import { draftOf, isAsked, linkedIn, openRelations, patchOf } from './form-state.ts';
import css from './record.module.css';
import { BecauseField, partOf, RecordForm } from './record-form.tsx';
import { sectionsOf } from './record-sections.tsx';
import { useForm } from './use-form.ts';
import { useRecord } from './use-record.ts';
import { useSave } from './use-save.ts';

export type EditPageProps = {
  kind: KindWire;
  recordRef: string;
  crumbs: readonly Crumb[];
  absent: ReactNode;
};

const EditForm = ({ kind, record: newest }: { kind: KindWire; record: RecordWire }) => {
  // What was read when editing began: the form must not turn with the event stream while one types.
  const [record] = useState(newest);
  const navigate = useNavigate();
  const { save, preview } = useSave(kind, record);
  const [because, setBecause] = useState('');
  const back = `/${kind.collection}/${record.ref}?tab=overview`;
  const before = draftOf(record);
  usePageTitle(t('form.edit', { ref: record.ref }));
  const form = useForm({
    kind,
    place: record.ref,
    first: before,
    save: async (draft) => {
      const patch = patchOf(kind, before, draft);
      if (patch === undefined) announce(t('form.unchanged'));
      else {
        const why = because.trim() === '' ? {} : { because: because.trim() };
        const chosen = (id: string) => linkedIn(draft).find((ref) => ref.id === id);
        const done = await save({ ...patch, ...why }, { version: record.version, before, chosen });
        // Kept as it was: the form stays as it is, nothing is lost.
        if (done === null) throw new Error(t('record.kept'));
        if (done !== 'theirs') announce(t('form.saved', { ref: record.ref }));
      }
      navigate(back, { replace: true });
    },
  });
  const part = partOf(kind, form);
  return (
    <>
      {kind.material.length === 0 ? null : <p className={css.lead}>{t('form.significant')}</p>}
      <RecordForm form={form}>
        <FormField name={kind.title} props={part} />
        {sectionsOf(kind).map((section) => {
          const names = section.fields.filter((name) => {
            const stays = record.held?.part === name && !record.held.lift.allowed;
            return isAsked(kind, name, form.draft.fields) && !stays;
          });
          return names.length === 0 ? null : (
            <section key={section.id} className={css.formSection} aria-labelledby={`form-${section.id}`}>
              <h2 id={`form-${section.id}`}>{section.title}</h2>
              {names.map((name) => (
                <FormField key={name} name={name} props={part} />
              ))}
            </section>
          );
        })}
        {openRelations(kind).length === 0 ? null : (
          <section className={css.formSection} aria-labelledby="form-links">
            <h2 id="form-links">{t('record.tab.links')}</h2>
            {openRelations(kind).map((name) => (
              <FormRelation key={name} name={name} props={part} />
            ))}
          </section>
        )}
        <BecauseField
          form={form}
          help={t(record.held?.lift.allowed === true ? 'form.because-held' : 'form.because-help')}
          optional
          value={because}
          onChange={setBecause}
        />
        <div className={css.actions}>
          <Button
            type="submit"
            size="form"
            look="primary"
            busy={form.busy}
            reason={refusal(record.abilities.edit)}
            reasonShown
          >
            {t('form.save')}
          </Button>
          <Button size="form" onClick={() => navigate(back)}>
            {t('form.cancel')}
          </Button>
        </div>
      </RecordForm>
      {preview === null ? null : <ConsequenceDialog kind={kind} preview={preview} />}
      <ConflictDialog />
    </>
  );
};

/** Every field of a record in one form, in sections by station. */
export const EditPage = ({ kind, recordRef, crumbs, absent }: EditPageProps) => {
  const { data, error, refetch } = useRecord(kind.collection, recordRef, undefined);
  if (data === undefined && error instanceof Problem && error.status === 404) return <>{absent}</>;
  return (
    <div className={css.page}>
      <BreadcrumbBar crumbs={crumbs} />
      <div className={css.formPage}>
        <h1>
          {data === undefined ? recordRef : t('record.page-title', { ref: data.ref, title: data.title })}
        </h1>
        {data === undefined ? (
          error === null ? (
            <Skeleton height={32} lines={8} />
          ) : (
            <ErrorLine problem={problemOf(error)} onRetry={() => void refetch()} />
          )
        ) : (
          <EditForm key={data.id} kind={kind} record={data} />
        )}
      </div>
    </div>
  );
};
