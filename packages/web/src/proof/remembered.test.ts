import { beforeEach, expect, test } from 'vitest';
import { headOf, remember, remembered, setBack } from './remembered.ts';

const note = (size: number, root = 'aGFzaA==', origin = 'aims.example.org/log/harbour') =>
  `${origin}\n${size}\n${root}\n\n— ${origin} c2lnbmF0dXJl\n`;
const seen = (size: number, root?: string) => ({
  note: note(size, root),
  vkey: 'key',
  at: '2026-11-21T12:00:00Z',
});

beforeEach(() => localStorage.clear());

test('a checkpoint is kept for each organisation by itself', () => {
  expect(remembered('harbour')).toBeNull();
  expect(remember('harbour', seen(12))).toBe(true);
  expect(remembered('harbour')).toEqual(seen(12));
  expect(remembered('other')).toBeNull();
});

test.each(['{', '"text"', '{"note":1}', '[]'])('what cannot be read is as good as none: %s', (kept) => {
  localStorage.setItem('throughline.checkpoint.harbour', kept);
  expect(remembered('harbour')).toBeNull();
});

test('the head of a checkpoint is its first three lines', () => {
  expect(headOf(note(12))).toEqual({ origin: 'aims.example.org/log/harbour', size: 12, root: 'aGFzaA==' });
  for (const text of ['', 'origin', 'origin\n012\nroot', 'origin\n-1\nroot', 'origin\n12\n'])
    expect(headOf(text)).toBeNull();
});

test('a log stands behind what was seen when it is smaller, or of the same size with another root', () => {
  expect(setBack(seen(12), note(11))).toBe(true);
  expect(setBack(seen(12), note(12, 'b3RoZXI='))).toBe(true);
  expect(setBack(seen(12), note(12))).toBe(false);
  expect(setBack(seen(12), note(13, 'b3RoZXI='))).toBe(false);
});

test('nothing is said of another log, and nothing where nothing was seen', () => {
  expect(setBack(seen(12), note(1, 'aGFzaA==', 'aims.example.org/log/harbour/2'))).toBe(false);
  expect(setBack(null, note(1))).toBe(false);
  expect(setBack(seen(12), undefined)).toBe(false);
});
