// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { type Held, hold, readHeld } from './held.ts';

const held: Held = {
  edit: { fields: { context: 'Mine' }, effects: { set: [{ number: 1, basis: 'A test' }], remove: [4] } },
  confirm: ['misuse'],
  before: { context: 'As it was' },
  since: 3,
  clashes: [{ at: 'fields.context', theirs: 'Theirs', mine: 'Mine' }],
};

beforeEach(() => localStorage.clear());

test('what is held comes back for the same person and record alone', () => {
  expect(hold('ann', 'ia-1', held)).toBe(true);
  expect(readHeld('ann', 'ia-1')).toEqual(held);
  expect(readHeld('ben', 'ia-1')).toBeNull();
  expect(readHeld('ann', 'ia-2')).toBeNull();
});

test('nothing is held once all is saved', () => {
  hold('ann', 'ia-1', held);
  hold('ann', 'ia-1', null);
  expect(readHeld('ann', 'ia-1')).toBeNull();
});

test('of two open pages of one person, each lets go of its own alone', () => {
  hold('ann', 'ia-1', held, 'one');
  hold('ann', 'ia-1', null, 'two');
  expect(readHeld('ann', 'ia-1', 'one')).toEqual(held);
});

test('what a closed page held is taken over once, one page after another', () => {
  const other = { ...held, confirm: [] };
  hold('ann', 'ia-1', held, 'closed');
  hold('ann', 'ia-1', other, 'closed too');
  expect([readHeld('ann', 'ia-1', 'new'), readHeld('ann', 'ia-1', 'newer')]).toEqual([held, other]);
});

test.each([
  'no JSON',
  '[]',
  '{"edit":1}',
  '{"edit":{"fields":{},"effects":{"set":["x"],"remove":[]}},"confirm":[],"before":{}}',
])('what another release wrote otherwise is no draft: %s', (text) => {
  localStorage.setItem('throughline.impact-draft.ann.ia-1.page', text);
  expect(readHeld('ann', 'ia-1')).toBeNull();
});
