import { DomainError } from '@throughline/domain/errors.ts';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ensureClean, readShape } from './refusals.ts';

function refused(act: () => unknown): DomainError {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('It was taken');
}

const body = z.strictObject({
  name: z.string().min(2).max(4),
  count: z.int().min(1).max(9).optional(),
  sure: z.boolean().optional(),
  level: z.enum(['low', 'high']).optional(),
  tags: z.array(z.string()).max(2).optional(),
  holder: z.union([z.strictObject({ role: z.string() }), z.strictObject({ member: z.string() })]).optional(),
  deep: z.strictObject({ list: z.array(z.strictObject({ at: z.number() })) }).optional(),
});
const name = 'Abc';

describe('one item for each place, in words', () => {
  test.each<[string, unknown, [string, string][]]>([
    ['nothing at all', undefined, [['', 'This is needed.']]],
    ['null', null, [['', 'An object is expected here.']]],
    ['a list', [], [['', 'An object is expected here.']]],
    ['left out', {}, [['name', 'This is needed.']]],
    ['a number for text', { name: 7 }, [['name', 'Text in quotation marks is expected here.']]],
    ['too short', { name: 'a' }, [['name', 'At least 2 characters.']]],
    ['too long', { name: 'abcde' }, [['name', 'At most 4 characters.']]],
    ['too small', { name, count: 0 }, [['count', 'At least 1.']]],
    ['too large', { name, count: 10 }, [['count', 'At most 9.']]],
    ['a fraction', { name, count: 1.5 }, [['count', 'A whole number is expected here.']]],
    ['text for yes or no', { name, sure: 'yes' }, [['sure', 'true or false is expected here.']]],
    ['another word', { name, level: 'mid' }, [['level', 'One of: low, high.']]],
    ['no list', { name, tags: 'a' }, [['tags', 'A list is expected here.']]],
    [
      'an entry of a list',
      { name, tags: ['a', 7] },
      [['tags.1', 'Text in quotation marks is expected here.']],
    ],
    ['too many', { name, tags: ['a', 'b', 'c'] }, [['tags', 'At most 2.']]],
    [
      'deep inside',
      { name, deep: { list: [{ at: 'x' }] } },
      [['deep.list.0.at', 'A number is expected here.']],
    ],
    ['an unknown member', { name, colour: 'red' }, [['colour', '"colour" is not known here.']]],
    [
      'an unknown member deep inside',
      { name, deep: { list: [], colour: 1 } },
      [['deep.colour', '"colour" is not known here.']],
    ],
    [
      'several at once',
      { count: 0, colour: 1 },
      [
        ['name', 'This is needed.'],
        ['count', 'At least 1.'],
        ['colour', '"colour" is not known here.'],
      ],
    ],
    [
      'none of several shapes',
      { name, holder: 'me' },
      [['holder', 'This has none of the shapes that are taken here.']],
    ],
    [
      'the closest of several shapes',
      { name, holder: { role: 7 } },
      [['holder.role', 'Text in quotation marks is expected here.']],
    ],
  ])('%s', (_what, value, items) => {
    const error = refused(() => readShape(body, value));
    expect(error.code).toBe('unprocessable');
    expect(error.items.map(({ at, message }) => [at, message])).toEqual(items);
  });
});

test('what is taken comes back as the shape makes it', () => {
  expect(readShape(z.string().transform(Number), '7')).toBe(7);
});

test('of a thousand mistakes fifty are named, each place and name cut to what can be shown', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`${at}${'x'.repeat(300)}`, at]));
  const { items } = refused(() => readShape(body, { name, ...many }));
  expect(items).toHaveLength(50);
  for (const { at, message } of items) {
    expect(at.length).toBeLessThanOrEqual(200);
    expect(message.length).toBeLessThan(100);
  }
});

describe('addresses', () => {
  test.each([
    ['NUL', { q: 'a\u0000' }, 'q'],
    ['half a character', { unit: '\udc00' }, 'unit'],
    ['one of several values', { unit: ['fine', 'a\u0000'] }, 'unit'],
  ])('%s is refused by the name of the parameter', (_what, query, at) => {
    const error = refused(() => ensureClean(query));
    expect([error.code, error.items[0]?.at]).toEqual(['unprocessable', at]);
  });

  test('everything else passes: signs of other scripts, pairs of halves, numbers, nothing', () => {
    for (const query of [{ q: 'Größe 👍 ‮' }, { q: '' }, { limit: 7 }, {}, null, undefined])
      expect(() => ensureClean(query)).not.toThrow();
  });
});
