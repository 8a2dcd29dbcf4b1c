import { expect, test } from 'vitest';
import { missing, refusedFields } from './form-errors.ts';

test('names what is missing and how long a password is, in characters', () => {
  expect(missing({ name: ' ', email: 'a@b.org', password: 'ünïcödé 🙂' })).toEqual({
    name: 'This is needed.',
    password: 'A password has at least 12 characters; this one has 9.',
  });
  expect(missing({ name: 'Head of claims', password: 'correct horse battery' })).toEqual({});
});

test('puts refusals of the server to their fields', () => {
  const problem = {
    title: 'x',
    errors: [{ at: 'organisation.timeZone', message: 'There is no such zone.' }],
  };
  expect(refusedFields(problem)).toEqual({ 'organisation.timeZone': 'There is no such zone.' });
  expect(refusedFields(null)).toEqual({});
});
