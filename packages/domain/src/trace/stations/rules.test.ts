/** Every judged rule: once in a world where it holds, and once for each way in which it is missed. */
import { expect, test } from 'vitest';
import { holdings } from '../../../test/trace/holdings.ts';
import { catalogue, found, member, today, trace } from '../../../test/trace/kit.ts';
import { misses } from '../../../test/trace/misses/all.ts';
import { outcomes, whyOf } from '../../../test/trace/outcome.ts';
import { settled } from '../../../test/trace/settled/all.ts';
import { goodWorld } from '../../../test/trace/world.ts';
import { firstDay } from '../../day.ts';
import { stationRules } from './all.ts';

const order: readonly string[] = catalogue.stations.meta.order;

for (const [rule, what, world, ...gaps] of misses) {
  test(`${rule} is missed where ${what}`, () => {
    const { verdict, gaps: said } = found(world(), rule);
    expect(verdict).toBe('gap');
    expect(outcomes(said)).toEqual(gaps);
    for (const gap of said) {
      expect(gap.since === null || firstDay(gap.since) <= today).toBe(true);
      expect((gap.action === null) !== (gap.causedBy === null)).toBe(true);
      expect(gap.causedBy !== null || gap.records.length > 0).toBe(true);
      if (gap.causedBy && 'station' in gap.causedBy) expect(order).toContain(gap.causedBy.station);
    }
  });
}

test.each(settled)('%s: %s', (rule, _, world, verdict, untilOrWhy) => {
  const said = found(world(), rule);
  expect(said.verdict).toBe(verdict);
  expect(verdict === 'holds' ? said.until : whyOf(world(), rule)).toBe(untilOrWhy);
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

test('a member who leaves in the future still counts until that day', () => {
  const world = goodWorld();
  const members = (world.organisation?.members ?? []).map((item) =>
    item.id === 'ann' ? member('ann', { leftOn: '2026-12-31' }) : item,
  );
  const leaving = { ...world, organisation: { ...world.organisation, members } };
  expect(found(leaving, 'OW1')).toMatchObject({ verdict: 'holds', until: '2026-12-31' });
});
