import { expect, test } from 'vitest';
import { safeNext } from './enter.ts';

test('goes back only to addresses of this application', () => {
  expect(safeNext('/systems/SYS-4?asOf=x')).toBe('/systems/SYS-4?asOf=x');
  for (const trap of [
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\\evil.example',
    'https://evil.example',
    'javascript:1',
    '/sign-in?next=/',
  ])
    expect(safeNext(trap)).toBe('/');
  expect(safeNext(undefined)).toBe('/');
});
