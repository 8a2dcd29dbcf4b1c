import { expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { bindsAll, ownCriteriaLack } from './own-criteria.ts';

const row = { gate: 'deployment-approval', criterion: 'The works council was heard' };
const lack = (fields: Record<string, Json>, links: Record<string, readonly string[]> = {}) =>
  ownCriteriaLack({ fields: { type: 'gate-criteria', gateCriteria: [row], ...fields }, links });

test('criteria are not approved before they say whom they bind', () => {
  expect(lack({})).toMatchObject({
    says: expect.stringContaining('whom the criteria bind'),
    parts: ['reach'],
  });
  expect(lack({ reach: 'units' })?.says).toMatch(/none is named/);
  expect(lack({ reach: 'systems' })?.says).toMatch(/none is named/);
  expect(lack({ reach: 'whole-organisation' })).toBeUndefined();
  expect(lack({ reach: 'units', units: ['Claims'] })).toBeUndefined();
  expect(lack({ reach: 'systems' }, { coversSystems: ['sys-1'] })).toBeUndefined();
  expect(lack({}, { coversSystems: ['sys-1'] })).toBeUndefined();
});

test('a row that asks nothing, or at no gate, is named', () => {
  const rows = [row, { gate: 'design-review' }, { criterion: '.' }];
  expect(lack({ reach: 'whole-organisation', gateCriteria: rows })).toEqual({
    says: 'Row 2 does not say its criterion. Row 3 does not say its gate and its criterion.',
    parts: ['gateCriteria'],
  });
  expect(lack({ reach: 'whole-organisation', gateCriteria: [] })?.says).toMatch(/no criterion yet/);
});

test('other documents are asked nothing of it, and criteria that say nothing of their reach bind everything', () => {
  expect(ownCriteriaLack({ fields: { type: 'procedure' }, links: {} })).toBeUndefined();
  expect(bindsAll({ fields: {}, links: {} })).toBe(true);
  expect(bindsAll({ fields: { reach: 'units' }, links: {} })).toBe(false);
  expect(bindsAll({ fields: {}, links: { coversSystems: ['sys-1'] } })).toBe(false);
});
