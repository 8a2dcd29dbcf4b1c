import { expect, test } from 'vitest';
import { stripPaths } from './strip-paths.ts';
import { verdictOf } from './verdict.ts';

const pathOf = (line: string, verdict: string): string | undefined =>
  stripPaths(line).find((shape) => shape.verdict === verdict)?.d;

test('a line that holds is one stroke from edge to edge', () => {
  expect(stripPaths('hhhhhhhhhhhhhhh')).toEqual([{ verdict: 'holds', d: 'M0 7h150' }]);
});

test('a gap breaks the thread', () => {
  expect(pathOf('hhghh', 'holds')).toBe('M0 7h20M30 7h20');
  expect(pathOf('hhghh', 'gap')).toMatch(/^M20\.62 7l/);
});

test('each verdict is one path, however often it occurs', () => {
  const shapes = stripPaths('hsgauN-hsgaun--');
  expect(new Set(shapes.map((shape) => shape.verdict)).size).toBe(shapes.length);
  expect(shapes.length).toBeLessThanOrEqual(7);
});

test('what ends soon holds, and carries a triangle', () => {
  expect(pathOf('hsh', 'holds')).toBe('M0 7h30');
  expect(pathOf('hsh', 'soon')).toBe('M12.4 0.4h5.2l-2.6 3.6z');
  expect(pathOf('hhh', 'soon')).toBeUndefined();
});

test('a letter that is not known is never drawn as holding', () => {
  expect(verdictOf('z')).toBe('unverifiable');
  expect(pathOf('zzz', 'holds')).toBeUndefined();
});

test('every mark stays inside its own station', () => {
  for (const letter of 'gaun-') {
    const d = stripPaths(letter)[0]?.d ?? '';
    const starts = [...d.matchAll(/M([\d.]+)/g)].map((match) => Number(match[1]));
    expect(starts.every((x) => x >= 0 && x <= 10)).toBe(true);
  }
});
