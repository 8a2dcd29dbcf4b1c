import { afterEach, expect, test } from 'vitest';
import { createHotkeyRegistry, type Hotkey } from './hotkey-registry.ts';

const press = (
  key: string,
  init: KeyboardEventInit = {},
  target: HTMLElement = document.body,
): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, 'target', { value: target });
  return event;
};
const into = (log: string[], keys: string, more: Partial<Hotkey> = {}): Hotkey => ({
  keys,
  label: keys,
  group: 'page',
  run: () => void log.push(keys),
  ...more,
});

afterEach(() => {
  document.body.innerHTML = '';
});

test('a letter acts, and not inside a field', () => {
  const log: string[] = [];
  const registry = createHotkeyRegistry();
  registry.add([into(log, 'j')]);
  const field = document.createElement('input');
  const box = document.createElement('input');
  box.type = 'checkbox';
  document.body.append(field, box);
  expect(registry.handle(press('j'), 0)).toBe(true);
  expect(registry.handle(press('j', {}, field), 1)).toBe(false);
  expect(registry.handle(press('j', {}, box), 2)).toBe(true);
  expect(log).toEqual(['j', 'j']);
});

test('a chord with Ctrl acts inside a field too, and ⌘ is the same', () => {
  const log: string[] = [];
  const registry = createHotkeyRegistry();
  registry.add([into(log, 'mod+k')]);
  const field = document.createElement('textarea');
  expect(registry.handle(press('k', { ctrlKey: true }, field), 0)).toBe(true);
  expect(registry.handle(press('K', { metaKey: true }, field), 1)).toBe(true);
});

test('a sequence waits for its second key, but not for ever', () => {
  const log: string[] = [];
  const registry = createHotkeyRegistry();
  registry.add([into(log, 'g h'), into(log, 'h')]);
  registry.handle(press('g'), 0);
  registry.handle(press('h'), 500);
  registry.handle(press('g'), 1000);
  registry.handle(press('h'), 3000);
  expect(log).toEqual(['g h', 'h']);
});

test('after a key that ends no sequence the next acts alone', () => {
  const log: string[] = [];
  const registry = createHotkeyRegistry();
  registry.add([into(log, 'g h'), into(log, 'x')]);
  registry.handle(press('g'), 0);
  registry.handle(press('x'), 10);
  expect(log).toEqual(['x']);
});

test('single letters can be turned off; chords stay', () => {
  const log: string[] = [];
  const registry = createHotkeyRegistry();
  registry.add([into(log, 'j'), into(log, '?'), into(log, 'mod+k')]);
  registry.setSingleKeys(false);
  expect(registry.handle(press('j'), 0)).toBe(false);
  expect(registry.handle(press('?', { shiftKey: true }), 1)).toBe(false);
  expect(registry.handle(press('k', { ctrlKey: true }), 2)).toBe(true);
});

test('the newest registration wins, and leaves the older one when it goes', () => {
  const log: string[] = [];
  const registry = createHotkeyRegistry();
  registry.add([into(log, 'e', { run: () => void log.push('old') })]);
  const leave = registry.add([into(log, 'e', { run: () => void log.push('new') })]);
  registry.handle(press('e'), 0);
  leave();
  registry.handle(press('e'), 1);
  expect(log).toEqual(['new', 'old']);
});

test('shift tells letters apart, and means nothing for signs', () => {
  const log: string[] = [];
  const registry = createHotkeyRegistry();
  registry.add([into(log, 'shift+j'), into(log, '?')]);
  registry.handle(press('J', { shiftKey: true }), 0);
  registry.handle(press('?', { shiftKey: true }), 1);
  registry.handle(press('j'), 2);
  expect(log).toEqual(['shift+j', '?']);
});

test('nothing acts behind an open dialog', () => {
  const log: string[] = [];
  const registry = createHotkeyRegistry();
  registry.add([into(log, 'j')]);
  document.body.innerHTML = '<section role="dialog" aria-modal="true"></section>';
  expect(registry.handle(press('j'), 0)).toBe(false);
});

test('a key that is passed over leaves the one before it', () => {
  const log: string[] = [];
  const registry = createHotkeyRegistry();
  registry.add([into(log, 'a')]);
  registry.add([into(log, 'a', { when: () => false, run: () => void log.push('hidden') })]);
  registry.handle(press('a'), 0);
  expect(log).toEqual(['a']);
  expect(registry.list()).toHaveLength(2);
});
