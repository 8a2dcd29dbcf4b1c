import type { Json } from '@throughline/domain/json.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { preferenceSender } from './use-preference-sync.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const bench = (refused: { next: boolean } = { next: false }) => {
  let kept: Readonly<Record<string, Json>> = { theme: 'light', other: ['of another program'] };
  const written: Readonly<Record<string, Json>>[] = [];
  let failures = 0;
  const sender = preferenceSender(
    async () => kept,
    async (preferences) => {
      if (refused.next) throw new Error('away');
      kept = preferences;
      written.push(preferences);
    },
    () => {
      failures += 1;
    },
  );
  return {
    sender,
    written,
    failures: () => failures,
    elsewhere: (more: Record<string, Json>) => (kept = { ...kept, ...more }),
  };
};
const settle = () => vi.advanceTimersByTimeAsync(1000);

test('choices made together are sent once, on top of what the server keeps by then', async () => {
  const { sender, written, elsewhere } = bench();
  sender.choose('density', '40');
  sender.choose('theme', 'dark');
  sender.choose('density', '32');
  elsewhere({ sidebar: 'narrow' });
  expect([...sender.pending]).toEqual(['density', 'theme']);
  await settle();
  expect(written).toEqual([
    { theme: 'dark', other: ['of another program'], sidebar: 'narrow', density: '32' },
  ]);
  expect(sender.pending.size).toBe(0);
});

test('a refusal is told once, and the next choice takes along what was refused', async () => {
  const refused = { next: true };
  const { sender, written, failures } = bench(refused);
  sender.choose('theme', 'dark');
  await settle();
  expect([failures(), [...sender.pending]]).toEqual([1, ['theme']]);
  refused.next = false;
  sender.choose('density', '40');
  await settle();
  expect(written).toEqual([expect.objectContaining({ theme: 'dark', density: '40' })]);
  expect([failures(), sender.pending.size]).toEqual([1, 0]);
});

test('a choice made while another is on its way is sent after it', async () => {
  const { sender, written } = bench();
  sender.choose('theme', 'dark');
  await vi.advanceTimersByTimeAsync(400);
  sender.choose('theme', 'system');
  await settle();
  expect(written.map((one) => one.theme)).toEqual(['dark', 'system']);
});
