import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { announce } from '../live-region.tsx';
import css from './cell-editor.module.css';

export type CellEditorProps<V> = {
  value: V;
  /** The control, with `bare` set: a TextField, ChoiceField, DayField … */
  render: (value: V, onChange: (value: V) => void) => ReactNode;
  /** Rejects with an error whose message says why; what was typed then stays for a second try. */
  save: (value: V) => Promise<void>;
  done: (goOn?: boolean) => void;
  /** What the edit reopens, and how to save: one line below. */
  note?: ReactNode;
  /** For a choice: choosing is saving. */
  saveOnChange?: boolean;
};

/** Fills a cell while it is edited: Enter saves, Esc restores, Tab saves and goes on (UX d). */
export const CellEditor = <V,>({
  value,
  render,
  save,
  done,
  note,
  saveOnChange = false,
}: CellEditorProps<V>) => {
  const [draft, setDraft] = useState(value);
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = box.current?.querySelector<HTMLElement>('input, textarea, select, button');
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
  }, []);

  const commit = async (next: V, goOn: boolean): Promise<void> => {
    if (saving) return;
    if (Object.is(next, value)) return done(goOn);
    setSaving(true);
    setRefusal('');
    try {
      await save(next);
      done(goOn);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      setRefusal(reason);
      announce(reason);
      setSaving(false);
    }
  };
  const change = (next: V): void => {
    setDraft(next);
    if (saveOnChange) void commit(next, false);
  };
  const press = (event: KeyboardEvent): void => {
    // A list that is open over the field takes these keys first, and says so.
    if (event.defaultPrevented) return;
    event.stopPropagation();
    if (event.key === 'Escape') done();
    else if (event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement && !event.ctrlKey))
      void commit(draft, false);
    else if (event.key === 'Tab') void commit(draft, true);
    else return;
    event.preventDefault();
  };
  const below = refusal === '' ? note : refusal;
  return (
    <div ref={box} role="group" className={css.editor} data-saving={saving || undefined} onKeyDown={press}>
      {render(draft, change)}
      {below === undefined ? null : (
        <div className={css.below} data-refused={refusal !== '' || undefined}>
          {below}
        </div>
      )}
    </div>
  );
};
