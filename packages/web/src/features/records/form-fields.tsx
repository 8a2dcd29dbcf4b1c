import type { Json } from '@throughline/domain/json.ts';
import type { KindWire, RefWire } from '@throughline/domain/wire.ts';
import { faultAsYouGo } from '../../kinds/as-you-go.ts';
import { FieldEditor } from '../../kinds/field-editor.tsx';
import { LinksEditor } from '../../kinds/links-editor.tsx';
import { t } from '../../text/t.ts';
import type { FieldError } from '../../ui/fields/field.tsx';
import type { Draft } from './draft.ts';
import { fieldId } from './form-state.ts';
import css from './record.module.css';

export type FormPartProps = {
  kind: KindWire;
  draft: Draft;
  errors: readonly FieldError[];
  onField: (name: string, value: Json) => void;
  onLinks: (name: string, refs: readonly RefWire[]) => void;
  /** A new record has nothing that a change could reopen. */
  fresh?: boolean;
};

const errorAt = (errors: readonly FieldError[], part: string): string | undefined =>
  errors.find((error) => error.id === fieldId(part))?.message;

/** One field of a form, with its help, and whether it may be left empty. */
export const FormField = ({ name, props }: { name: string; props: FormPartProps }) => {
  const { kind, draft, errors, onField } = props;
  const field = kind.fields[name];
  if (field === undefined) return null;
  const weighs = kind.material.includes(name) && props.fresh !== true;
  const refused = errorAt(errors, name);
  const fault = refused === undefined ? faultAsYouGo(kind.name, draft.fields, name) : undefined;
  return (
    <div>
      <FieldEditor
        field={field}
        id={fieldId(name)}
        label={field.label}
        value={draft.fields[name] ?? null}
        onChange={(value) => onField(name, value)}
        beside={draft.fields}
        optional={field.required !== true}
        mark={weighs ? t('record.significant') : undefined}
        {...(field.help === undefined ? {} : { help: field.help })}
        error={refused}
      />
      {fault === undefined ? null : <p className={css.formFault}>{fault}</p>}
    </div>
  );
};

/** One relation of a form: what is chosen, and a way to find more. */
export const FormRelation = ({ name, props }: { name: string; props: FormPartProps }) => {
  const { kind, draft, errors, onLinks } = props;
  const relation = kind.relations[name];
  if (relation === undefined) return null;
  return (
    <LinksEditor
      relation={relation}
      id={fieldId(name)}
      label={relation.label}
      value={draft.links[name] ?? []}
      optional={!relation.required}
      error={errorAt(errors, name)}
      onChange={(refs) => onLinks(name, refs)}
    />
  );
};
