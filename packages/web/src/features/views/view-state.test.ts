import { expect, test } from 'vitest';
import { currentView, viewHref } from './view-state.ts';

const view = {
  id: 'v1',
  collection: 'systems',
  name: 'Running',
  query: 'sort=-gaps&state=live',
  shared: true,
};

test('the address of a view is its query and its own id', () => {
  expect(viewHref('systems', view)).toBe('/systems?sort=-gaps&state=live&view=v1');
  expect(viewHref('systems', { id: 'v 2', query: '' })).toBe('/systems?view=v%202');
});

test('an address names the view it shows, or none', () => {
  expect(currentView([view], 'v1')).toBe(view);
  expect(currentView([view], 'gone')).toBeUndefined();
  expect(currentView([view], undefined)).toBeUndefined();
});
