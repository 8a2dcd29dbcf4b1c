import type { Field } from '@throughline/domain/kinds/fields.ts';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import type { ReactNode } from 'react';
import type { Names } from '../../api/members.ts';
import { FieldValue } from '../../kinds/field-value.tsx';
import { isDerived, isEmptyValue, isForHere, isLocked, isShort } from '../../kinds/parts.ts';
import { refusal } from '../../kinds/roles.ts';
import { t } from '../../text/t.ts';
import { type Property, PropertyList } from '../../ui/property-list.tsx';
import { PartEditor } from './part-editor.tsx';
import type { Save } from './use-save.ts';

export type PartsProps = {
  kind: KindWire;
  record: RecordWire;
  names: Names;
  save: Save;
  /** The part being edited, by name. */
  editing: string | undefined;
  onEdit: (part: string | undefined) => void;
  /** The part that an address points at: shown even where it is empty. */
  pointed: string | undefined;
  onHistory: (part: string) => void;
  onComment: (part: string) => void;
  /** Values that another feature draws in words of its own, by field. */
  drawn?: Readonly<Record<string, ReactNode>> | undefined;
  /** False where nothing can be changed: an earlier moment, an archived record, a refusal. */
  editable: boolean;
};

const holdsLinks = ({ type }: Field): boolean => type === 'url' || type === 'file';

/** One field as a property: its value, or "Add" in its place, and the editor while it is edited. */
export const propertyOf = (name: string, props: PartsProps): Property => {
  const { kind, record, names, save, editing, onEdit, onHistory, onComment, editable } = props;
  const field = kind.fields[name];
  if (field === undefined) return { id: name, label: name, value: null };
  const value = record.fields[name];
  const drawn = props.drawn?.[name];
  // A hold that stands is lifted in the form, where it is said why.
  const held = record.held?.part === name ? record.held : undefined;
  const open = editable && !isLocked(field) && held === undefined;
  return {
    id: name,
    label: field.label,
    value: isEmptyValue(value)
      ? null
      : (drawn ?? (
          <FieldValue name={name} field={field} value={value} names={names} beside={record.fields} />
        )),
    ...(isLocked(field) ? { note: t(isDerived(field) ? 'record.derived' : 'record.by-act') } : {}),
    ...(held ? { note: refusal(held.lift) ?? t('record.held') } : {}),
    ...(open ? { onEdit: () => onEdit(name), pressable: holdsLinks(field) || drawn !== undefined } : {}),
    ...(record.asOf === undefined ? { onHistory: () => onHistory(name) } : {}),
    ...(record.asOf === undefined && record.abilities.comment?.allowed !== false
      ? { onComment: () => onComment(name) }
      : {}),
    ...(open && editing === name
      ? {
          editor: (
            <PartEditor
              kind={kind}
              record={record}
              name={name}
              save={save}
              onDone={() => onEdit(undefined)}
            />
          ),
        }
      : {}),
  };
};

/** What the panel holds: owner, state's dates, short facts that are columns of the register, and what is needed. */
export const panelFields = (kind: KindWire): readonly string[] => {
  const marked = Object.entries(kind.fields).filter(
    ([name, field]) =>
      name !== kind.title &&
      isShort(field) &&
      (name === kind.owner || field.column === true || field.required === true || kind.index.includes(name)),
  );
  const names = marked.map(([name]) => name);
  return kind.owner === null ? names : [kind.owner, ...names.filter((name) => name !== kind.owner)];
};

/** Whether a field stands on the page of a record: what is asked of others only once it is filled, edited or pointed at. */
export const standsOn = (
  { kind, record, editing, pointed }: Pick<PartsProps, 'kind' | 'record' | 'editing' | 'pointed'>,
  name: string,
): boolean => {
  const field = kind.fields[name];
  return (
    name === editing || name === pointed || (field !== undefined && isForHere(field, record.fields, name))
  );
};

/** The facts of a record that stand beside every tab. */
export const PropertiesPanel = (props: PartsProps) => {
  const shown = panelFields(props.kind).filter((name) => standsOn(props, name));
  return <PropertyList properties={shown.map((name) => propertyOf(name, props))} />;
};
