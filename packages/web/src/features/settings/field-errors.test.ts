import { expect, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { fieldErrors } from './field-errors.ts';

const refused = (...errors: { at: string; message: string }[]) =>
  new Problem({
    status: 422,
    code: 'unprocessable',
    title: 'Some of this cannot be taken',
    detail: 'And more.',
    errors,
  });

test('each field says what is about it, and what all fields say is not said beside the form', () => {
  const error = refused(
    { at: 'first', message: 'This day is past.' },
    { at: 'members.3', message: 'Nobody.' },
  );
  const { at, rest } = fieldErrors(error, ['first', 'last', 'members']);
  expect([at('first'), at('last'), at('members')]).toEqual(['This day is past.', undefined, 'Nobody.']);
  expect(rest).toBeNull();
});

test('what no field shows stays beside the form', () => {
  const error = refused({ at: 'first', message: 'Past.' }, { at: 'organisation', message: 'Closed.' });
  const { at, rest } = fieldErrors(error, ['first']);
  expect(at('first')).toBe('Past.');
  expect(rest).toMatchObject({ detail: 'And more.', errors: [{ at: 'organisation', message: 'Closed.' }] });
});

test('a field is not that of a longer name', () => {
  const { at, rest } = fieldErrors(refused({ at: 'firstDay', message: 'Past.' }), ['first']);
  expect(at('first')).toBeUndefined();
  expect(rest?.errors).toHaveLength(1);
});

test('a refusal without fields is said in full, and no refusal is nothing', () => {
  expect(fieldErrors(refused(), ['first']).rest).toMatchObject({ title: 'Some of this cannot be taken' });
  expect(fieldErrors(null, ['first']).rest).toBeNull();
});

test('a fault of the page itself is thrown on', () => {
  expect(() => fieldErrors(new TypeError('x is not a function'), [])).toThrow(TypeError);
});
