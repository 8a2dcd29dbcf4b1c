import { expect, test } from 'vitest';
import { placeOf, sections, visibleSections } from './navigation.ts';

test('the nine sections have nine letters, and every place stands once', () => {
  expect(sections.map((section) => section.letter).join('')).toBe('hircdoanl');
  const paths = sections.flatMap((section) => section.places.map((place) => place.path));
  expect(new Set(paths).size).toBe(paths.length);
});

test('a record belongs to its register, and the longest path wins', () => {
  expect(placeOf('/systems/SYS-412')?.place.path).toBe('/systems');
  expect(placeOf('/log/verify')?.place.path).toBe('/log/verify');
  expect(placeOf('/')?.section.id).toBe('home');
  expect(placeOf('/systemsx')).toBeNull();
});

test('what is not known is not offered, and an empty section goes', () => {
  const shown = visibleSections((place) => place.path === '/systems' || place.path === '/');
  expect(shown.map((section) => section.id)).toEqual(['home', 'inventory']);
});
