import css from './kbd.module.css';

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);
const names: Readonly<Record<string, string>> = {
  mod: apple ? '⌘' : 'Ctrl',
  alt: apple ? '⌥' : 'Alt',
  shift: 'Shift',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
};

/** One chord as people read it: `mod+k` is "Ctrl K", or "⌘ K" on a Mac. */
export const chordText = (chord: string): string =>
  (chord === '+' ? ['+'] : chord.split('+'))
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ');

/** A key or a sequence, drawn as a key cap. */
export const Kbd = ({ keys }: { keys: string }) => (
  <span className={css.keys}>
    {keys.split(' ').map((chord) => (
      <kbd key={chord} className={css.key}>
        {chordText(chord)}
      </kbd>
    ))}
  </span>
);
