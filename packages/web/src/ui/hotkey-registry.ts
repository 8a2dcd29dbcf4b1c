/** Groups of the page that lists all keys. */
export type HotkeyGroup = 'everywhere' | 'go' | 'list' | 'line' | 'page';

export type Hotkey = {
  /** `j`, `shift+j`, `mod+k` (Ctrl, or ⌘ on a Mac), `?`, or a sequence such as `g h`. */
  keys: string;
  label: string;
  group: HotkeyGroup;
  run: (event: KeyboardEvent) => void;
  /** Listed as usual but passed over while this answers false. */
  when?: () => boolean;
};

export type HotkeyRegistry = {
  add: (hotkeys: readonly Hotkey[]) => () => void;
  /** Runs what the event asks for; answers whether something ran. `at` is in milliseconds. */
  handle: (event: KeyboardEvent, at: number) => boolean;
  list: () => readonly Hotkey[];
  subscribe: (listener: () => void) => () => void;
  setSingleKeys: (on: boolean) => void;
};

/** A started sequence waits this long for its next key. */
const patience = 1200;

const isField = (target: EventTarget | null): boolean => {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true;
  const type = target.tagName === 'INPUT' ? (target.getAttribute('type') ?? 'text') : '';
  return type !== '' && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(type);
};

const modalOpen = (): boolean => document.querySelector('[aria-modal="true"]') !== null;

/** The event as written in `keys`. Shift counts with letters and named keys only: `?` needs it on some keyboards, not on others. */
export const chordOf = (event: KeyboardEvent): string => {
  const key = event.key.toLowerCase() === ' ' ? 'space' : event.key.toLowerCase();
  const letter = /^[a-z]$/.test(key) || key.length > 1;
  const parts = [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey && letter ? 'shift' : '',
  ];
  return [...parts.filter((part) => part !== ''), key].join('+');
};

const hasModifier = (chord: string): boolean => /^(mod|alt)\+/.test(chord);

export const createHotkeyRegistry = (): HotkeyRegistry => {
  let sets: readonly (readonly Hotkey[])[] = [];
  let flat: readonly Hotkey[] = [];
  let singleKeys = true;
  let pending = '';
  let pendingSince = 0;
  const listeners = new Set<() => void>();
  const change = (next: readonly (readonly Hotkey[])[]): void => {
    sets = next;
    flat = next.flat();
    for (const listener of listeners) listener();
  };
  /** What was added last wins: a dialog or a grid in front of the page's own keys. */
  const find = (keys: string): Hotkey | undefined =>
    flat.findLast((hotkey) => hotkey.keys === keys && hotkey.when?.() !== false);
  const begins = (keys: string): boolean => flat.some((hotkey) => hotkey.keys.startsWith(`${keys} `));

  const resolve = (chord: string, at: number): Hotkey | undefined => {
    const started = pending !== '' && at - pendingSince < patience ? pending : '';
    pending = '';
    const inSequence = started === '' ? undefined : find(`${started} ${chord}`);
    if (inSequence !== undefined) return inSequence;
    if (begins(chord)) {
      pending = chord;
      pendingSince = at;
      return undefined;
    }
    return find(chord);
  };

  return {
    add: (hotkeys) => {
      change([...sets, hotkeys]);
      return () => change(sets.filter((set) => set !== hotkeys));
    },
    handle: (event, at) => {
      if (
        event.defaultPrevented ||
        event.isComposing ||
        ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)
      )
        return false;
      const chord = chordOf(event);
      if (!hasModifier(chord) && (!singleKeys || isField(event.target))) return false;
      if (modalOpen()) return false;
      const hotkey = resolve(chord, at);
      if (hotkey === undefined) return false;
      event.preventDefault();
      hotkey.run(event);
      return true;
    },
    list: () => flat,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setSingleKeys: (on) => {
      singleKeys = on;
    },
  };
};
