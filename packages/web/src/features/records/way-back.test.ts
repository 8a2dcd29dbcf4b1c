import { expect, test } from 'vitest';
import { ownAddress } from './way-back.ts';

test('goes back to addresses of this application alone', () => {
  expect(ownAddress('/systems/SYS-1?tab=line')).toBe('/systems/SYS-1?tab=line');
  for (const href of [
    'https://example.org',
    '//example.org',
    '/\\example.org',
    'javascript:alert(1)',
    '',
    undefined,
  ])
    expect(ownAddress(href)).toBeUndefined();
});
