import type { EntryBody } from '@throughline/domain/entry.ts';
import { expect, expectTypeOf, test } from 'vitest';
import type { log } from '../../text/en/log.ts';
import { actWord, knownActs, newerThan } from './act-words.ts';

test('says what was done in words, and an unknown act as it is called', () => {
  expect(actWord('record.created')).toBe('created');
  expect(actWord('record.dreamt')).toBe('record.dreamt');
  expect(knownActs).toContain('walk.drawn');
});

test('every act that can stand in the log has its words', () => {
  expectTypeOf<Exclude<`log.act.${EntryBody['act']}`, keyof typeof log>>().toBeNever();
  expect(actWord('judgement.given')).toBe('answered for an item of the mandatory set');
});

test('counts what came since, and knows when it cannot', () => {
  const entries = ['d', 'c', 'b'].map((id) => ({ id }));
  expect(newerThan(entries, 'b')).toBe(2);
  expect(newerThan(entries, 'd')).toBe(0);
  expect(newerThan(entries, 'a')).toBeNull();
});
