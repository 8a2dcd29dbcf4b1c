import { getHeapStatistics } from 'node:v8';
import { expect, test } from 'vitest';
import { collector, IdleMemory } from './idle-memory.ts';

const mb = (n: number): number => n * 1024 * 1024;

/** A process of which each collection leaves `left` behind. */
const idleMemory = (left: number) => {
  const collected: number[] = [];
  const idle = new IdleMemory(
    () => collected.push(left),
    () => left,
  );
  return { idle, collected };
};

test('what a start left behind is given back at the first idle look, and not before', () => {
  const { idle, collected } = idleMemory(mb(170));
  expect(idle.look({ atWork: 0.9, resident: mb(230) })).toBe(false);
  expect(idle.look({ atWork: 0.06, resident: mb(230) })).toBe(false);
  expect(idle.look({ atWork: 0.05, resident: mb(230) })).toBe(true);
  expect(collected).toHaveLength(1);
});

test('after that much is given back at the first idle look, and next to nothing never', () => {
  const { idle, collected } = idleMemory(mb(170));
  idle.look({ atWork: 0, resident: mb(230) });
  for (const resident of [170, 175, 180, 185, 185, 185])
    expect(idle.look({ atWork: 0, resident: mb(resident) })).toBe(false);
  expect(idle.look({ atWork: 0.5, resident: mb(600) })).toBe(false);
  expect(idle.look({ atWork: 0, resident: mb(600) })).toBe(true);
  expect(idle.look({ atWork: 0, resident: mb(180) })).toBe(false);
  expect(collected).toHaveLength(2);
});

test('little is given back once nobody has come for a while', () => {
  const { idle, collected } = idleMemory(mb(170));
  idle.look({ atWork: 0.5, resident: mb(230) });
  idle.look({ atWork: 0, resident: mb(230) });
  expect(idle.look({ atWork: 0.5, resident: mb(233) })).toBe(false);
  expect(idle.look({ atWork: 0, resident: mb(233) })).toBe(false);
  expect(idle.look({ atWork: 0, resident: mb(233) })).toBe(false);
  // Somebody came: the while begins anew.
  expect(idle.look({ atWork: 0.5, resident: mb(233) })).toBe(false);
  expect(idle.look({ atWork: 0, resident: mb(233) })).toBe(false);
  expect(idle.look({ atWork: 0, resident: mb(233) })).toBe(false);
  expect(idle.look({ atWork: 0, resident: mb(233) })).toBe(true);
  expect(collected).toHaveLength(2);
});

test('it is measured from what remained, not from what stood before', () => {
  const { idle } = idleMemory(mb(400));
  idle.look({ atWork: 0, resident: mb(600) });
  idle.look({ atWork: 0.5, resident: mb(463) });
  expect(idle.look({ atWork: 0, resident: mb(463) })).toBe(false);
  expect(idle.look({ atWork: 0, resident: mb(464) })).toBe(true);
});

test('a collection gives back the pages of what nobody holds any more', () => {
  const collect = collector();
  collect();
  const before = getHeapStatistics().total_heap_size;
  let held: number[][] | null = Array.from({ length: 4_000 }, (_, n) =>
    Array.from({ length: 1_000 }, () => n + 0.5),
  );
  const grown = getHeapStatistics().total_heap_size;
  expect(held).toHaveLength(4_000);
  expect(grown - before).toBeGreaterThan(mb(20));
  held = null;
  collect();
  expect(getHeapStatistics().total_heap_size - before).toBeLessThan((grown - before) / 4);
});
