import { expect, test } from 'vitest';
import { catalogue, trace } from '../../test/trace/kit.ts';
import { laterRules } from './later.ts';
import { stationRules } from './stations/all.ts';

const declared = catalogue.stations.stations.flatMap(({ id, rules }) =>
  rules.map((rule) => ({ ...rule, station: id })),
);
const judged = Object.values(stationRules).flatMap(({ id, rules }) =>
  rules.map((rule) => ({ id: rule.id, station: id })),
);

test('every rule of the catalogue is judged or waits for a later release, and never both', () => {
  for (const { id } of declared) {
    const here = judged.filter((rule) => rule.id === id).length;
    expect([id, here + Number(id in laterRules)]).toEqual([id, 1]);
  }
});

test('no rule in code is unknown to the catalogue, and each stands at its own station', () => {
  for (const rule of judged) {
    expect(declared.find(({ id }) => id === rule.id)?.station).toBe(rule.station);
  }
  for (const id of Object.keys(laterRules)) expect(declared.some((rule) => rule.id === id)).toBe(true);
});

test('the fifteen stations come in the order of the catalogue, and the strip has one letter for each', () => {
  const line = trace();
  expect(line.stations.map(({ id }) => id)).toEqual(catalogue.stations.meta.order);
  expect(line.strip).toMatch(/^[hsgaun-]{15}$/);
});
