import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { stations } from '../../gallery/fixtures/trace.ts';
import { beginWalk, mark, note, pause } from './walk-state.ts';
import { dropWalk, type KeptWalk, keepWalk, keptWalk, readWalk } from './walk-store.ts';

const system = {
  id: 's',
  ref: 'SYS-7',
  kind: 'system',
  title: 'Claims triage',
  state: 'operation-monitoring',
};
const began = Date.parse('2026-11-21T10:00:00Z');
const walk = note(mark(beginWalk(began), stations, 'gap', began + 5_000), 'scope', 'Asked for the scope');
const kept: KeptWalk = { walk, system, stations, conclusion: 'So far so good', lastSeen: began + 9_000 };

const held = new Map<string, string>();
beforeEach(() => {
  held.clear();
  const storage = {
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
  };
  vi.stubGlobal('localStorage', storage);
});
// Files share a process: what one puts in the place of a global, it takes away again.
afterEach(() => vi.unstubAllGlobals());

test('a walk comes back whole: place, marks, notes, pauses, conclusion, and what the register said then', () => {
  const paused = { ...kept, walk: pause(walk, began + 20_000) };
  keepWalk('ann', 'WLK-3', paused);
  expect(keptWalk('ann', 'SYS-7', 'WLK-3')).toEqual(JSON.parse(JSON.stringify(paused)));
});

test('nobody goes on with the walk of another person, another system or another draw', () => {
  keepWalk('ann', 'WLK-3', kept);
  expect(keptWalk('ben', 'SYS-7', 'WLK-3')).toBeNull();
  expect(keptWalk('ann', 'SYS-8', 'WLK-3')).toBeNull();
  expect(keptWalk('ann', 'SYS-7', 'WLK-4')).toBeNull();
  expect(keptWalk('ann', 'SYS-7', undefined)).toBeNull();
});

test('a recorded walk leaves nothing to go on with', () => {
  keepWalk('ann', undefined, kept);
  expect(keptWalk('ann', 'SYS-7', undefined)).not.toBeNull();
  dropWalk('ann', 'SYS-7', undefined);
  expect(keptWalk('ann', 'SYS-7', undefined)).toBeNull();
});

test.each([
  ['no text', ''],
  ['half a text', JSON.stringify(kept).slice(0, 80)],
  ['another shape', JSON.stringify({ walk: { at: 1 }, system, stations, lastSeen: 1 })],
  ['a place past the last station', JSON.stringify({ ...kept, walk: { ...walk, at: stations.length } })],
  ['no stations', JSON.stringify({ ...kept, stations: [] })],
  ['a list', '[]'],
  ['nothing', 'null'],
])('%s is no walk: it begins anew', (_what, text) => {
  expect(readWalk(text)).toBeNull();
});
