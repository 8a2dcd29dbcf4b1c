import { DomainError } from '@throughline/domain/errors.ts';
import { expect, test } from 'vitest';
import { problemOf } from './problem.ts';

const fault = (message: string, code?: string) => Object.assign(new Error(message), code ? { code } : {});

test.each([
  ['22021', 422, 'unprocessable'],
  ['22P02', 422, 'unprocessable'],
  ['23505', 409, 'conflict'],
  ['23503', 409, 'conflict'],
  ['54000', 422, 'unprocessable'],
  ['40001', 503, 'unavailable'],
  ['57P01', 503, 'unavailable'],
  ['08006', 503, 'unavailable'],
  ['53300', 503, 'unavailable'],
  ['ECONNREFUSED', 503, 'unavailable'],
])('SQLSTATE %s is answered %i', (state, status, code) => {
  const { body, unexpected } = problemOf(fault('relation "secret" of host db.internal', state), 'r1');
  expect([body.status, body.code, unexpected]).toEqual([status, code, false]);
  expect(JSON.stringify(body)).not.toContain('secret');
});

test('a lost database is worth trying again, and says when', () => {
  expect(problemOf(fault('Connection terminated unexpectedly'), 'r1').headers['retry-after']).toBe('2');
  const waiting = new DomainError('too-many', 'Wait.', [], { retryAfter: 90 });
  expect(problemOf(waiting, 'r1').headers['retry-after']).toBe('90');
});

test.each([
  fault('password=hunter2'),
  fault('relation "x" does not exist', '42P01'),
  'a thrown string',
  null,
])('an error of ours shows the id of the request and nothing else', (error) => {
  const { body, unexpected } = problemOf(error, 'request-7');
  expect([body.status, body.code, unexpected]).toEqual([500, 'internal', true]);
  expect(body.detail).toContain('request-7');
  expect(JSON.stringify(body)).not.toMatch(/hunter2|does not exist|thrown/);
});

test('causes stay in the log; other facts are shown', () => {
  const error = new DomainError('unavailable', 'Away.', [], { cause: '10.0.0.7 refused', version: 3 });
  expect(problemOf(error, 'r1').body.facts).toEqual({ version: 3 });
});
