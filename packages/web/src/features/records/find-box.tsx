import { useEffect, useRef, useState } from 'react';
import { t } from '../../text/t.ts';
import { SearchIcon } from '../../ui/icons.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { useHotkeys } from '../../ui/use-hotkeys.ts';
import css from './register.module.css';

/** A pause in typing this long asks the server (UX i). */
const pause = 120;

/** The place of the keyboard among the rows; nothing where no row is shown. */
const keyboardRow = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('[role=grid] [data-cell][tabindex="0"]');

/** Words within the list. What was asked before is cancelled by the query that takes its place. */
export const FindBox = ({ value, onChange }: { value: string; onChange: (words: string) => void }) => {
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useHotkeys([
    { keys: '/', label: t('register.find-key'), group: 'list', run: () => input.current?.focus() },
  ]);
  useEffect(() => {
    if (typed === null || typed === value) return;
    const timer = setTimeout(() => latest.current(typed), pause);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <div className={css.find}>
      <SearchIcon size={14} />
      <input
        ref={input}
        type="search"
        aria-label={t('register.find')}
        placeholder={t('register.find')}
        value={typed ?? value}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          const leaves = event.key === 'Escape';
          if (leaves) {
            setTyped('');
            latest.current('');
          } else if (event.key !== 'ArrowDown') return;
          // On to the rows that were found: left in the field, or nowhere, the keys of the list would be dead.
          const row = keyboardRow();
          if (row === null && !leaves) return;
          event.preventDefault();
          if (row === null) event.currentTarget.blur();
          else row.focus();
        }}
      />
      <Kbd keys="/" />
    </div>
  );
};
