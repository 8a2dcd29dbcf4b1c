import type { Json } from '@throughline/domain/json.ts';
import type { KindWire, RecordWire } from '@throughline/domain/wire.ts';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { faultAsYouGo } from '../../kinds/as-you-go.ts';
import { problemOf } from '../../kinds/blobs.ts';
import { FieldEditor, tidyValue } from '../../kinds/field-editor.tsx';
import { isEmptyValue, isShort } from '../../kinds/parts.ts';
import { t } from '../../text/t.ts';
import { Button } from '../../ui/button.tsx';
import { refuseUnread } from '../../ui/fields/unread.ts';
import { announce } from '../../ui/live-region.tsx';
import { editNote } from './consequence.ts';
import css from './record.module.css';
import type { Save } from './use-save.ts';

export type PartEditorProps = {
  kind: KindWire;
  record: RecordWire;
  name: string;
  save: Save;
  onDone: () => void;
};

/** Edits one field where it stands: Enter saves a short one, Ctrl Enter a long one, Esc restores (UX d, Properties). */
export const PartEditor = ({ kind, record, name, save, onDone }: PartEditorProps) => {
  // The version that was read when editing began: the page turns with the event stream while one types.
  const [began] = useState(() => ({ version: record.version, before: record.fields[name] ?? null }));
  const { version, before } = began;
  const [value, setValue] = useState<Json>(before);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>(undefined);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
  }, []);
  const field = kind.fields[name];
  if (field === undefined) return null;

  const commit = async (typed: Json): Promise<void> => {
    const unread = refuseUnread(box.current);
    if (unread !== undefined) return announce(unread);
    const next = tidyValue(field, typed);
    if (JSON.stringify(next) === JSON.stringify(before)) {
      if (!isEmptyValue(next)) return onDone();
      // Whoever came to give a value and sees the editor close would take it for given.
      const nothing = t('record.nothing-given', { label: field.label });
      announce(nothing);
      return setError(nothing);
    }
    setBusy(true);
    setError(undefined);
    try {
      await save({ fields: { [name]: next } }, { version, before: { fields: { [name]: before } } });
      onDone();
    } catch (cause) {
      const { message } = problemOf(cause);
      setError(message);
      announce(message);
      setBusy(false);
    }
  };
  // A file is kept by choosing or writing it: a second button to say so again would only be in the way.
  const change = (next: Json): void => {
    setValue(next);
    if (field.type === 'file') void commit(next);
  };
  const press = (event: KeyboardEvent): void => {
    // A list that is open over the field takes these keys first.
    if (event.defaultPrevented) return;
    const inButton = event.target instanceof HTMLButtonElement;
    const plainEnter = event.key === 'Enter' && isShort(field) && !inButton;
    const longEnter = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (event.key === 'Escape') onDone();
    else if (plainEnter || longEnter) void commit(value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const fault = faultAsYouGo(kind.name, { ...record.fields, [name]: tidyValue(field, value) }, name);
  return (
    <div ref={box} role="group" aria-label={field.label} className={css.editor} onKeyDown={press}>
      <FieldEditor
        bare
        field={field}
        label={field.label}
        value={value}
        onChange={change}
        beside={record.fields}
        {...(error === undefined ? {} : { error })}
      />
      {fault === undefined || error !== undefined ? null : <p className={css.formFault}>{fault}</p>}
      <span className={css.note}>{editNote(kind, name, !isShort(field))}</span>
      <span className={css.buttons}>
        {field.type === 'file' ? null : (
          <Button busy={busy} onClick={() => void commit(value)}>
            {t('record.save')}
          </Button>
        )}
        <Button look="ghost" onClick={onDone}>
          {t('record.cancel')}
        </Button>
      </span>
    </div>
  );
};
