import { useEffect, useRef, useSyncExternalStore } from 'react';
import { createHotkeyRegistry, type Hotkey } from './hotkey-registry.ts';
import { createStore, keepPreference, readPreference, useStore } from './store.ts';

const registry = createHotkeyRegistry();
const singleKeys = createStore(readPreference('single-keys', 'on') !== 'off');
registry.setSingleKeys(singleKeys.get());

/** Hears the keys of the whole window. Mounted once, by the application. */
export const useHotkeyListener = (): void => {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      registry.handle(event, event.timeStamp);
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, []);
};

/** Adds keys while the component is mounted. Labels and groups are listed on the page of all keys (`?`). */
export const useHotkeys = (hotkeys: readonly Hotkey[]): void => {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  const shape = hotkeys.map((hotkey) => `${hotkey.keys}\t${hotkey.group}\t${hotkey.label}`).join('\n');
  useEffect(() => {
    const rows = shape === '' ? [] : shape.split('\n');
    const stable = rows.flatMap((_row, index) => {
      const hotkey = latest.current[index];
      if (hotkey === undefined) return [];
      const entry: Hotkey = {
        keys: hotkey.keys,
        label: hotkey.label,
        group: hotkey.group,
        run: (event) => latest.current[index]?.run(event),
        when: () => latest.current[index]?.when?.() !== false,
      };
      return [entry];
    });
    return registry.add(stable);
  }, [shape]);
};

export const useHotkeyList = (): readonly Hotkey[] => useSyncExternalStore(registry.subscribe, registry.list);

/** Whether single letters act, and the switch for it (WCAG 2.1.4). Kept in this browser. */
export const useSingleKeys = (): [boolean, (on: boolean) => void] => {
  const on = useStore(singleKeys);
  const change = (next: boolean): void => {
    singleKeys.set(next);
    registry.setSingleKeys(next);
    keepPreference('single-keys', next ? 'on' : 'off');
  };
  return [on, change];
};
