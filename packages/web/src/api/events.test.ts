import { expect, test } from 'vitest';
import { concerns, readEvent } from './events.ts';

test('an event makes old what names its record by id, ref or kind, and nothing else', () => {
  const event = readEvent('record', '{"id":"018f","ref":"SYS-412","kind":"system"}');
  expect(event).toEqual({ type: 'record', id: '018f', ref: 'SYS-412', kind: 'system' });
  if (event === null) return;
  expect(concerns(event, { queryKey: ['record', 'SYS-412'] })).toBe(true);
  expect(concerns(event, { queryKey: ['trace', { id: '018f' }] })).toBe(true);
  expect(concerns(event, { queryKey: ['list', 'system', { stage: 'live' }] })).toBe(true);
  expect(concerns(event, { queryKey: ['record', 'SYS-41'] })).toBe(false);
  expect(concerns(event, { queryKey: ['list', 'risk'] })).toBe(false);
});

test('standing that was computed makes lists of systems old', () => {
  const event = readEvent('standing', '{"id":"018f","ref":"SYS-412"}');
  expect(event !== null && concerns(event, { queryKey: ['list', 'system'] })).toBe(true);
});

test.each([
  ['record', '{"id":'],
  ['record', '[]'],
  ['record', '{"ref":"SYS-1"}'],
  ['weather', '{"id":"1"}'],
])('%s %s says nothing', (type, text) => expect(readEvent(type, text)).toBeNull());
