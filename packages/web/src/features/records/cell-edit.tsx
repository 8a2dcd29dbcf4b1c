import { useQueryClient } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { Field } from '@throughline/domain/kinds/fields.ts';
import type { KindWire, RefWire, RowWire } from '@throughline/domain/wire.ts';
import { useState } from 'react';
import type { RecordPatch } from '../../api/records.ts';
import { FieldEditor, tidyValue } from '../../kinds/field-editor.tsx';
import { LinksEditor } from '../../kinds/links-editor.tsx';
import { isShort, partLabel } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import { CellEditor } from '../../ui/grid/cell-editor.tsx';
import { announce } from '../../ui/live-region.tsx';
import { saveEdit } from './changes.ts';
import { editNote } from './consequence.ts';
import { linkPatchOf } from './form-state.ts';
import type { Began } from './lost-race.ts';

export type CellEditProps = {
  kind: KindWire;
  row: RowWire;
  name: string;
  done: (goOn?: boolean) => void;
};

/** One value from a list that opens over the cell: choosing is saving, and the list says what it brings about. */
const isPicked = (field: Field): boolean =>
  ['choice', 'answer', 'member'].includes(field.type) || (field.type === 'catalogue' && field.many !== true);

const isRoomy = (field: Field): boolean =>
  !isShort(field) || field.type === 'choices' || (field.type === 'catalogue' && field.many === true);

const same = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The version and the value that were read when editing began, since the row turns with the event stream while one
 * types; and how to save on them. A lost race is a choice; where nothing is chosen the editor stays with what was typed.
 */
const useCell = ({ kind, row, name }: CellEditProps) => {
  const client = useQueryClient();
  const [{ version, fields, links }] = useState(row);
  const save = async (patch: RecordPatch, before: Began, chosen?: (id: string) => RefWire | undefined) => {
    const saved = await saveEdit({ client, kind, ref: row.ref, version, patch, before, chosen });
    if (saved === null) throw new Error(t('conflict.undecided'));
    const key = saved === 'theirs' ? 'register.edit.theirs' : 'register.edit.saved';
    announce(t(key, { label: partLabel(kind, name), ref: row.ref }));
  };
  return { value: fields[name] ?? null, links: links?.[name] ?? [], save };
};

const FieldCell = (props: CellEditProps & { field: Field }) => {
  const { kind, name, field, done } = props;
  const { value: before, save } = useCell(props);
  const roomy = isRoomy(field);
  const picked = isPicked(field);
  const file = field.type === 'file';
  const note = editNote(kind, name, field.type === 'text' || field.type === 'rows');
  return (
    <CellEditor<Json>
      label={field.label}
      value={before}
      roomy={roomy}
      unchanged={(value) => same(tidyValue(field, value), before)}
      save={(value) => save({ fields: { [name]: tidyValue(field, value) } }, { fields: { [name]: before } })}
      done={done}
      saveOnChange={picked || file}
      {...(picked ? {} : { note })}
      render={(value, onChange) => (
        <FieldEditor bare field={field} label={field.label} value={value} onChange={onChange} note={note} />
      )}
    />
  );
};

const LinksCell = (props: CellEditProps & { relation: KindWire['relations'][string] }) => {
  const { kind, name, relation, done } = props;
  const { links: before, save } = useCell(props);
  return (
    <CellEditor<readonly RefWire[]>
      label={relation.label}
      value={before}
      roomy
      unchanged={(refs) => linkPatchOf(before, refs) === undefined}
      save={async (refs) => {
        const change = linkPatchOf(before, refs);
        const chosen = (id: string) => refs.find((ref) => ref.id === id);
        if (change !== undefined)
          await save({ links: { [name]: change } }, { links: { [name]: before } }, chosen);
      }}
      done={done}
      note={editNote(kind, name)}
      render={(refs, onChange) => (
        <LinksEditor bare relation={relation} label={relation.label} value={refs} onChange={onChange} />
      )}
    />
  );
};

/** The editor of one cell of a register: a field or a relation, saved on the version that the row showed. */
export const CellEdit = (props: CellEditProps) => {
  const { kind, name } = props;
  const field = kind.fields[name];
  const relation = kind.relations[name];
  if (field !== undefined) return <FieldCell {...props} field={field} />;
  return relation === undefined ? null : <LinksCell {...props} relation={relation} />;
};
