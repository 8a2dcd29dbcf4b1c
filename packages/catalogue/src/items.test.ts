import { expect, test } from 'vitest';
import { catalogueItems, itemSorts } from './items.ts';
import { loadCatalogue } from './load.ts';

const catalogue = loadCatalogue();

test('every item of every sort has a title of its own, and no id stands twice', () => {
  for (const sort of itemSorts) {
    const items = catalogueItems(catalogue, sort);
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
    for (const { id, title } of items) expect([sort, id, title]).not.toEqual([sort, id, id]);
  }
});

test('a requirement is a clause, a control or an obligation', () => {
  const ids = (sort: 'clause' | 'control' | 'requirement') =>
    catalogueItems(catalogue, sort).map((item) => item.id);
  const obligations = catalogue.euAiAct.obligations.map((item) => item.id);
  expect(ids('control')).toHaveLength(38);
  expect(ids('requirement')).toEqual([...ids('clause'), ...ids('control'), ...obligations]);
});
