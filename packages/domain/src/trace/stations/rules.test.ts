/** Every judged rule: once in a world where it holds, and once for each way in which it is missed. */
import { expect, test } from 'vitest';
import { holdings } from '../../../test/trace/holdings.ts';
import { catalogue, found, member, text, trace } from '../../../test/trace/kit.ts';
import { early } from '../../../test/trace/misses-early.ts';
import { late } from '../../../test/trace/misses-late.ts';
import { middle } from '../../../test/trace/misses-middle.ts';
import { goodWorld } from '../../../test/trace/world.ts';
import { stationRules } from './all.ts';

const misses = [...early, ...middle, ...late];

test.each(misses)('%s is missed where %s', (rule, _, world, words) => {
  const { verdict, gaps } = found(world(), rule);
  expect(verdict).toBe('gap');
  expect(gaps.map((gap) => text(gap.sentence)).join(' | ')).toContain(words);
});

test.each(holdings)('%s holds where what it asks for is on record', (rule, world) => {
  expect(found(world(), rule).verdict).toBe('holds');
});

test('the good world holds at every station, and each judged rule holds somewhere and is missed somewhere', () => {
  const line = trace(goodWorld());
  expect(line.strip).toMatch(/^[hs]{15}$/);
  const inGood = line.stations.flatMap((station) => station.holding.map(({ rule }) => rule));
  const held = new Set([...inGood, ...holdings.map(([rule]) => rule)]);
  const missed = new Set(misses.map(([rule]) => rule));
  for (const { id } of Object.values(stationRules).flatMap(({ rules }) => rules)) {
    expect([id, held.has(id), missed.has(id)]).toEqual([id, true, true]);
  }
});

test.each(misses)('%s where %s: the gap has a day, and one action or a cause', (rule, _, world) => {
  const known = new Set(catalogue.stations.meta.order as readonly string[]);
  for (const gap of found(world(), rule).gaps) {
    expect(gap.since === null || /^\d{4}/.test(gap.since)).toBe(true);
    expect([gap.rule, (gap.action === null) !== (gap.causedBy === null)]).toEqual([gap.rule, true]);
    if (gap.causedBy && 'station' in gap.causedBy) expect(known.has(gap.causedBy.station)).toBe(true);
    expect(gap.causedBy !== null || gap.records.length > 0).toBe(true);
  }
});

test('a member who leaves in the future still counts until that day', () => {
  const world = goodWorld();
  const members = (world.organisation?.members ?? []).map((item) =>
    item.id === 'ann' ? member('ann', { leftOn: '2026-12-31' }) : item,
  );
  const leaving = { ...world, organisation: { ...world.organisation, members } };
  expect(found(leaving, 'OW1')).toMatchObject({ verdict: 'holds', until: '2026-12-31' });
});
