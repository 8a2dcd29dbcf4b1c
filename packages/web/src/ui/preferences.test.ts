import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePreference, isPersonal, onPreference, takePreferences } from './preferences.ts';
import { keepPreference, readPreference } from './store.ts';

const nothing: ReadonlySet<string> = new Set();
beforeEach(() => localStorage.clear());
afterEach(() => localStorage.clear());

test('a choice is kept in the browser and told on; what the server sends is kept and not told on', () => {
  const told: string[] = [];
  const stop = onPreference((name, value) => told.push(`${name} ${value}`));
  choosePreference('density', '40');
  takePreferences('p1', { theme: 'dark' }, nothing);
  stop();
  choosePreference('density', '32');
  expect(told).toEqual(['density 40']);
  expect([readPreference('density', ''), readPreference('theme', '')]).toEqual(['32', 'dark']);
});

test('what a person is about to save is not taken back by an older answer', () => {
  choosePreference('theme', 'dark');
  takePreferences('p1', { theme: 'light', sidebar: 'narrow' }, new Set(['theme']));
  expect([readPreference('theme', ''), readPreference('sidebar', '')]).toEqual(['dark', 'narrow']);
});

test('another person in the same browser begins with their own settings', () => {
  takePreferences('p1', { theme: 'dark' }, nothing);
  choosePreference('columns.system', 'state,owner');
  keepPreference('draft.systems.new', 'kept');
  takePreferences('p2', { density: '40' }, nothing);
  expect(readPreference('theme', '')).toBe('');
  expect(readPreference('columns.system', '')).toBe('');
  expect(readPreference('density', '')).toBe('40');
  // A text that was typed belongs to no setting.
  expect(readPreference('draft.systems.new', '')).toBe('kept');
});

test('the same person keeps what this browser has and the server has not', () => {
  takePreferences('p1', {}, nothing);
  choosePreference('sidebar', 'narrow');
  takePreferences('p1', {}, nothing);
  expect(readPreference('sidebar', '')).toBe('narrow');
});

test('only settings of the pages are taken, and only as texts', () => {
  takePreferences('p1', { theme: 4, 'draft.systems.new': 'x', 'columns.use-case': 'state' }, nothing);
  expect(readPreference('theme', '')).toBe('');
  expect(readPreference('draft.systems.new', '')).toBe('');
  expect(readPreference('columns.use-case', '')).toBe('state');
  expect(['columns.system', 'columns.', 'columns.A B', 'person'].map(isPersonal)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
