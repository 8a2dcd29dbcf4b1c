import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { refuseUnread } from '../fields/unread.ts';
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
  /** Names the editor. */
  label?: string;
  /** A box over the cell instead of the cell itself: for several lines, lists and links. */
  roomy?: boolean;
  /** Whether a value is what was there. Without it, whether it is the same object. */
  unchanged?: (value: V) => boolean;
};

/** What floats over the page belongs to the editor that opened it. */
const isOutside = (box: HTMLElement | null, target: EventTarget | null): boolean =>
  target instanceof Element &&
  box?.contains(target) !== true &&
  target.closest('#overlays, [role=dialog], [role=listbox]') === null;

/** Pressing elsewhere saves, as Enter does: nothing that was typed is lost without a word. */
const useLeaving = (box: RefObject<HTMLElement | null>, leave: () => void): void => {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => {
    const press = (event: PointerEvent): void => {
      if (isOutside(box.current, event.target)) latest.current();
    };
    document.addEventListener('pointerdown', press);
    return () => document.removeEventListener('pointerdown', press);
  }, [box]);
};

const useFirstField = (box: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const field = box.current?.querySelector<HTMLElement>('input, textarea, select, button');
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
    box.current?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [box]);
};

/** Keys that save by themselves in a field of several lines or on a button mean something else there. */
const saves = (event: KeyboardEvent): boolean => {
  if (event.key !== 'Enter') return false;
  if (event.ctrlKey || event.metaKey) return true;
  return !(event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLButtonElement);
};

/** Fills a cell while it is edited: Enter saves, Esc restores, Tab saves and goes on (UX d). */
export const CellEditor = <V,>(props: CellEditorProps<V>) => {
  const { value, render, save, done, note, saveOnChange = false, label, roomy = false } = props;
  const { unchanged = (next: V) => Object.is(next, value) } = props;
  const [draft, setDraft] = useState(value);
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const commit = async (next: V, goOn: boolean): Promise<void> => {
    if (saving) return;
    const unread = refuseUnread(box.current);
    if (unread !== undefined) return announce(unread);
    if (unchanged(next)) return done(goOn);
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
  useFirstField(box);
  useLeaving(box, () => void commit(draft, false));
  const change = (next: V): void => {
    setDraft(next);
    if (saveOnChange) void commit(next, false);
  };
  const press = (event: KeyboardEvent): void => {
    // A list that is open over the field takes these keys first, and says so.
    if (event.defaultPrevented) return;
    event.stopPropagation();
    // In a box of several controls Tab goes through them, and on from the last.
    const tabs = event.key === 'Tab' && !event.shiftKey && (!roomy || isLast(box.current, event.target));
    if (event.key === 'Escape') done();
    else if (saves(event)) void commit(draft, false);
    else if (tabs) void commit(draft, true);
    else return;
    event.preventDefault();
  };
  const below = refusal === '' ? note : refusal;
  return (
    <div
      ref={box}
      role="group"
      aria-label={label}
      className={classNames(css.editor, roomy && css.roomy)}
      data-saving={saving || undefined}
      onKeyDown={press}
    >
      {render(draft, change)}
      {roomy ? (
        <div className={css.buttons}>
          <Button busy={saving} onClick={() => void commit(draft, false)}>
            {t('ui.save')}
          </Button>
          <Button look="ghost" onClick={() => done()}>
            {t('ui.keep-as-it-was')}
          </Button>
        </div>
      ) : null}
      {below === undefined ? null : (
        <div className={css.below} data-refused={refusal !== '' || undefined}>
          {below}
        </div>
      )}
    </div>
  );
};

const isLast = (box: HTMLElement | null, target: EventTarget): boolean => {
  const controls = [...(box?.querySelectorAll('input, textarea, select, button') ?? [])];
  return controls.at(-1) === target;
};
