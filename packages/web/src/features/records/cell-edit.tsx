import { useQueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { Field } from '@throughline/domain/kinds/fields.ts';
import type { KindWire, RowWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import { FieldEditor, tidyValue } from '../../kinds/field-editor.tsx';
import { t } from '../../text/t.ts';
import { CellEditor } from '../../ui/grid/cell-editor.tsx';
import { announce } from '../../ui/live-region.tsx';
import { saveEdit } from './changes.ts';
import { editNote } from './consequence.ts';

export type CellEditProps = {
  kind: KindWire;
  row: RowWire;
  name: string;
  field: Field;
  done: (goOn?: boolean) => void;
};

/** A list that is open over the cell has its own line for what the change brings about. */
const hasList = (field: Field): boolean => ['choice', 'answer', 'member'].includes(field.type);

/** The editor of one cell of a register: saves at once, on the version the row shows. */
export const CellEdit = ({ kind, row, name, field, done }: CellEditProps) => {
  const client = useQueryClient();
  const note = editNote(kind, name);
  // The version that was read when editing began: the row turns with the event stream while one types.
  const [began] = useState(() => ({ version: row.version, before: row.fields[name] ?? null }));
  const { version, before } = began;
  const save = async (value: Json): Promise<void> => {
    const patch = { fields: { [name]: tidyValue(field, value) } };
    await saveEdit({ client, kind, ref: row.ref, version, patch, part: name, before });
    announce(t('register.edit.saved', { label: field.label, ref: row.ref }));
  };
  return (
    <CellEditor<Json>
      value={before}
      save={save}
      done={done}
      saveOnChange={hasList(field)}
      {...(hasList(field) ? {} : { note })}
      render={(value, onChange) => (
        <FieldEditor bare field={field} label={field.label} value={value} onChange={onChange} note={note} />
      )}
    />
  );
};
