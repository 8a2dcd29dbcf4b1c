import { useQueryClient } from '@tanstack/react-query';
import { inSentence } from '@throughline/domain/kind-words.ts';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { useEffect, useRef, useState } from 'react';
import { newIdempotencyKey } from '../../api/client.ts';
import { createRecord } from '../../api/records.ts';
import type { Prefill } from '../../kinds/prefill.ts';
import { stationName } from '../../kinds/stations.ts';
import { t } from '../../text/t.ts';
import { BreadcrumbBar, type Crumb } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/fields/choice-field.tsx';
import { announce } from '../../ui/live-region.tsx';
import { useNavigate, usePageTitle } from '../../ui/navigate.ts';
import { notify } from '../../ui/toast.tsx';
import type { Draft } from './draft.ts';
import { FormField, type FormPartProps, FormRelation } from './form-fields.tsx';
import { askedFields, askedRelations, fieldId, isAsked, newPatch } from './form-state.ts';
import { proposedTitle } from './proposed-title.ts';
import css from './record.module.css';
import { BecauseField, becauseAsked, partOf, RecordForm } from './record-form.tsx';
import { sectionsOf } from './record-sections.tsx';
import { type Form, useForm } from './use-form.ts';
import { ownAddress } from './way-back.ts';

export type CreatePageProps = {
  kind: KindWire;
  crumbs: readonly Crumb[];
  prefill: Prefill;
  from?: string;
  /** The page on which the work on a record begins, where it is not the record's own: an interview, a sheet. */
  work?: (made: RecordWire) => string | undefined;
};

/** Everything that may come later, folded by station. */
const LaterFields = ({
  kind,
  asked,
  part,
}: {
  kind: KindWire;
  asked: readonly string[];
  part: FormPartProps;
}) => {
  const filled = (name: string): boolean => part.draft.fields[name] !== undefined;
  return (
    <details className={css.later}>
      <summary>{t('form.more')}</summary>
      <p className={css.quiet}>{t('form.more-help')}</p>
      {sectionsOf(kind, asked).map((section) => {
        const names = section.fields.filter((name) => isAsked(kind, name, part.draft.fields));
        return names.length === 0 ? null : (
          <section key={section.id} className={css.formSection} data-filled={names.some(filled)}>
            <h2>{section.id === 'general' ? section.title : stationName(section.id)}</h2>
            {names.map((name) => (
              <FormField key={name} name={name} props={part} />
            ))}
          </section>
        );
      })}
    </details>
  );
};

/** Where a new record may begin in more than one state, the form asks in which; the usual one stands until another is chosen. */
const FirstState = ({ kind, form }: { kind: KindWire; form: Form }) => {
  if (kind.beginnings.length < 2) return null;
  const options = kind.beginnings.map((value) => ({ value, label: kind.states[value]?.label ?? value }));
  const further = Object.keys(kind.states).length > kind.beginnings.length;
  return (
    <ChoiceField
      id={fieldId('state')}
      label={kind.stateLabel}
      {...(further ? { help: t('form.begins-help') } : {})}
      options={options}
      value={form.draft.state ?? kind.initial}
      onChange={(state) => state !== null && form.setState(state)}
      error={form.errors.find((error) => error.id === fieldId('state'))?.message}
    />
  );
};

/** Whoever asked for a new record types at once; the page itself takes the focus first, as every page does. */
const useFirstField = (name: string | undefined): void => {
  useEffect(() => {
    const later = setTimeout(() => document.getElementById(fieldId(name ?? ''))?.focus(), 0);
    return () => clearTimeout(later);
  }, [name]);
};

/** Where the person goes once the record is there: to its work, else to where they came from, else to the record. */
const useMade = ({ kind, from, work }: Pick<CreatePageProps, 'kind' | 'from' | 'work'>) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (record: RecordWire): Promise<void> => {
    const made = `/${kind.collection}/${record.ref}`;
    const [back, place] = [ownAddress(from), work?.(record)];
    const text = t('form.created', { ref: record.ref });
    await client.invalidateQueries({ queryKey: ['list', kind.name] });
    if (back === undefined) announce(text);
    else {
      await client.invalidateQueries({ queryKey: ['trace'] });
      const action =
        place === undefined
          ? { label: t('peek.open'), run: () => navigate(made) }
          : { label: t('form.back'), run: () => navigate(back) };
      notify({ text, action });
    }
    navigate(place ?? back ?? made, { replace: true });
  };
};

/** Drafts of records about different things are kept apart: one begun for another use does not come back here. */
const placeOf = ({ links }: Prefill): string =>
  [
    'new',
    ...Object.values(links)
      .flat()
      .map(({ id }) => id),
  ].join(' ');

const titled = (kind: KindWire, prefill: Prefill): Draft => {
  const title = prefill.fields[kind.title] ?? proposedTitle(kind, prefill);
  return title === undefined ? prefill : { ...prefill, fields: { ...prefill.fields, [kind.title]: title } };
};

/** Until somebody writes a title of their own, it follows what the record is about. */
const useProposedTitle = (kind: KindWire, { draft, setField }: Form): void => {
  const proposed = proposedTitle(kind, draft);
  const before = useRef(proposed);
  useEffect(() => {
    const said = draft.fields[kind.title] ?? '';
    const follows = said === '' || said === before.current;
    if (proposed !== undefined && proposed !== before.current && follows) setField(kind.title, proposed);
    before.current = proposed;
  }, [proposed, draft, kind, setField]);
};

/** A new record: one column, what the first state needs, the rest later (UX d, Forms). */
export const CreatePage = ({ kind, crumbs, prefill, from, work }: CreatePageProps) => {
  const navigate = useNavigate();
  const [key] = useState(newIdempotencyKey);
  const [because, setBecause] = useState('');
  usePageTitle(t('form.new', { what: inSentence(kind.label) }));
  const made = useMade({
    kind,
    ...(from === undefined ? {} : { from }),
    ...(work === undefined ? {} : { work }),
  });
  const form = useForm({
    kind,
    place: placeOf(prefill),
    first: titled(kind, prefill),
    save: async (draft) => {
      const why = because.trim() === '' ? {} : { because: because.trim() };
      await made(
        (await createRecord(kind.collection, { ...newPatch(kind, draft), ...why }, key)).body.record,
      );
    },
  });
  useProposedTitle(kind, form);
  const brought = Object.keys(prefill.links).filter((name) => (prefill.links[name] ?? []).length > 0);
  const filledIn = Object.keys(prefill.fields).filter((name) => name in kind.fields);
  const fields = [...new Set([...askedFields(kind), ...filledIn])];
  const relations = [...new Set([...askedRelations(kind), ...brought])].filter(
    (name) => name in kind.relations,
  );
  useFirstField(fields[0]);
  const part: FormPartProps = { ...partOf(kind, form), fresh: true };
  const may = kind.abilities.create;
  return (
    <div className={css.page}>
      <BreadcrumbBar crumbs={crumbs} />
      <div className={css.formPage}>
        <h1>{t('form.new', { what: inSentence(kind.label) })}</h1>
        <p className={css.lead}>{kind.purpose}</p>
        <RecordForm form={form}>
          {fields.map((name) => (
            <FormField key={name} name={name} props={part} />
          ))}
          <FirstState kind={kind} form={form} />
          {relations.map((name) => (
            <FormRelation key={name} name={name} props={part} />
          ))}
          <LaterFields kind={kind} asked={fields} part={part} />
          {because === '' && becauseAsked(form) === undefined ? null : (
            <BecauseField form={form} help={t('form.because-new')} value={because} onChange={setBecause} />
          )}
          <div className={css.actions}>
            <Button
              type="submit"
              size="form"
              look="primary"
              busy={form.busy}
              reason={may === undefined || may.allowed ? undefined : may.reason}
              reasonShown
            >
              {t('form.create', { what: inSentence(kind.label) })}
            </Button>
            <Button size="form" onClick={() => navigate(ownAddress(from) ?? `/${kind.collection}`)}>
              {t('form.cancel')}
            </Button>
          </div>
        </RecordForm>
      </div>
    </div>
  );
};
