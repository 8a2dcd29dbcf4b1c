import { useEffect, useRef, useSyncExternalStore } from 'react';
import { createHotkeyRegistry, type Hotkey } from './hotkey-registry.ts';
import { usePreference } from './preferences.ts';

const registry = createHotkeyRegistry();

/** Hears the keys of the whole window. Mounted once, by the application. */
export const useHotkeyListener = (): void => {
  const [singleKeys] = useSingleKeys();
  useEffect(() => registry.setSingleKeys(singleKeys), [singleKeys]);
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

/** Whether single letters act, and the switch for it (WCAG 2.1.4). */
export const useSingleKeys = (): [boolean, (on: boolean) => void] => {
  const [kept, keep] = usePreference('single-keys', 'on');
  return [kept !== 'off', (on) => keep(on ? 'on' : 'off')];
};
