import type { Beside } from '@throughline/domain/grid.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { Field } from '@throughline/domain/kinds/fields.ts';
import { t } from '../text/t.ts';
import { ChoicesField } from '../ui/fields/choices-field.tsx';
import type { EditorProps } from '../ui/fields/field.tsx';
import { ListField } from '../ui/fields/list-field.tsx';
import { CatalogueEditor } from './catalogue-editor.tsx';
import { CellInput } from './cell-input.tsx';
import { FileEditor } from './file-editor.tsx';
import { GridEditor } from './grid-editor.tsx';
import { choicesOf, isMany } from './parts.ts';
import { RowsEditor } from './rows-editor.tsx';

export type FieldEditorProps = EditorProps<Json> & {
  field: Field;
  /** What the change brings about, below the options of a choice. */
  note?: string;
  /** The other values of the form: the steps of a grid are named there. */
  beside?: Beside;
};

const textsOf = (value: Json): readonly string[] =>
  isMany(value) ? value.filter((entry) => typeof entry === 'string') : [];
const manyOrNull = (values: readonly Json[]): Json => (values.length === 0 ? null : values);

/** The editor of any field, drawn from its declaration. `null` is nothing recorded. */
export const FieldEditor = ({ field, note, beside, ...props }: FieldEditorProps) => {
  const { value, onChange } = props;
  const setMany = (values: readonly string[]): void => onChange(manyOrNull(values));
  if (field.type === 'choices')
    return <ChoicesField {...props} options={choicesOf(field)} value={textsOf(value)} onChange={setMany} />;
  if (field.type === 'list')
    return (
      <ListField
        {...props}
        item={t('value.entry')}
        ordered
        value={textsOf(value)}
        // An empty line is one that is being typed; the form leaves it out when it saves.
        onChange={setMany}
      />
    );
  if (field.type === 'catalogue')
    return <CatalogueEditor {...props} field={field} {...(note === undefined ? {} : { note })} />;
  if (field.type === 'file')
    return (
      <FileEditor
        {...props}
        field={field}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
      />
    );
  if (field.type === 'rows' && field.grid !== undefined)
    return (
      <GridEditor
        {...props}
        field={field}
        beside={beside ?? {}}
        value={isMany(value) ? value : []}
        onChange={(rows) => onChange(manyOrNull(rows))}
      />
    );
  if (field.type === 'rows')
    return (
      <RowsEditor
        {...props}
        field={field}
        value={isMany(value) ? value : []}
        onChange={(rows) => onChange(manyOrNull(rows))}
      />
    );
  return <CellInput {...props} field={field} {...(note === undefined ? {} : { note })} />;
};

/** What a form sends: lines without what was left blank. */
export const tidyValue = (field: Field, value: Json): Json => {
  if (!isMany(value)) return typeof value === 'string' && value.trim() === '' ? null : value;
  if (field.type === 'rows')
    return manyOrNull(
      value.filter((row) => typeof row === 'object' && row !== null && Object.keys(row).length > 0),
    );
  return manyOrNull(
    textsOf(value)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );
};
