import { expect, test } from 'vitest';
import { isGuessable, wordsAbout } from './guessable.ts';

const about = {
  email: 'tina.berg@harbour-bank.example',
  names: ['Head of model validation', 'Harbour Bank'],
};

test.each([
  'password1234',
  'passwordpassword',
  'P@ssw0rd1234',
  '123456789012',
  'qwertyuiop123',
  'abcdabcdabcd',
  'iloveyouforever',
  'aaaaaaaaaaaaaa',
  'Summer2026!!!',
  'throughline1234',
  'tina.berg@harbour-bank.example1',
  'TinaBerg2026',
  'HarbourBank2026',
  'Harbour Bank 12',
  'modelvalidation1',
])('%s is among the first that somebody tries', async (password) => {
  expect(await isGuessable(password, about)).toBe(true);
});

test.each([
  'a long walk along the quay',
  'drei blaue Vögel singen',
  'three herons on the bank',
  'x7$kQ!29fLpz',
  'ünïcödé 🙂 läuft gut',
])('%s is taken', async (password) => {
  expect(await isGuessable(password, about)).toBe(false);
});

test('words of others count where they are theirs alone', async () => {
  const mine = 'Harbour Bank 12';
  expect(await isGuessable(mine, about)).toBe(true);
  expect(await isGuessable(mine, { email: 'o@example.org', names: ['Owner', 'Northwind'] })).toBe(false);
});

test('a hostile password is looked at in bounded time, and holds nothing up', async () => {
  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
  }, 5);
  const hostile = 'p@$$w0rd!(/6=DKRY`gnu'.repeat(48);
  const from = performance.now();
  await isGuessable(hostile, about);
  const took = performance.now() - from;
  clearInterval(ticking);
  expect(took).toBeLessThan(5_000);
  expect(turns).toBeGreaterThan(took / 50);
});

test('an address and names are taken apart as people put them together', () => {
  expect(wordsAbout(about)).toEqual(
    expect.arrayContaining(['tina.berg', 'tina', 'berg', 'harbour', 'bank', 'harbourbank', 'throughline']),
  );
  expect(wordsAbout({ email: '', names: ['x '.repeat(5_000)] }).length).toBeLessThanOrEqual(100);
});
